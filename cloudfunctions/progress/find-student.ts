/**
 * One student of a batch by the number that people tell each other on the telephone, whatever is stored of them: a
 * submission, a line of the list, or only what the audit says of a submission that is gone. Refuses to guess: the number
 * is taken as it stands.
 */
import { type AuditDocument } from '../audit/append-audit';
import { type BatchDocument } from '../batch/batch-document';
import { submissionIdFor } from '../capture-code/binding/bind-code';
import { type DigestKey, enrolmentKeyOf } from '../capture-code/keyed-digest';
import { collection } from '../platform/database';
import { type RosterLineDocument } from '../roster/roster-document';
import { type SubmissionDocument } from '../submission/submission-document';
import { submissionByNumber } from '../submission/submission-subject';
import { DomainError } from '../../miniprogram/shared/errors';
import { type SubmissionId } from '../../miniprogram/shared/identity/ids';

export interface FoundStudent {
  readonly enrolmentKey: string;
  /** Of the submission, or of the one that was, or would be. */
  readonly submissionId: SubmissionId;
  readonly submission: SubmissionDocument | null;
  /** On the list that holds. */
  readonly line: RosterLineDocument | null;
}

/** @throws DomainError NOT_FOUND {event} for a number that the batch has never seen */
export async function findStudent(
  batch: BatchDocument,
  studentNumber: string,
  digestKey: DigestKey,
): Promise<FoundStudent> {
  const { _id: batchId, schoolCode } = batch;
  const enrolmentKey = enrolmentKeyOf({ schoolCode, studentNumber }, digestKey);
  const [subject, line] = await Promise.all([
    submissionByNumber(batchId, studentNumber),
    lineOf(batch, studentNumber),
  ]);
  const submission = subject?.thing ?? null;
  const submissionId = submission?._id ?? submissionIdFor(enrolmentKey, batchId);
  if (submission === null && line === null && !(await isRemembered(submissionId))) throw neverSeen();
  return { enrolmentKey, submissionId, submission, line };
}

/** Whoever is out of reach is refused in the same words as whoever does not exist. */
export function neverSeen(): DomainError {
  return new DomainError('NOT_FOUND', { event: 'look-up' });
}

async function lineOf(
  { _id, roster }: BatchDocument,
  studentNumber: string,
): Promise<RosterLineDocument | null> {
  if (!roster) return null;
  const { version } = roster;
  return collection<RosterLineDocument>('roster').findOne({ batchId: _id, version, studentNumber });
}

async function isRemembered(subjectId: SubmissionId): Promise<boolean> {
  return (await collection<AuditDocument>('audit').findOne({ subjectId })) !== null;
}
