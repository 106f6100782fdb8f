/**
 * What is wrong with an ID number from which a code is to be drawn: nobody could ever bind with a code that was drawn
 * from a damaged one, and it would open to whoever types its four zeros. Refuses only what cannot be right; documents of
 * other shapes (passports, permits and identity cards of Hong Kong, Macao and Taiwan) are as they are.
 */
import { checkCharacterOf, isDamagedIdNumber } from '../../../miniprogram/shared/identity/id-number';
import { normaliseIdNumber } from '../../../miniprogram/shared/identity/id-tail';

/** GB 11643-1999. No other document is digits of nearly this length; the first generation's numbers had 15. */
const RESIDENT_LENGTH = 18;
const LIKE_RESIDENT = /^\d{15,}[\dX]$/;

/** As a spreadsheet writes a quantity, with a point or a power of ten: no document's number has either. */
const QUANTITY = /^\d+\.\d+(?:E\+?\d+)?$|^\d+E\+\d+$/;

/** @returns what is wrong and what to do, without the number; undefined where nothing is known to be wrong */
export function idNumberProblem(idNumber: string): string | undefined {
  const number = normaliseIdNumber(idNumber);
  // A few whole numbers end in 000 by themselves: their check character fits.
  if (isWholeResident(number)) return undefined;
  if (QUANTITY.test(number) || isDamagedIdNumber(number)) {
    return 'a spreadsheet has taken the ID number for a quantity and lost its end: format the column as text (Excel: 设置单元格格式 → 文本), then enter the number again';
  }
  if (!LIKE_RESIDENT.test(number)) return undefined;
  return number.length === RESIDENT_LENGTH
    ? 'the last character of the ID number does not fit the others: compare the number with the document'
    : `a resident’s ID number has ${RESIDENT_LENGTH} characters, this one has ${number.length}: compare it with the document`;
}

function isWholeResident(number: string): boolean {
  return (
    number.length === RESIDENT_LENGTH &&
    LIKE_RESIDENT.test(number) &&
    checkCharacterOf(number) === number.at(-1)
  );
}
