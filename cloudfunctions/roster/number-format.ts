/** What the number formats of a workbook have in common. */

/** What a cell shows of its number, as XML; null: the number itself is what is meant. */
export type Display = (number: number) => string | null;

/** Only the part for positive numbers counts, which ends at the first semicolon outside of text (ECMA-376, 18.8.31). */
export function positivePart(code: string): string {
  return /^(?:"[^"]*"|\\.|[^;"\\])*/s.exec(code)![0];
}
