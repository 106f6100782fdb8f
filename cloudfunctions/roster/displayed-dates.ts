/**
 * Writes the days of a workbook out as far as their number format shows them: 2027-01 in a cell that shows 2027年1月,
 * because the first of the month behind it is nobody's word; 2027-01-10 in one of the format yyyymmdd, in which the
 * reader of spreadsheets (read-excel-file 9.3) sees no date and gives the bare count of days.
 * Refuses formats with anything but year, month and day: the reader knows those.
 */
import { type Display, positivePart } from './number-format';

/** 1970-01-01 in days since 1899-12-31, with 29 February 1900, which never was and is counted (ECMA-376, 18.17.4.1). */
const DAYS_TO_1970 = 25_569;
/** 1 March 1900; before it that day is not counted yet. */
const FIRST_DAY = 61;
/** 31 December 9999. */
const LAST_DAY = 2_958_465;
/** How far days that are counted from 1904 are behind. */
const DAYS_TO_1904 = 1462;
const DAY_MS = 86_400_000;

/** Built-in formats of a month without a day, as Excel in mainland China has them (ECMA-376, 18.8.30). */
export const BUILT_IN_MONTHS: Readonly<Record<string, string>> = {
  17: 'mmm-yy',
  27: 'yyyy"年"m"月"',
  36: 'yyyy"年"m"月"',
  50: 'yyyy"年"m"月"',
  52: 'yyyy"年"m"月"',
  57: 'yyyy"年"m"月"',
};

const WORKBOOK = /<(?:\w+:)?workbookPr\s[^>]*\bdate1904\s*=\s*["'](?:1|true)["']/;

/** @param workbook the XML that says from when days are counted */
export const countsFrom1904 = (workbook: string): boolean => WORKBOOK.test(workbook);

/** Fixed text, widths and fillings, language and colour; a condition in brackets is none of them. */
const BESIDE_THE_DATE = /"[^"]*"|\\.|_.|\*.|\[[^\]<>=]*\]/gs;

/** Null for a format that is not one of year and month, with or without the day. */
export function displayOfDate(code: string, from1904: boolean): Display | null {
  const date = positivePart(code).replace(BESIDE_THE_DATE, ' ');
  if (!/^[ymd年月日\s./,-]*$/i.test(date) || !/y/i.test(date) || !/m/i.test(date)) return null;
  const length = /d/i.test(date) ? 'YYYY-MM-DD'.length : 'YYYY-MM'.length;
  return (number) => {
    const day = Math.floor(number) + (from1904 ? DAYS_TO_1904 : 0);
    if (!(day >= FIRST_DAY && day <= LAST_DAY)) return null;
    return new Date((day - DAYS_TO_1970) * DAY_MS).toISOString().slice(0, length);
  };
}
