import * as fc from 'fast-check';
import { diagnoseRoster } from '../../../miniprogram/shared/roster/diagnose-roster';
import { type RosterCells } from '../../../miniprogram/shared/roster/roster-row';

const EXPECTED = { cohorts: [{}], graduationDate: '2027-01-10', fields: new Set(['studentNumber'] as const) };

const diagnose = (rows: readonly RosterCells[]) =>
  diagnoseRoster(
    rows.map((cells, index) => ({ line: index + 2, cells, broken: false })),
    EXPECTED,
  );

const numbersOf = (rows: readonly RosterCells[]) => diagnose(rows).rows.map((row) => row.studentNumber);

test('the same row twice counts once, and is said', () => {
  const { rows, findings, bad } = diagnose([{ studentNumber: 'A' }, { studentNumber: 'A' }]);
  expect(rows).toHaveLength(1);
  expect(bad).toBe(0);
  expect(findings).toEqual([
    { line: 3, code: 'duplicate-row', severity: 'warning', field: null, otherLine: 2 },
  ]);
});

test('one number with two contents is imported from neither, and both lines are named', () => {
  const { rows, findings, bad } = diagnose([
    { studentNumber: 'A', name: '张三' },
    { studentNumber: 'B' },
    { studentNumber: 'A', name: '李四' },
    { studentNumber: 'A', name: '王五' },
  ]);
  expect(rows.map(({ studentNumber }) => studentNumber)).toEqual(['B']);
  expect(bad).toBe(3);
  expect(findings.map(({ line, otherLine }) => [line, otherLine])).toEqual([
    [2, 4],
    [4, 2],
    [5, 2],
  ]);
});

test('who stands only in bad rows is named once, as far as the number can be read', () => {
  const bad = { year: '21' };
  const { unusable } = diagnose([
    { studentNumber: 'A', ...bad },
    { studentNumber: 'A', ...bad },
    { studentNumber: 'B', ...bad },
    { studentNumber: 'B' },
    { studentNumber: 'C', name: '张三' },
    { studentNumber: 'C', name: '李四' },
    { studentNumber: '?' },
    { studentNumber: 'D' },
  ]);
  expect(unusable).toEqual(['A', 'C']);
});

test('a row with more cells than headings is broken and left out', () => {
  const broken = { line: 2, cells: { studentNumber: 'A' }, broken: true };
  expect(diagnoseRoster([broken], EXPECTED)).toMatchObject({ rows: [], bad: 1 });
});

test('a number shorter than nearly all others is remarked: a zero may be gone', () => {
  const usual = Array.from({ length: 19 }, (_, index) => ({ studentNumber: String(100_000 + index) }));
  const { findings } = diagnose([...usual, { studentNumber: '12345' }]);
  expect(findings).toEqual([
    { line: 21, code: 'other-length', severity: 'warning', field: 'studentNumber', otherLine: null },
  ]);
});

test('whatever the rows: each number once, in the order of the file, and the result is a fixed point', () => {
  const cell = fc.constantFrom('A', 'B', 'C', '', '?', '="D"', '2.0E+5');
  const rows = fc.array(fc.record({ studentNumber: cell, name: fc.constantFrom('张三', '李四') }), {
    maxLength: 12,
  });
  fc.assert(
    fc.property(rows, (list) => {
      const numbers = numbersOf(list);
      expect(new Set(numbers).size).toBe(numbers.length);
      const again = diagnose(diagnose(list).rows.map((row) => ({ ...row }) as RosterCells));
      expect(again.rows.map(({ studentNumber }) => studentNumber)).toEqual(numbers);
      expect(again.bad).toBe(0);
    }),
  );
});
