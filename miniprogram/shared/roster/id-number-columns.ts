/**
 * Finds columns that hold numbers of identity documents, by their name or by what stands in them. Such a list must not
 * be handed over (教学服〔2022〕10号: 不得向采集单位提供学生名单), so the whole file is refused, not just the column.
 */
import { recogniseIdNumber } from '../identity/id-number';
import { fieldOfHeading, isIdNumberHeading } from './recognise-headings';

/**
 * Share of a column's values from which it counts as a column of ID numbers. A number that is none passes the check
 * digit, the date and the region once in some hundred times at most, and hardly in a tenth of a column. A single one
 * in a column that is imported is reported as that row's error.
 */
const SHARE = 0.1;

/** @returns positions of the columns, 1 is the first */
export function idNumberColumns(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
): readonly number[] {
  return headings.flatMap((heading, column) => {
    let filled = 0;
    let numbers = 0;
    for (const row of rows) {
      const value = row[column]?.trim() ?? '';
      if (value === '') continue;
      filled += 1;
      if (recogniseIdNumber(value) !== undefined) numbers += 1;
    }
    if (filled === 0) return [];
    const few = fieldOfHeading(heading) === null ? 1 : 2;
    return isIdNumberHeading(heading) || numbers >= Math.max(few, SHARE * filled) ? [column + 1] : [];
  });
}
