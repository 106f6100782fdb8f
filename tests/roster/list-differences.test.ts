/** In which order the differences of a plan are looked at: nobody reads hundreds before those that matter. */
import { type Comparison, type RosterLine } from '../../cloudfunctions/roster/compare-roster';
import { listDifferences } from '../../cloudfunctions/roster/list-differences';

const numbers = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${prefix}${String(index).padStart(4, '0')}`);
const aComparison = (removed: number, changed: number, added: number): Comparison => ({
  removed: numbers('R', removed),
  changed: numbers('C', changed).map((studentNumber) => ({ kind: 'changed', studentNumber, fields: [] })),
  added: numbers('A', added).map((studentNumber) => ({ studentNumber }) as RosterLine),
  unchanged: 0,
});
const listed = (comparison: Comparison, bound: readonly string[]) =>
  listDifferences(comparison, new Set(bound), () => null).map(({ studentNumber }) => studentNumber);

test('who would leave and has bound comes first, wherever the number stands', () => {
  const differences = listDifferences(aComparison(9000, 2, 1), new Set(['R0001', 'R8999']), () => null);
  expect(differences.slice(0, 2)).toEqual([
    { kind: 'removed', studentNumber: 'R0001', bound: true },
    { kind: 'removed', studentNumber: 'R8999', bound: true },
  ]);
});

test.each([
  ['few changes among many who leave', 600, 2, ['R0599', 'C0000', 'C0001', 'R0000']],
  ['few who leave among many changes', 3, 600, ['R0002', 'R0000', 'R0001', 'C0000']],
])('then the shorter of the two other lists, so that it is seen: %s', (_, removed, changed, first) => {
  expect(listed(aComparison(removed, changed, 5), [first[0]!]).slice(0, 4)).toEqual(first);
});

test('the added ones come last; of each kind the first thousands are kept', () => {
  const all = listed(aComparison(6000, 6000, 3000), []);
  expect(all).toHaveLength(12_000);
  expect(all.at(-1)).toBe('A1999');
});
