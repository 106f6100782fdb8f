/**
 * The last overview, kept on the phone so that the first page has something to show at once, also without network.
 * It decides nothing: every step asks the cloud. Without an agreement in force nothing of a person is written down.
 */
import { FALLBACK_TELEPHONE } from '../config';
import { readStored, writeStored } from '../platform/storage';
import { Overview, ReminderOffer } from '../shared/contract/student';
import { SubmissionView } from '../shared/contract/submission-view';
import { SubmissionId } from '../shared/identity/ids';
import { sweepGone } from './portrait-upload/sweep-portraits';
import { learnServerTime } from './server-clock';
import { studentService } from './student-service';

// The number rises with every change of the stored shape; an older entry is then not found.
const KEY = 'overview.1';

let present: Overview | null = null;

function isOverview(value: unknown): value is Overview {
  if (typeof value !== 'object' || value === null) return false;
  const { consent, submissions, batches, now } = value as Partial<Record<keyof Overview, unknown>>;
  return (
    typeof consent === 'object' &&
    consent !== null &&
    Array.isArray(submissions) &&
    Array.isArray(batches) &&
    typeof now === 'string'
  );
}

/** What was last seen, or null. */
export function lastOverview(): Overview | null {
  present ??= readStored(KEY, isOverview);
  return present;
}

/** Asks the cloud and keeps the answer; the phone keeps no photo for what that no longer knows. One round trip. */
export async function loadOverview(): Promise<Overview> {
  const asking = studentService.overview({});
  // What cannot be tidied now is tidied after the next answer.
  sweepGone(asking).catch(() => undefined);
  const overview = await asking;
  learnServerTime(overview.now);
  keep(overview);
  return overview;
}

/** Puts one submission's newer state into what is kept, so that the first page is right before it has asked. */
export function rememberSubmission(submission: SubmissionView): void {
  const overview = lastOverview();
  if (overview === null) return;
  const others = overview.submissions.filter(({ id }) => id !== submission.id);
  const known = others.length < overview.submissions.length;
  keep({
    ...overview,
    submissions: known
      ? overview.submissions.map((one) => (one.id === submission.id ? submission : one))
      : [submission, ...others],
  });
}

/** The submission was deleted: its masked name and number leave this phone too, even if the next answer never comes. */
export function forgetSubmission(id: SubmissionId): void {
  const overview = lastOverview();
  if (overview === null) return;
  keep({ ...overview, submissions: overview.submissions.filter((submission) => submission.id !== id) });
}

export function rememberConsent(consent: Overview['consent']): void {
  const overview = lastOverview();
  if (overview !== null) keep({ ...overview, consent });
}

export function rememberReminder(reminder: ReminderOffer): void {
  const overview = lastOverview();
  if (overview !== null) keep({ ...overview, reminder });
}

/** The submission as last seen; null when it never was. */
export function lastSubmission(id: SubmissionId | null): SubmissionView | null {
  return lastOverview()?.submissions.find((submission) => submission.id === id) ?? null;
}

/**
 * The number to call: of the person's own batch. Before there is one, of the batches if they all have the same:
 * whoever may belong to any of several schools must not be led to another one's.
 */
export function supportTelephone(): string {
  const overview = lastOverview();
  const own = overview?.submissions[0]?.batch.telephone;
  return (own ?? common(overview?.batches.map(({ telephone }) => telephone))) || FALLBACK_TELEPHONE;
}

/** The school that this phone is about, by the same rule; null while that is not known. */
export function knownSchool(): string | null {
  const overview = lastOverview();
  const own = overview?.submissions[0]?.student.schoolName;
  return own ?? common(overview?.batches.map(({ schoolName }) => schoolName)) ?? null;
}

/** What they all are; undefined where they differ, or where there is none. */
function common(values: readonly string[] = []): string | undefined {
  return new Set(values).size === 1 ? values[0] : undefined;
}

/** The number to call about one submission: its own school's. */
export function telephoneOf(submission: SubmissionView | null): string {
  return submission === null ? supportTelephone() : submission.batch.telephone || FALLBACK_TELEPHONE;
}

function keep(overview: Overview): void {
  present = overview;
  const agreed = overview.consent.givenAt !== null;
  writeStored(KEY, agreed ? overview : { ...overview, submissions: [], reminder: undefined });
}
