/**
 * The append-only record of who did what to which submission, written in the same transaction as the deed.
 * Refuses everything that describes a person: no names, no numbers, no payloads, and the actor as a digest, so that
 * the record may outlive the deletion of the data it speaks of.
 */
import { derivedId, newId } from '../identity/unguessable-id';
import { type TransactionScope } from '../platform/transaction';
import { type Instant } from '../../miniprogram/shared/identity/ids';

export const AUDITED_ACTIONS = [
  'consent.give',
  'consent.withdraw',
  'code.lock',
  'submission.bind',
  'submission.photo-blocked',
  'submission.photo-developed',
  'submission.confirm',
  'submission.withdraw',
  'submission.restart',
  'submission.delete',
  'submission.accept',
  'submission.reject',
  'submission.undo-review',
  'submission.return',
  'submission.undo-return',
  'submission.override-checks',
  'submission.claim',
  'submission.expire',
  'binding.release',
  'member.join',
  'member.leave',
  'member.remove',
  'invitation.create',
  'invitation.revoke',
  'school.save',
  'station.save',
  'batch.create',
  'batch.update',
  'batch.change-deadline',
  'batch.expire',
  'roster.apply',
  'reminders.send',
  'seat.take',
  'seat.leave',
  'export.start',
  'export.finish',
  'export.cancel',
  'export.deliver',
  'retention.run',
  'retention.fail',
] as const;
export type AuditedAction = (typeof AUDITED_ACTIONS)[number];

export interface AuditDocument {
  readonly _id: string;
  readonly at: Instant;
  readonly actor: string;
  readonly action: AuditedAction;
  /** The submission, or the actor for what concerns the person alone. */
  readonly subjectId: string;
  /** Whose staff may read the entry beside the operators; null: nobody's. */
  readonly schoolCode: string | null;
  readonly requestId: string;
}

/** What is known of the call that an entry is written for. */
export interface AuditedCall {
  readonly openid: string;
  readonly requestId: string;
  readonly now: Instant;
}

/** The pseudonym of a person in the audit: the same for all of this person's deeds. */
export function actorOf(openid: string): string {
  return derivedId('actor', openid);
}

/** Adds one entry to the transaction. */
export async function appendAudit(
  scope: TransactionScope,
  call: AuditedCall,
  action: AuditedAction,
  subjectId: string = actorOf(call.openid),
  schoolCode: string | null = null,
): Promise<void> {
  await scope.collection<AuditDocument>('audit').insert({
    _id: newId(),
    at: call.now,
    actor: actorOf(call.openid),
    action,
    subjectId,
    schoolCode,
    requestId: call.requestId,
  });
}
