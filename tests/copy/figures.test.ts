import { cohortsWords, windowLines } from '../../miniprogram/copy/batch-words';
import { joined } from '../../miniprogram/copy/pieces';
import {
  calendarDateWords,
  deadlineWords,
  durationWords,
  momentWords,
  timeLeftWords,
} from '../../miniprogram/copy/time-words';
import { CHECK_WORDS } from '../../miniprogram/copy/check-words';
import { limitsWords, valueBesideLimits, valueWords } from '../../miniprogram/copy/unit-words';
import { checkLine, checkLines } from '../../miniprogram/copy/verdict-words';
import {
  type Limits,
  type NotAssessedReason,
  type Remedy,
  type Unit,
} from '../../miniprogram/shared/verdict/verdict';
import { takePhoneToNewYork } from '../support/abroad';
import { NOON, aFullVerdict, aMeasure, aPublicBatch, at } from '../support/view-builder';

describe('times in Shanghai', () => {
  it.each([
    ['2027-02-28T16:00:00.000Z', '2027年3月1日 0:00', '2027年2月28日 24:00'],
    ['2027-02-28T10:05:00.000Z', '2027年2月28日 18:05', '2027年2月28日 18:05'],
    ['2026-12-31T16:30:00.000Z', '2027年1月1日 0:30', '2027年1月1日 0:30'],
  ])('%s', (iso, moment, deadline) => {
    expect(momentWords(at(iso))).toBe(moment);
    expect(deadlineWords(at(iso))).toBe(deadline);
  });

  it.each([
    ['2027-02-23T04:00:00.000Z', '还剩 5 天'],
    ['2027-02-26T15:59:00.000Z', '还剩 2 天'],
    ['2027-02-26T16:00:00.000Z', '明天 24:00 截止'],
    ['2027-02-28T15:59:00.000Z', '今天 24:00 截止'],
  ])('at %s until the end of 28 February: %s', (now, words) => {
    expect(timeLeftWords(at('2027-02-28T16:00:00.000Z'), at(now))).toBe(words);
  });

  it.each([
    [0, '一会儿'],
    [12.2, '13 秒'],
    [61, '2 分钟'],
    [3600, '1 小时'],
    [Number.NaN, '一会儿'],
  ])('waiting %d seconds: %s', (seconds, words) => {
    expect(durationWords(seconds)).toBe(words);
  });

  describe('on a phone abroad, whose today and tomorrow are other days', () => {
    beforeEach(takePhoneToNewYork);
    afterEach(() => jest.restoreAllMocks());

    it.each([
      ['2027-02-23T04:00:00.000Z', '还剩 5 天'],
      ['2027-02-26T16:00:00.000Z', '还剩 48 小时'],
      ['2027-02-28T01:00:00.000Z', '还剩 15 小时'],
      ['2027-02-28T14:01:00.000Z', '还剩 1 小时'],
      ['2027-02-28T15:30:00.000Z', '还剩不到 1 小时'],
    ])('at %s until the end of 28 February in China: %s', (now, words) => {
      expect(timeLeftWords(at('2027-02-28T16:00:00.000Z'), at(now))).toBe(words);
    });
  });

  it('reads calendar dates and leaves other text alone', () => {
    expect(calendarDateWords('2027-06-30')).toBe('2027年6月30日');
    expect(calendarDateWords('夏季')).toBe('夏季');
  });
});

describe('measured numbers', () => {
  const values: readonly (readonly [number, Unit, string])[] = [
    [-7.24, 'degrees', '−7.2 度'],
    [-0.04, 'degrees', '0.0 度'],
    [0.083, 'ied', '8.3%'],
    [0.93, 'share', '93%'],
    [0.0023, 'ied2', '0.23%'],
    [2, 'count', '2 人'],
    [-2.3, 'stops', '−2.3 档'],
  ];
  it.each(values)('%d %s → %s', (value, unit, words) => {
    expect(valueWords(value, unit)).toBe(words);
  });

  const limits: readonly (readonly [Limits, Unit, string])[] = [
    [{ min: -6, max: 6 }, 'degrees', '左右各 6.0 度以内'],
    [{ min: -11, max: 15 }, 'degrees', '−11.0 到 15.0 度'],
    [{ max: 5 }, 'grey-levels', '不超过 5.0 级灰度'],
    [{ min: 0.17 }, 'ratio', '不低于 0.17'],
    [{ min: 1, max: 1 }, 'count', '正好 1 人'],
    [{}, 'px', '不限'],
  ];
  it.each(limits)('limits %j in %s → %s', (range, unit, words) => {
    expect(limitsWords(range, unit)).toBe(words);
  });
});

