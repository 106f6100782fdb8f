/**
 * Dates as schools write them, in Asia/Shanghai, turned into moments, and moments into what the clock shows there. The
 * offset is fixed: China has had no summer time since 1991, and WeChat's script engine on Android knows no time zones.
 * Refuses to know words.
 */
import { Instant } from '../identity/ids';

const OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;
const FORM = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T](\d{1,2}):(\d{2}))?$/;

/** What calendar and clock show in Shanghai. */
export interface ShanghaiTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  /** Days since 1970-01-01, to count calendar days. */
  readonly dayNumber: number;
}

export function shanghaiTime(milliseconds: number): ShanghaiTime {
  const shifted = shiftedDate(milliseconds);
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    dayNumber: Math.floor(shifted.getTime() / DAY_MS),
  };
}

/** True for a day that the calendar has, written YYYY-MM-DD. */
export function isCalendarDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && millisecondsOf(text) !== undefined;
}

/**
 * When something begins: `2027-01-10` is that day 0:00, `2027-01-10 9:30` that minute, both in Shanghai.
 * @returns undefined for anything else
 */
export function openingMoment(text: string): Instant | undefined {
  const milliseconds = millisecondsOf(text.trim());
  return milliseconds === undefined ? undefined : instantAt(milliseconds);
}

/** When something ends: a day without a time counts to its last moment, so `2027-02-28` is the 28th, 24:00. */
export function closingMoment(text: string): Instant | undefined {
  const milliseconds = millisecondsOf(text.trim());
  if (milliseconds === undefined) return undefined;
  return instantAt(/[ T]/.test(text.trim()) ? milliseconds : milliseconds + DAY_MS);
}

/** The day in Shanghai as YYYY-MM-DD. */
export function shanghaiDate(moment: Instant): string {
  return shiftedDate(Date.parse(moment)).toISOString().slice(0, 10);
}

/** The last day of what ends at this moment: midnight belongs to the day that it ends. */
export function lastShanghaiDate(closesAt: Instant): string {
  return shanghaiDate(instantAt(Date.parse(closesAt) - 1));
}

/** The minute in Shanghai as YYYY-MM-DD HH:MM, for lists and spreadsheets. */
export function shanghaiMinute(moment: Instant): string {
  return shiftedDate(Date.parse(moment)).toISOString().slice(0, 16).replace('T', ' ');
}

function millisecondsOf(text: string): number | undefined {
  const match = FORM.exec(text);
  if (match === null) return undefined;
  const [year, month, day, hour, minute] = match
    .slice(1)
    .map((part: string | undefined) => Number(part ?? 0));
  const date = new Date(Date.UTC(year!, month! - 1, day));
  const exists = date.getUTCMonth() === month! - 1 && date.getUTCDate() === day;
  if (!exists || hour! > 23 || minute! > 59) return undefined;
  return date.getTime() + hour! * 3_600_000 + minute! * 60_000 - OFFSET_MS;
}

/** Its UTC fields are those of Shanghai. */
function shiftedDate(milliseconds: number): Date {
  return new Date(milliseconds + OFFSET_MS);
}

function instantAt(milliseconds: number): Instant {
  return new Date(milliseconds).toISOString() as Instant;
}
