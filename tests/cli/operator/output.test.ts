/** Tables on a terminal: Chinese characters are two cells wide, and columns line up all the same. */
import { displayWidth, facts, progressBar, table } from '../../../local/cli/operator/output';
import { fieldWords, optionProblem, refusalText } from '../../../local/cli/operator/refusals';
import {
  DomainError,
  type ErrorCode,
  type ErrorDetails,
  OPERATOR_ERROR_CODES,
} from '../../../miniprogram/shared/errors';

test.each([
  ['abc', 3],
  ['阜阳站', 6],
  ['（１）', 6],
  ['21会计1班', 9],
  ['𠮷', 2],
  ['', 0],
])('%s is %i cells wide', (text, cells) => {
  expect(displayWidth(text)).toBe(cells);
});

test('columns line up, numbers to the right, nothing is a dash', () => {
  const rows = [
    ['阜阳函授站', 12, null],
    ['A', 3, '备注'],
  ];
  const lines = table(['站', '人数', ''], rows).split('\n');
  expect(lines).toEqual([
    '站          人数',
    '----------  ----  ----',
    '阜阳函授站    12  -',
    'A              3  备注',
  ]);
});

test('facts line up behind their names', () => {
  expect(
    facts([
      ['名称', 'x'],
      ['a', 1],
    ]),
  ).toBe('名称  x\na     1');
});

test('a bar writes nothing where nobody sees it move', () => {
  const written: string[] = [];
  const stream = (isTTY: boolean) =>
    ({ isTTY, write: (text: string) => written.push(text) }) as unknown as NodeJS.WriteStream;
  progressBar(stream(false)).show(1, 2, '');
  expect(written).toEqual([]);
  progressBar(stream(true)).show(1, 2, '一半');
  expect(written[0]).toContain('50 %  1/2  一半');
});

describe('what went wrong', () => {
  test.each([
    ['payload.schoolCode', '院校代码是五位数字'],
    ['payload.changes.photoSettings.fileBytes', '底色或文件大小超出了标准'],
    ['payload.checkSettings.onlyWarn.0', expect.stringContaining('--only-warn')],
    ['payload.something.new', 'payload.something.new'],
  ])('at %s is said in words', (path, words) => {
    expect(fieldWords(path)).toEqual(words);
  });

  test.each([
    [new DomainError('FORBIDDEN'), '“teacher”的身份不能做这件事'],
    [new DomainError('FORBIDDEN', { reason: 'other-station' }), '名单里站点写错的，请学校改好名单再拍'],
    [new DomainError('INTERNAL', { requestId: 'r-1' }), '编号 r-1'],
    [Object.assign(new Error(), { code: 'ENOENT', path: 'a.csv' }), '没有找到“a.csv”'],
    [Object.assign(new Error(), { code: 'EACCES', path: 'a.csv' }), '没有权限'],
    [Object.assign(new Error(), { code: 'ENOSPC', path: 'a.csv' }), '磁盘满了'],
  ])('%p has a next step', (error, words) => {
    expect(refusalText(error, 'teacher', 'http://x')?.text).toContain(words);
  });

  const RELEASE = { event: 'release' } as const;
  test.each<[ErrorCode, ErrorDetails, RegExp]>([
    ['SUBMISSION_STATE', { event: 'accept', state: 'shot' }, /review take /],
    ['SUBMISSION_STATE', { event: 'take-review', state: 'shot' }, /student 批次 学号/],
    ['SUBMISSION_STATE', { event: 'return', state: 'confirmed' }, /review take .*--student .*review reject /],
    ['SUBMISSION_STATE', { ...RELEASE, state: 'confirmed' }, /review take .*review reject /],
    ['SUBMISSION_STATE', { ...RELEASE, state: 'accepted' }, /review return /],
    ['PHOTO_SUPERSEDED', {}, /review take /],
    ['FACE_CONSENT_REQUIRED', {}, /--consent /],
    ['ALREADY_MEMBER', {}, /leave .*--as /],
    ['ROSTER_COLUMN_MISSING', { fields: ['studentNumber'] }, /“学号”.*--map 编号=学号/],
    ['ROSTER_COLUMN_TWICE', { fields: ['className'] }, /“班级”.*--map /],
    ['ROSTER_HAS_ERRORS', { rows: 2 }, /--skip-bad/],
    ['REMINDERS_NOT_CONFIGURED', {}, / reminder /],
    ['UNDO_TOO_LATE', {}, /review return /],
    ['EXPORT_EMPTY', {}, /去掉 --new/],
    ['EXPORT_UNDERWAY', {}, /export list .*export cancel /],
  ])('%s %j names the command that goes on', (code, details, words) => {
    expect(refusalText(new DomainError(code, details), 'x', 'y')?.text).toMatch(words);
  });

  test.each([...OPERATOR_ERROR_CODES, 'SUBMISSION_STATE', 'PHOTO_SUPERSEDED', 'UPLOAD_MISSING'] as const)(
    '%s sends nobody to a button that only the phone has',
    (code) => {
      const { text } = refusalText(new DomainError(code), 'x', 'y')!;
      // A column of the list is quoted too.
      expect(text.replace('“学号”', '')).not.toMatch(/“|返回首页|手机/);
    },
  );

  test('and is unknown is a bug, which nobody explains away', () => {
    expect(refusalText(new Error('bug'), 'x', 'y')).toBeNull();
    expect(refusalText(Object.assign(new Error(), { code: 'EPROTO' }), 'x', 'y')).toBeNull();
    expect(optionProblem(new Error('bug'))).toBeNull();
  });
});
