/**
 * Names and numbers of people as they may be shown and compared. A name is one string: it is never split into
 * surname and given name, because many names of this country have no such border.
 */

/** Official lists of names require room for at least 50 characters; twice that ends nothing that is a name. */
export const MAXIMUM_NAME_CHARACTERS = 100;

/** The separator inside names of several peoples, as official documents write it. */
const SEPARATOR = '\u00b7';

/**
 * Characters that keyboards and old systems put in its place: bullet, katakana middle dot and its half-width form,
 * hyphenation point, bullet operator, dot operator.
 */
const SEPARATOR_LOOK_ALIKES = /\s*[\u00b7\u2022\u30fb\uff65\u2027\u2219\u22c5]\s*/gu;

const STAR = '*';

/**
 * One spelling for comparing and storing: the separator is U+00B7 without spaces around it, other white space is
 * one space, none at the ends. Nothing else changes: Unicode's own normal forms would merge ideographs that
 * GB 18030 keeps apart (U+F92C and others).
 */
export function normaliseName(name: string): string {
  return name.replace(SEPARATOR_LOOK_ALIKES, SEPARATOR).replace(/\s+/gu, ' ').trim();
}

/** Whether the text can be a name at all: 1 to 100 characters after normalising, no control characters. */
export function isPossibleName(name: string): boolean {
  const length = Array.from(normaliseName(name)).length;
  return length >= 1 && length <= MAXIMUM_NAME_CHARACTERS && !/\p{Cc}/u.test(name);
}

/**
 * The first and last character stay, separators stay, everything between becomes a star:
 * 张小三 → 张*三, 张三 → 张*, 阿依古丽·买买提 → 阿***·**提. A single character becomes a star.
 * A name that is masked already comes back unchanged.
 */
export function maskName(name: string): string {
  const characters = Array.from(normaliseName(name));
  if (characters.includes(STAR)) return characters.join('');
  const last = characters.length - 1;
  return characters
    .map((character, index) => {
      if (character === SEPARATOR) return character;
      const shown = (index === 0 && last > 0) || (index === last && last > 1);
      return shown ? character : STAR;
    })
    .join('');
}

/**
 * A student's number for recognition: up to four characters at each end, never more than a third, and always
 * four stars between: 202105130123 → 2021****0123.
 */
export function maskNumber(number: string): string {
  const characters = Array.from(number.trim());
  const shown = Math.min(4, Math.floor(characters.length / 3));
  const end = shown === 0 ? [] : characters.slice(-shown);
  return [...characters.slice(0, shown), STAR.repeat(4), ...end].join('');
}
