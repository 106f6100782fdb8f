/**
 * Finds columns that hold numbers of identity documents, by their name or by what stands in them. Such a list must not
 * be handed over (教学服〔2022〕10号: 不得向采集单位提供学生名单), so the whole file is refused, not just the column.
 */
import { isDamagedIdNumber, recogniseIdNumber } from '../identity/id-number';
import { cleanCell } from './clean-cell';
import { fieldOfHeading, isIdNumberHeading } from './recognise-headings';

/**
 * Share of a column's values from which it counts as a column of ID numbers. A number that is none passes the check
 * digit, the date and the region once in some hundred times at most, and hardly in a tenth of a column. A single one
 * in a column that is imported is reported as that row's error.
 */
const SHARE = 0.1;

/**
 * A quantity of 18 digits, of which too few are shown to tell a birthday: 4.40524E+17. A student number may be damaged
 * like that, but in a column that is nothing known it is an ID number that somebody forgot.
 */
const QUANTITY_OF_18_DIGITS = /^\d(?:\.\d+)?E\+?17$/i;

/** @returns positions of the columns, with or without a heading; 1 is the first */
export function idNumberColumns(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
): readonly number[] {
  const width = rows.reduce((most, row) => Math.max(most, row.length), headings.length);
  return Array.from({ length: width }, (_, column) => column).flatMap((column) => {
    const heading = headings[column] ?? '';
    const isKnown = fieldOfHeading(heading) !== null;
    let filled = 0;
    let numbers = 0;
    for (const row of rows) {
      const value = cleanCell(row[column] ?? '');
      if (value === null) continue;
      filled += 1;
      if (isIdNumber(value) || (!isKnown && QUANTITY_OF_18_DIGITS.test(value))) numbers += 1;
    }
    if (filled === 0) return [];
    const few = isKnown ? 2 : 1;
    return isIdNumberHeading(heading) || numbers >= Math.max(few, SHARE * filled) ? [column + 1] : [];
  });
}

/** Alone, or among other words: 身份证：11010519491231002X. */
function isIdNumber(value: string): boolean {
  const inside = value.split(/\W+/).filter((word) => /^\d{17}[\dX]$/i.test(word));
  return [value, ...inside].some((text) => recogniseIdNumber(text) !== undefined || isDamagedIdNumber(text));
}
