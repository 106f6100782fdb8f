/**
 * Writes numbers out as a workbook shows them where its number format adds zeros or fixed text: 9990100 in a cell of
 * the format 0000000000 is 0009990100 to everybody who looks at the list. The reader of spreadsheets (read-excel-file
 * 9.3) gives the bare number and has no option for its format, so such cells become text before it sees them; days go
 * the same way (`displayed-dates.ts`).
 * Refuses every other format (#,##0, 0.00, times of day): there the number itself is what is meant.
 */
import { BUILT_IN_MONTHS, countsFrom1904, displayOfDate } from './displayed-dates';
import { type Display, positivePart } from './number-format';
import { rewriteSheets, type WorkbookParts } from './workbook-parts';

/** The format that belongs to each `s` attribute of a cell; null: the bare number. */
type CellFormats = readonly (Display | null)[];

/** What stands in the places of a format from left to right: a digit, or text that is always there, as XML. */
type NumberFormat = readonly (typeof DIGIT | { readonly xml: string })[];
const DIGIT = 'digit';

const STYLES = /^xl\/styles\d*\.xml$/i;
const WORKBOOK = /^xl\/workbook\d*\.xml$/i;

/** A spreadsheet keeps 15 digits; what is longer has lost the rest, and no format brings it back. */
const LARGEST_EXACT = 1e15;
/** Longer ones are no student's number, and would let a small file grow to a large one. */
const LONGEST_FORMAT = 32;

/** @returns the same parts; sheets with such numbers have text in their place */
export function withDisplayedNumbers(parts: WorkbookParts): WorkbookParts {
  const formats = cellFormats(partOf(parts, STYLES), countsFrom1904(partOf(parts, WORKBOOK)));
  if (formats.every((format) => format === null)) return parts;
  return rewriteSheets(parts, (sheet) => rewriteCells(sheet, formats));
}

function partOf(parts: WorkbookParts, wanted: RegExp): string {
  return [...parts].find(([name]) => wanted.test(name))?.[1].toString('utf8') ?? '';
}

/** `numFmts` names the workbook's own formats, `cellXfs` says which one each kind of cell has (ECMA-376, 18.8). */
function cellFormats(styles: string, from1904: boolean): CellFormats {
  const own = [...styles.matchAll(/<(?:\w+:)?numFmt\s([^>]*)>/g)].map(
    ([, attributes]) =>
      [
        attributeOf(attributes!, 'numFmtId') ?? '',
        unescapeXml(attributeOf(attributes!, 'formatCode') ?? ''),
      ] as const,
  );
  const displays = new Map(
    [...Object.entries(BUILT_IN_MONTHS), ...own].map(([id, code]) => [
      id,
      displayOfZeros(code) ?? displayOfDate(code, from1904),
    ]),
  );
  const cells = /<((?:\w+:)?cellXfs)\b[^>]*>(.*?)<\/\1>/s.exec(styles)?.[2] ?? '';
  return [...cells.matchAll(/<(?:\w+:)?xf(?=[\s/>])([^>]*)>/g)].map(
    ([, attributes]) => displays.get(attributeOf(attributes!, 'numFmtId') ?? '') ?? null,
  );
}

/**
 * Zeros, "text" and characters after a backslash, hyphens and spaces; `_)` (as wide as) and `*-` (filled with) show
 * nothing of their own.
 */
const PLACE = /0|"[^"]*"|\\.|[- ]|_.|\*./gsy;

/** Null for a format that means something else, and for one zero alone, which shows the bare number. */
function displayOfZeros(code: string): Display | null {
  const positive = positivePart(code);
  const places = positive.match(PLACE) ?? [];
  if (places.join('') !== positive) return null;
  const format = places.flatMap((place): NumberFormat => {
    if (place === '0') return [DIGIT];
    const xml = escapeXml(textOf(place));
    return xml === '' ? [] : [{ xml }];
  });
  const length = format.reduce((total, place) => total + (place === DIGIT ? 1 : place.xml.length), 0);
  if (!format.includes(DIGIT) || format.length < 2 || length > LONGEST_FORMAT) return null;
  return (number) =>
    Number.isInteger(number) && number >= 0 && number < LARGEST_EXACT ? withZeros(number, format) : null;
}

function textOf(place: string): string {
  if (place.startsWith('_') || place.startsWith('*')) return '';
  if (place.startsWith('"')) return place.slice(1, -1);
  return place.startsWith('\\') ? place.slice(1) : place;
}

/** A cell with its attributes, what stands before its number (a formula, where there is one), and the number. */
const NUMBER_CELL =
  /<((?:\w+:)?c)(\s[^>]*)>(\s*(?:<(?:\w+:)?f\b[^>]*(?:\/>|>[^<]*<\/(?:\w+:)?f>)\s*)?<(?:\w+:)?v>)([^<]+)(?=<)/g;

function rewriteCells(sheet: string, formats: CellFormats): string {
  return sheet.replace(
    NUMBER_CELL,
    (cell: string, tag: string, attributes: string, before: string, value: string) => {
      const display = formats[Number(attributeOf(attributes, 's') ?? '0')] ?? null;
      const isNumber = (attributeOf(attributes, 't') ?? 'n') === 'n';
      const shown = isNumber && display !== null ? display(Number(value)) : null;
      if (shown === null) return cell;
      const others = attributes.replace(/\st\s*=\s*["']n["']/, '');
      // `str` is text that stands in the cell itself (ECMA-376, 18.18.11).
      return `<${tag}${others} t="str">${before}${shown}`;
    },
  );
}

/** Digits fill their places from the right; what is left over stands where the first one is. */
function withZeros(number: number, format: NumberFormat): string {
  const digits = format.filter((place) => place === DIGIT).length;
  const written = String(number).padStart(digits, '0');
  let next = written.length - digits;
  let isFirst = true;
  return format
    .map((place) => {
      if (place !== DIGIT) return place.xml;
      const start = isFirst ? 0 : next;
      isFirst = false;
      next += 1;
      return written.slice(start, next);
    })
    .join('');
}

function attributeOf(attributes: string, name: string): string | undefined {
  const match = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes);
  return match?.[1] ?? match?.[2];
}

const ENTITIES: Readonly<Record<string, string>> = { quot: '"', apos: "'", lt: '<', gt: '>', amp: '&' };

function unescapeXml(text: string): string {
  return text.replace(
    /&(?:#x([\da-f]+)|#(\d+)|([a-z]+));/gi,
    (entity, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return ENTITIES[name] ?? entity;
      const code = hex === undefined ? Number(decimal) : parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : entity;
    },
  );
}

/** Everything but letters and digits by its number, so that the result is ASCII. */
function escapeXml(text: string): string {
  return text.replace(/[^\dA-Za-z]/gu, (character) => `&#x${character.codePointAt(0)!.toString(16)};`);
}
