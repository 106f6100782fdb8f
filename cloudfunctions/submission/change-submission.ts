/**
 * The only place where the life of a stored submission changes: it asks the state machine and writes what the
 * machine says, with the timeline and the audit, in the caller's transaction. What is undone leaves its trace in the
 * audit alone: the submission reads as before, and since when, which gives a photo its place in the review's queue.
 */
import { lifeOf, type SubmissionDocument } from './submission-document';
import { withEntry, withoutUndone } from './timeline';
import { appendAudit, type AuditedAction } from '../audit/append-audit';
import { type TransactionScope } from '../platform/transaction';
import { type Call } from '../requests/call';
import { type TimelineEntry } from '../../miniprogram/shared/contract/submission-view';
import { DomainError } from '../../miniprogram/shared/errors';
import {
  applyEvent,
  type PackageEventName,
  type RefusalCode,
  type SubmissionEvent,
  type SubmissionEventName,
  UNDOING_EVENTS,
} from '../../miniprogram/shared/submission/submission-machine';

/** What somebody does to one submission. Packages change theirs together: change-many.ts. */
export type OwnEvent = SubmissionEvent & { readonly name: Exclude<SubmissionEventName, PackageEventName> };

/** What a deed may set beside the life itself. */
export type AlongWith = Partial<
  Pick<SubmissionDocument, 'latestPhotoId' | 'underway' | 'rejection' | 'originalsDeletedAt'>
>;

/**
 * Applies one event to a submission that was read in the same transaction.
 * @throws DomainError with the machine's refusal; nothing is changed then
 */
export async function changeSubmission(
  scope: TransactionScope,
  call: Call,
  submission: SubmissionDocument,
  event: OwnEvent,
  alongWith: AlongWith = {},
): Promise<void> {
  const transition = applyEvent(lifeOf(submission), event);
  if (!transition.ok) throw refusalOf(transition.code, submission, event.name);
  const { life } = transition;
  await scope.collection<SubmissionDocument>('submissions').update(submission._id, {
    ...life,
    ...alongWith,
    ...historyAfter(submission, event, { state: life.state, at: call.now }),
  });
  const action: AuditedAction = `submission.${event.name}`;
  await appendAudit(scope, call, action, submission._id, submission.schoolCode);
}

function historyAfter(
  { state, timeline }: SubmissionDocument,
  { name }: OwnEvent,
  entry: TimelineEntry,
): Pick<SubmissionDocument, 'timeline' | 'updatedAt'> {
  if (UNDOING_EVENTS.includes(name)) {
    const before = withoutUndone(timeline, entry);
    return { timeline: before, updatedAt: before.at(-1)!.at };
  }
  return { timeline: state === entry.state ? timeline : withEntry(timeline, entry), updatedAt: entry.at };
}

/** The refusal of an event, with what a page needs to explain it. */
export function refusalOf(code: RefusalCode, submission: SubmissionDocument, event: string): DomainError {
  return new DomainError(code, code === 'SUBMISSION_STATE' ? { state: submission.state, event } : {});
}
