/**
 * "Copy from last year": the same batch one year on, for a person to look over. Every date, the years of the cohorts
 * and every year in the title move by one; nothing is stored.
 */
import { BatchFields, OperatorBatch } from '../contract/operator/batches';
import { Instant } from '../identity/ids';

export function nextYear(batch: OperatorBatch): BatchFields {
  return {
    schoolCode: batch.schoolCode,
    title: batch.title.replace(/\d{4}/g, yearAfter),
    graduationDate: dateAfter(batch.graduationDate),
    cohorts: batch.cohorts.map((cohort) =>
      cohort.year === undefined ? cohort : { ...cohort, year: yearAfter(cohort.year) },
    ),
    opensAt: momentAfter(batch.opensAt),
    // A deadline that was moved later is no example: next year starts from the one that was announced.
    closesAt: momentAfter(batch.deadlineChanges[0]?.from ?? batch.closesAt),
    photoSettings: batch.photoSettings,
    attemptLimit: batch.attemptLimit,
    telephone: batch.telephone,
    notice: batch.notice.replace(/\d{4}(?=年)/g, yearAfter),
    rosterRequired: batch.rosterRequired,
    checkSettings: batch.checkSettings,
    confirmOnTheSpot: batch.confirmOnTheSpot,
    retention: batch.retention,
  };
}

function yearAfter(year: string): string {
  return String(Number(year) + 1);
}

/** 29 February becomes the 28th. */
function dateAfter(date: string): string {
  const [year, month, day] = date.split('-');
  return `${yearAfter(year!)}-${month}-${month === '02' && day === '29' ? '28' : day!}`;
}

function momentAfter(moment: Instant): Instant {
  return `${dateAfter(moment.slice(0, 10))}${moment.slice(10)}` as Instant;
}
