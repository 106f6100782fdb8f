/**
 * Recognises numbers of identity documents, so that a list that contains them can be refused before it is kept:
 * rosters must not carry them. Refuses to be a proof of anything: a number that passes may still be invented.
 */
import { normaliseIdNumber } from './id-tail';

/**
 * `resident`: citizen's number. `residence-permit`: residents of Hong Kong (81), Macao (82), Taiwan (83).
 * `foreign-permanent-resident`: cards since 2023, beginning with 9. `masked`: has the shape with stars in it.
 */
export type IdNumberKind = 'resident' | 'residence-permit' | 'foreign-permanent-resident' | 'masked';

/** GB 11643-1999, 4.2 (ISO/IEC 7064, MOD 11-2): weight of each of the first 17 digits. */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
/** Check character for the remainders 0 to 10. */
const CHECK_CHARACTERS = '10X98765432';

const WHOLE = /^\d{17}[\dX]$/;
const MASKED = /^(?=.*\*)[\d*]{17}[\dX*]$/;

/**
 * @returns the kind, or undefined for everything else; a masked number is recognised by its shape alone because
 *   its check character cannot be computed
 */
export function recogniseIdNumber(text: string): IdNumberKind | undefined {
  const number = normaliseIdNumber(text);
  if (MASKED.test(number)) return 'masked';
  if (!WHOLE.test(number) || checkCharacterOf(number) !== number[17]) return undefined;
  // Foreigners' numbers carry the nationality where residents' carry the region; the date stands in the same place.
  if (!isDate(number.slice(6, 14))) return undefined;
  if (number.startsWith('9')) return 'foreign-permanent-resident';
  if (/^8[123]0000/.test(number)) return 'residence-permit';
  return isRegion(number) ? 'resident' : undefined;
}

/** A number that a spreadsheet took for a quantity: of its 18 digits it keeps 15, and may show them as 4.405…E+17. */
const DAMAGED = /^\d{15}000$/;
const QUANTITY = /^(\d)(?:\.(\d+))?E\+?17$/;

/** Whether this is what a spreadsheet leaves of a citizen's number: region and birthday still tell whose it is. */
export function isDamagedIdNumber(text: string): boolean {
  const written = normaliseIdNumber(text);
  const [, first = '', others = ''] = QUANTITY.exec(written) ?? [];
  const number = first === '' ? written : (first + others).padEnd(18, '0');
  return DAMAGED.test(number) && isDate(number.slice(6, 14)) && (isRegion(number) || number.startsWith('9'));
}

/** The check character that belongs to the first 17 digits. */
export function checkCharacterOf(number: string): string {
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(number[index]), 0);
  return CHECK_CHARACTERS[sum % 11]!;
}

/** GB/T 2260: the first digit is one of eight great regions, the second counts provinces inside it. */
function isRegion(number: string): boolean {
  return /^[1-8][1-9]/.test(number);
}

function isDate(digits: string): boolean {
  const [year, month, day] = [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6, 8)].map(Number);
  if (year! < 1800 || year! > 2100) return false;
  const date = new Date(Date.UTC(year!, month! - 1, day));
  return date.getUTCMonth() === month! - 1 && date.getUTCDate() === day;
}
