/**
 * Text that a spreadsheet must not run: cells that begin like a formula get an apostrophe before them (OWASP, CSV
 * injection, read 2026-11). Used wherever a file for spreadsheets is written.
 */

const RUNS = /^[=+\-@\t\r]/;

export function guardFormula(text: string): string {
  return RUNS.test(text) ? `'${text}` : text;
}