describe('verdict as lines', () => {
  it('shows value, range and remedy of a blocked check', () => {
    const line = checkLines(aFullVerdict({ 'head-yaw': 'blocked' }))[0]!;
    expect(line).toMatchObject({
      id: 'head-yaw',
      tone: 'bad',
      mark: '要调整',
      measured: '向一侧转了 11.0 度',
    });
    expect(line.allowed).toBe('左右各 6.0 度以内（放宽到左右各 10.0 度以内）');
    expect(line.sentence).toContain('鼻尖正对镜头');
  });

  it('puts what needs something first and keeps the rest in reading order', () => {
    const lines = checkLines(aFullVerdict({ wall: 'warned', 'mouth-closed': 'blocked' }));
    expect(lines.slice(0, 3).map(({ id }) => id)).toEqual(['mouth-closed', 'wall', 'single-face']);
  });

  it('takes the closer remedy where the verdict names one', () => {
    const line = checkLine({
      id: 'framing',
      outcome: 'blocked',
      measures: [aMeasure('framing', 'blocked')],
      remedy: 'step-back',
    });
    expect(line.sentence).toContain('后退一步');
  });

  it('takes the check’s own where only a newer cloud knows the closer one', () => {
    const line = checkLine({
      id: 'framing',
      outcome: 'blocked',
      measures: [aMeasure('framing', 'blocked')],
      remedy: 'something-new' as Remedy,
    });
    expect(line.sentence).toBe(CHECK_WORDS.framing.remedy);
  });

  it.each(['nothing-to-measure', 'something-new'])(
    'never calls an unmeasured check good or bad (%s)',
    (why) => {
      expect(
        checkLine({ id: 'eyes-open', outcome: 'not-assessed', reason: why as NotAssessedReason }),
      ).toMatchObject({
        tone: 'unknown',
        mark: '未检查',
        sentence: expect.stringContaining('没法检查') as string,
        measured: '',
      });
    },
  );
});

describe('a batch in words', () => {
  it('names its circles as schools do', () => {
    expect(cohortsWords(aPublicBatch().cohorts)).toBe('2022级高起本、2025级全部学生');
    expect(cohortsWords([])).toBe('以学校通知为准');
  });

  it.each([
    ['2026-12-01T00:00:00.000Z', 'not-open-yet', '开始 2027年1月1日 8:00'],
    [NOON, 'open', '截止 2027年2月28日 24:00'],
    ['2027-03-01T00:00:00.000Z', 'closed', '截止 2027年2月28日 24:00'],
  ])('at %s it is %s', (now, window, date) => {
    expect(windowLines(aPublicBatch(), at(now))).toMatchObject({ window, date });
  });
});

describe('a batch in words on a phone abroad', () => {
  beforeEach(takePhoneToNewYork);
  afterEach(() => jest.restoreAllMocks());

  it.each([
    ['2026-12-01T00:00:00.000Z', '开始 2027年1月1日 8:00（北京时间）'],
    [NOON, '截止 2027年2月28日 24:00（北京时间）'],
    ['2027-03-01T00:00:00.000Z', '截止 2027年2月28日 24:00（北京时间）'],
  ])('at %s says whose time it is: %s', (now, date) => {
    expect(windowLines(aPublicBatch(), at(now))).toMatchObject({ date });
  });
});

describe('facts on one line', () => {
  it('break after a dot only, and leave out what is not known', () => {
    expect(joined('还剩 60 天', undefined, '', '截止 24:00')).toBe('还剩\u00a060 天\u00a0· 截止\u00a024:00');
  });
});

describe('a value beside its limits', () => {
  it.each([
    [0.2361, 'share', [{ min: 0.3 }, { min: 0.24 }], '23.6%'],
    [0.2399, 'share', [{ min: 0.3 }, { min: 0.24 }], '23.99%'],
    [0.2, 'share', [{ min: 0.3 }, { min: 0.24 }], '20%'],
    [0.24, 'share', [{ min: 0.24 }], '24%'],
    [-6.04, 'degrees', [{ min: -6, max: 6 }], '−6.04 度'],
    [5.999999, 'degrees', [{ max: 6 }], '6.000 度'],
  ] as const)('%s %s is not shown as the limit that it is not', (value, unit, limits, words) => {
    expect(valueBesideLimits(value, unit, limits)).toBe(words);
  });
});
