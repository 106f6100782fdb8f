/**
 * The second factor beside a capture code: the last four characters of the identity document's number, as a
 * person types them. Refuses a whole number: it is never asked for, sent or stored.
 */

declare const brand: unique symbol;

/** Four characters of 0–9 and A–Z, normalised. */
export type IdTail = string & { readonly [brand]: 'IdTail' };

export const ID_TAIL_LENGTH = 4;

/**
 * Letters are allowed in every place, not only the X that ends a resident's number: a Hong Kong identity card
 * may end in A (check character in brackets), and passports of foreign students end as they like. A letter typed
 * in error costs a try; a tail that cannot be typed would shut its owner out.
 */
const TAIL = /^[0-9A-Z]{4}$/;

/** What people type around the characters: spaces, and the bracket of Hong Kong and Macao cards: 123456(7). */
const DECORATION = /[\s()（）-]/g;

/**
 * "０12x" → "012X", "456(7)" → "4567".
 * @returns undefined where what is left is not four letters and digits
 */
export function normaliseIdTail(typed: string): IdTail | undefined {
  const tail = typed
    .replace(/[０-９Ａ-Ｚａ-ｚ]/g, toHalfWidth)
    .replace(DECORATION, '')
    .toUpperCase();
  return TAIL.test(tail) ? (tail as IdTail) : undefined;
}

/**
 * The tail of a whole number, for those who issue codes and have it anyway.
 * @returns undefined where the number is shorter than a tail
 */
export function idTailOf(idNumber: string): IdTail | undefined {
  const characters = normaliseIdNumber(idNumber);
  return normaliseIdTail(characters.slice(-ID_TAIL_LENGTH));
}

/** Half-width, upper case, without spaces, brackets and hyphens; says nothing about whether it is a number at all. */
export function normaliseIdNumber(idNumber: string): string {
  return idNumber
    .replace(/[０-９Ａ-Ｚａ-ｚ]/g, toHalfWidth)
    .replace(DECORATION, '')
    .toUpperCase();
}

/** Full-width forms stand 0xFEE0 above ASCII (Unicode block U+FF00). */
function toHalfWidth(character: string): string {
  return String.fromCharCode(character.charCodeAt(0) - 0xfee0);
}
