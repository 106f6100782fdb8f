import { requireValidBatch } from '../../../miniprogram/shared/batch/batch-rules';
import { softened } from '../../../miniprogram/shared/batch/check-settings';
import { nextYear } from '../../../miniprogram/shared/batch/next-year';
import { closingMoment, openingMoment, shanghaiDate } from '../../../miniprogram/shared/time/shanghai-time';
import { type BatchFields } from '../../../miniprogram/shared/contract/operator/batches';
import { DomainError } from '../../../miniprogram/shared/errors';
import { type Instant } from '../../../miniprogram/shared/identity/ids';
import { progressCounts, noStates } from '../../../miniprogram/shared/progress/progress-counts';
import { peopleWarning } from '../../../miniprogram/shared/retention/retention-rules';
import { CHECK_RULES } from '../../../miniprogram/shared/verdict/check-rules';
import { anOperatorBatch, batchFields } from '../../support/operator-batch-builder';

const at = (iso: string) => iso as Instant;

function pathRefused(changes: Partial<BatchFields>): unknown {
  try {
    requireValidBatch(batchFields(changes));
    return 'none';
  } catch (error) {
    return error instanceof DomainError ? error.details.path : error;
  }
}

test.each([
  [{}, 'none'],
  [{ schoolCode: '1234' }, 'schoolCode'],
  [{ title: ' ' }, 'title'],
  [{ graduationDate: '2027-02-30' }, 'graduationDate'],
  [{ cohorts: [] }, 'cohorts'],
  [{ cohorts: [{ year: '2021' }] }, 'none'],
  [{ cohorts: [{ year: '21' }] }, 'cohorts'],
  [{ closesAt: at('2020-01-01T00:00:00.000Z') }, 'closesAt'],
  [{ opensAt: at('tomorrow') }, 'opensAt'],
  [{ telephone: 'call me' }, 'telephone'],
  [{ telephone: '0550-3510012 转 8' }, 'none'],
  [{ notice: '长'.repeat(501) }, 'notice'],
  [{ attemptLimit: 0 }, 'attemptLimit'],
  [{ checkSettings: { onlyWarn: ['framing' as const] } }, 'checkSettings.onlyWarn'],
  [
    { retention: { unfinishedDays: -1, originalsDays: null, everythingDays: 1, packagesDays: 1 } },
    'retention.unfinishedDays',
  ],
])('%j: %s', (changes, path) => {
  expect(pathRefused(changes)).toBe(path);
});

test('a deadline counts to the last moment of its day in Shanghai', () => {
  expect(openingMoment('2027-01-10')).toBe('2027-01-09T16:00:00.000Z');
  expect(closingMoment('2027-02-28')).toBe('2027-02-28T16:00:00.000Z');
  expect(closingMoment('2027-2-28 18:00')).toBe('2027-02-28T10:00:00.000Z');
  expect(openingMoment('2027-02-30')).toBeUndefined();
  expect(closingMoment('soon')).toBeUndefined();
  expect(shanghaiDate(at('2027-01-09T16:00:00.000Z'))).toBe('2027-01-10');
});

test('copied from last year everything is one year on, from the deadline that was announced', () => {
  const lastYear = anOperatorBatch({
    title: '2026届毕业生图像采集',
    graduationDate: '2028-02-29',
    cohorts: [{ year: '2021' }, { level: '高起本' }],
    opensAt: at('2026-10-31T16:00:00.000Z'),
    closesAt: at('2027-03-20T16:00:00.000Z'),
    deadlineChanges: [
      {
        from: at('2027-02-28T16:00:00.000Z'),
        to: at('2027-03-20T16:00:00.000Z'),
        reason: '补拍',
        at: at('2027-02-20T00:00:00.000Z'),
        by: 'x',
      },
    ],
  });
  const fields = nextYear(lastYear);
  expect(fields).toMatchObject({
    title: '2027届毕业生图像采集',
    graduationDate: '2029-02-28',
    cohorts: [{ year: '2022' }, { level: '高起本' }],
    opensAt: '2027-10-31T16:00:00.000Z',
    closesAt: '2028-02-28T16:00:00.000Z',
  });
  expect(() => {
    requireValidBatch(fields);
  }).not.toThrow();
});

const inBeijing = (minute: string) => openingMoment(minute)!;

test.each([
  ['2027-03-01 0:00', '2028-03-01 0:00'],
  ['2028-02-29 0:00', '2029-02-28 0:00'],
  ['2027-01-01 7:30', '2028-01-01 7:30'],
])('a batch that opened at %s in Beijing opens at %s one year on', (opened, opens) => {
  const { opensAt } = nextYear(anOperatorBatch({ opensAt: inBeijing(opened) }));
  expect(opensAt).toBe(inBeijing(opens));
});

test.each([
  ['2027-03-01 6:00', '2028-03-01 6:00'],
  ['2028-02-29 18:00', '2029-02-28 18:00'],
])('one that closed at %s closes at %s', (closed, closes) => {
  const { closesAt } = nextYear(anOperatorBatch({ closesAt: inBeijing(closed) }));
  expect(closesAt).toBe(inBeijing(closes));
});

test.each([
  ['2027-02-28', '2028-02-28'],
  ['2028-02-29', '2029-02-28'],
  ['2027-12-31', '2028-12-31'],
])('one that closed on %s, 24:00, closes with the day %s', (closed, closes) => {
  const { closesAt } = nextYear(anOperatorBatch({ closesAt: closingMoment(closed)! }));
  expect(closesAt).toBe(closingMoment(closes));
});

test.each([
  ['2027届毕业生', '2028届毕业生'],
  ['2026-2027学年', '2027-2028学年'],
  ['10270学院2027届', '10270学院2028届'],
])('the title %s becomes %s: years move on, longer numbers stay', (title, next) => {
  expect(nextYear(anOperatorBatch({ title })).title).toBe(next);
});

test.each([
  ['2027年1月开始，电话 20270000', '2028年1月开始，电话 20270000'],
  ['第12027年，2027 级', '第12027年，2027 级'],
])('the notice %s becomes %s', (notice, next) => {
  expect(nextYear(anOperatorBatch({ notice })).notice).toBe(next);
});

test('a softened check warns; one that the picture needs goes on blocking', () => {
  const rules = softened(CHECK_RULES, ['eyes-open', 'framing']);
  expect([rules['eyes-open'].severity, rules.framing.severity, rules.sharp.severity]).toEqual([
    'warn',
    'block',
    'block',
  ]);
});

test('each student counts in every stage that was reached', () => {
  const counts = progressCounts(10, {
    ...noStates(),
    bound: 1,
    shot: 1,
    rejected: 1,
    confirmed: 2,
    exported: 1,
    withdrawn: 1,
  });
  expect(counts).toMatchObject({ bound: 6, shot: 5, confirmed: 3, accepted: 1, rejected: 1, missing: 7 });
  expect(progressCounts(null, { ...noStates(), bound: 2, accepted: 1 })).toMatchObject({
    listed: null,
    missing: 2,
  });
});

test.each([
  [89_999, 'none'],
  [90_000, 'filing-soon'],
  [100_000, 'filing-due'],
])('%i stored people: %s', (count, warning) => {
  expect(peopleWarning(count)).toBe(warning);
});
