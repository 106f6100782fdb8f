/**
 * "Copy from last year": the same batch one year on, for a person to look over. Every date, the years of the cohorts
 * and every year in the title move by one, in Beijing's days; nothing is stored.
 */
import { lastShanghaiDate, shanghaiDate } from '../time/shanghai-time';
import { BatchFields, OperatorBatch } from '../contract/operator/batches';
import { Instant } from '../identity/ids';

export function nextYear(batch: OperatorBatch): BatchFields {
  // A deadline that was moved later is no example: next year starts from the one that was announced.
  const announced = batch.deadlineChanges[0]?.from ?? batch.closesAt;
  return {
    schoolCode: batch.schoolCode,
    title: batch.title.replace(/\d+/g, yearAfterIfYear),
    graduationDate: dateAfter(batch.graduationDate),
    cohorts: batch.cohorts.map((cohort) =>
      cohort.year === undefined ? cohort : { ...cohort, year: yearAfter(cohort.year) },
    ),
    opensAt: momentAfter(batch.opensAt, shanghaiDate(batch.opensAt)),
    closesAt: momentAfter(announced, lastShanghaiDate(announced)),
    photoSettings: batch.photoSettings,
    attemptLimit: batch.attemptLimit,
    telephone: batch.telephone,
    notice: batch.notice.replace(/\d+(?=年)/g, yearAfterIfYear),
    rosterRequired: batch.rosterRequired,
    checkSettings: batch.checkSettings,
    confirmOnTheSpot: batch.confirmOnTheSpot,
    retention: batch.retention,
  };
}

function yearAfter(year: string): string {
  return String(Number(year) + 1);
}

/** Numbers of another length are a school's code, a telephone, a day. */
function yearAfterIfYear(digits: string): string {
  return digits.length === 4 ? yearAfter(digits) : digits;
}

/** 29 February becomes the 28th. */
function dateAfter(date: string): string {
  const [year, month, day] = date.split('-');
  return `${yearAfter(year!)}-${month}-${month === '02' && day === '29' ? '28' : day!}`;
}

/** As many days later as the day that the moment belongs to. */
function momentAfter(moment: Instant, day: string): Instant {
  const later = Date.parse(dateAfter(day)) - Date.parse(day);
  return new Date(Date.parse(moment) + later).toISOString() as Instant;
}
