/**
 * The only place where the life of a stored submission changes: it asks the state machine and writes what the
 * machine says, with the timeline and the audit, in the caller's transaction.
 */
import { lifeOf, type SubmissionDocument } from './submission-document';
import { withEntry } from './timeline';
import { appendAudit, type AuditedAction } from '../audit/append-audit';
import { type TransactionScope } from '../platform/transaction';
import { type Call } from '../requests/call';
import { DomainError } from '../../miniprogram/shared/errors';
import {
  applyEvent,
  type PackageEventName,
  type RefusalCode,
  type SubmissionEvent,
  type SubmissionEventName,
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
  const moved = life.state !== submission.state;
  await scope.collection<SubmissionDocument>('submissions').update(submission._id, {
    ...life,
    ...alongWith,
    timeline: moved
      ? withEntry(submission.timeline, { state: life.state, at: call.now })
      : submission.timeline,
    updatedAt: call.now,
  });
  const action: AuditedAction = `submission.${event.name}`;
  await appendAudit(scope, call, action, submission._id, submission.schoolCode);
}

/** The refusal of an event, with what a page needs to explain it. */
export function refusalOf(code: RefusalCode, submission: SubmissionDocument, event: string): DomainError {
  return new DomainError(code, code === 'SUBMISSION_STATE' ? { state: submission.state, event } : {});
}
