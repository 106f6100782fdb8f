import * as fc from 'fast-check';
import { guardFormula } from '../../../miniprogram/shared/export/formula-guard';
import {
  hasStudentNumber,
  type NameValues,
  parseNameTemplate,
  photoPath,
  samePathKey,
  sequenceText,
} from '../../../miniprogram/shared/export/name-template';
import { DomainError } from '../../../miniprogram/shared/errors';

const VALUES: NameValues = {
  studentNumber: '202105130123',
  seq: '0007',
  class: '21 会计 1 班',
  station: '阜阳站',
  level: '专升本',
  year: '2021',
  studyForm: '非脱产',
  major: null,
  name: null,
  schoolCode: '10377',
};

const pathOf = (fileName: string, folder = '', values: Partial<NameValues> = {}) =>
  photoPath(parseNameTemplate({ fileName, folder }), { ...VALUES, ...values });

test.each([
  ['{studentNumber}', '', '202105130123.jpg'],
  ['{学号}', '', '202105130123.jpg'],
  ['{studentNumber}.jpg', '', '202105130123.jpg'],
  ['{schoolCode}-{seq}', '{station}/{class}', '阜阳站/21 会计 1 班/10377-0007.jpg'],
  ['{序号}_{学号}', '/{年级}/{层次}/', '2021/专升本/0007_202105130123.jpg'],
  ['{studentNumber}', '{major}', '未分组/202105130123.jpg'],
])('%s in %s → %s', (fileName, folder, path) => {
  expect(pathOf(fileName, folder)).toEqual({ path, problem: null });
});

test.each([
  ['', '', 'fileName', 'empty'],
  ['{password}', '', 'fileName', 'unknown-placeholder'],
  ['{studentNumber', '', 'fileName', 'unclosed'],
  ['a:b', '', 'fileName', 'illegal-character'],
  ['a/b', '', 'fileName', 'illegal-character'],
  ['{seq}', 'a/b*', 'folder', 'illegal-character'],
  ['x'.repeat(201), '', 'fileName', 'too-long'],
])('the template %j in %j is refused: %s %s', (fileName, folder, part, reason) => {
  expect(() => pathOf(fileName, folder)).toThrow(DomainError);
  try {
    pathOf(fileName, folder);
  } catch (error) {
    expect((error as DomainError).details).toEqual({ part, reason });
  }
});

test.each([
  ['a class with a slash', { class: '3/4 班' }, 'illegal-character'],
  ['a class that ends with a dot', { class: '1 班.' }, 'illegal-character'],
  ['a device of Windows', { class: 'CON' }, 'reserved'],
  ['a very long class', { class: '长'.repeat(101) }, 'too-long'],
])('%s: %s', (_, values, problem) => {
  expect(pathOf('{studentNumber}', '{class}', values).problem).toBe(problem);
});

test.each<[string, Partial<NameValues>, 'too-long' | null]>([
  ['a class of 255 bytes, which is 85 Chinese characters', { class: '长'.repeat(85) }, null],
  ['one of 256', { class: `${'长'.repeat(85)}x` }, 'too-long'],
  ['a rare character, which is four bytes', { class: '\u{20000}'.repeat(64) }, 'too-long'],
  ['a name of 255 bytes with its .jpg', { name: '长'.repeat(83) + 'xx' }, null],
  ['one of 256 with it', { name: '长'.repeat(84) }, 'too-long'],
  ['a path of 180 characters', { class: '长'.repeat(80), name: 'x'.repeat(95) }, null],
  ['one of 181', { class: '长'.repeat(80), name: 'x'.repeat(96) }, 'too-long'],
])('%s', (_, values, problem) => {
  const { class: folder = '班', name = '名' } = values;
  expect(pathOf('{姓名}', '{班级}', { class: folder, name }).problem).toBe(problem);
});

test.each([
  ['{学号}', '', true],
  ['{序号}_{studentNumber}', '', true],
  ['{姓名}', '{函授站}/{学号}', true],
  ['{序号}', '{函授站}', false],
  ['学号', '', false],
])('%s in %j names each student: %s', (fileName, folder, named) => {
  expect(hasStudentNumber(parseNameTemplate({ fileName, folder }))).toBe(named);
});

test('a file without a name is a problem', () => {
  expect(pathOf('{name}').problem).toBe('empty');
});

test('names that file systems take for the same have the same key', () => {
  expect(samePathKey('A/É.jpg')).toBe(samePathKey('a/e\u0301.jpg'.normalize('NFD')));
});

test('running numbers sort as text', () => {
  expect(sequenceText(7, 1200)).toBe('0007');
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 99_999 }), fc.integer({ min: 1, max: 99_999 }), (one, other) => {
      const text = (position: number) => sequenceText(position, 99_999);
      expect(text(one) < text(other)).toBe(one < other);
    }),
  );
});

test('whatever the values: no path leaves its folder', () => {
  const value = fc.oneof(fc.string(), fc.constantFrom('..', '../x', '/etc', 'C:\\', '.', ' '));
  fc.assert(
    fc.property(value, value, (station, className) => {
      const { path, problem } = pathOf('{studentNumber}', '{station}/{class}', { station, class: className });
      if (problem !== null) return;
      expect(path.split('/')).toHaveLength(3);
      expect(path).not.toMatch(/(^|\/)\.{1,2}(\/|$)/);
    }),
  );
});

test.each([
  ['=1+1', "'=1+1"],
  ['+cmd', "'+cmd"],
  ['-2', "'-2"],
  ['@x', "'@x"],
  ['\tx', "'\tx"],
  ['2021', '2021'],
  ['张=三', '张=三'],
])('%j is written as %j', (text, written) => {
  expect(guardFormula(text)).toBe(written);
});
