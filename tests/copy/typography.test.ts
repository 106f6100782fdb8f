/** Every sentence is set the same way: figures stand off Chinese, Chinese does not stand off Chinese. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { errorWords } from '../../miniprogram/copy/error-words';
import { checkLines } from '../../miniprogram/copy/verdict-words';
import { ERROR_CODES } from '../../miniprogram/shared/errors';
import { CHECK_IDS } from '../../miniprogram/shared/verdict/check-ids';
import { sentencesIn, typographicSlips } from '../support/typography';
import { aFullVerdict } from '../support/view-builder';

const COPY = join(__dirname, '../../miniprogram/copy');

it.each(readdirSync(COPY))('the sentences of %s', (file) => {
  const sentences = sentencesIn(file, readFileSync(join(COPY, file), 'utf8'));
  expect(sentences.flatMap(typographicSlips)).toEqual([]);
});

it('a refusal with the numbers that came with it', () => {
  const given = {
    retryAfterSeconds: 300,
    triesLeft: 3,
    limit: 5,
    rows: 2,
    count: 2,
    maximum: 10_000_000,
    unit: 'bytes',
    columns: ['3', '5'],
    opensAt: '2027-01-01T00:00:00.000Z',
    closedAt: '2027-02-28T16:00:00.000Z',
  };
  const all = ERROR_CODES.flatMap((code) => [errorWords(code, given), errorWords(code)]);
  expect(all.flatMap(({ title, next }) => [title, next]).flatMap(typographicSlips)).toEqual([]);
  expect(errorWords('TOO_MANY_REQUESTS', given).next).toMatch(/^请等 5 分钟再试/);
  expect(errorWords('TOO_MANY_REQUESTS').next).toMatch(/^请等一会儿再试/);
  expect(errorWords('CODE_LOCKED', given).next).toContain('请等 5 分钟再输入');
  expect(errorWords('BATCH_NOT_OPEN', given).next).toBe('开始时间是 2027年1月1日 8:00，到时再来就可以。');
});

it.each(['passed', 'warned', 'blocked'] as const)(
  'the figures of a photo whose checks are all %s',
  (outcome) => {
    const verdict = aFullVerdict(Object.fromEntries(CHECK_IDS.map((id) => [id, outcome])));
    const lines = checkLines(verdict).flatMap(({ sentence, measured, allowed }) => [
      sentence,
      measured,
      allowed,
    ]);
    expect(lines.length).toBeGreaterThan(40);
    expect(lines.flatMap(typographicSlips)).toEqual([]);
  },
);

it.each(['请等5 分钟', '放宽到 左右各', '8:00开始', '标准蓝 (1, 2)', '用App登录', '（占眼距） 3%'])(
  '%s is seen',
  (sentence) => {
    expect(typographicSlips(sentence)).not.toEqual([]);
  },
);

it.each(['请等 5 分钟', '2027年2月28日 24:00 截止', '2021级高起本', '左右各 6.0 度以内', '不超过 5.0%'])(
  '%s is fine',
  (sentence) => {
    expect(typographicSlips(sentence)).toEqual([]);
  },
);
