/** Inviting, looking at open invitations, taking them back. A school invites for itself and its stations only. */
import {
  invitationState,
  type InvitationDocument,
  newInvitation,
  toInvitationView,
} from './invitation-document';
import { memberIdOf } from './member-document';
import { type Subject } from './staff';
import { appendAudit } from '../audit/append-audit';
import { collection, command } from '../platform/database';
import { runTransaction } from '../platform/transaction';
import { type StationDocument } from './station-document';
import { type Call } from '../requests/call';
import {
  type AccessContract,
  type CreatedInvitation,
  type InvitationView,
} from '../../miniprogram/shared/contract/operator/access';
import { DomainError } from '../../miniprogram/shared/errors';
import { type InvitationId, type MemberId } from '../../miniprogram/shared/identity/ids';
import { type Membership } from '../../miniprogram/shared/roles/membership';
import { coversMembership, type Scope } from '../../miniprogram/shared/roles/scope';

const SHOWN_AT_MOST = 200;

/**
 * @throws DomainError FORBIDDEN for a role or school beyond the inviter's own, NOT_FOUND for a school or station that
 *   does not exist
 */
export async function createInvitation(
  call: Call,
  scope: Scope,
  { membership, label, validHours }: AccessContract['createInvitation']['request'],
): Promise<CreatedInvitation> {
  if (!coversMembership(scope, membership)) {
    throw new DomainError(membership.role === 'operator' ? 'FORBIDDEN' : 'NOT_FOUND');
  }
  if (membership.role !== 'operator') await requireExisting(membership);
  const invitedBy = memberIdOf(call.openid);
  const { code, document } = newInvitation({ membership, label, validHours, invitedBy }, call.now);
  await runTransaction(async (transaction) => {
    await transaction.collection<InvitationDocument>('invitations').insert(document);
    await appendAudit(transaction, call, 'invitation.create', document._id, document.schoolCode);
  });
  return { invitation: toInvitationView(document, call), code };
}

async function requireExisting(membership: Exclude<Membership, { role: 'operator' }>): Promise<void> {
  const { schoolCode } = membership;
  if ((await collection('schools').count({ code: schoolCode })) === 0) throw new DomainError('NOT_FOUND');
  if (membership.role !== 'station') return;
  const stations = await collection<StationDocument>('stations').count({
    _id: command().in([...membership.stationIds]),
    schoolCode,
  });
  if (stations !== membership.stationIds.length) throw new DomainError('NOT_FOUND');
}

/** Invitations of the caller's scope, the newest first. */
export async function listInvitations(call: Call, scope: Scope): Promise<readonly InvitationView[]> {
  const filter = scope.schools === 'all' ? {} : { schoolCode: command().in([...scope.schools]) };
  const documents = await collection<InvitationDocument>('invitations').find(filter, {
    limit: SHOWN_AT_MOST,
    sort: [['createdAt', 'desc']],
  });
  return documents.map((document) => toInvitationView(document, call));
}

export async function invitationSubject(id: InvitationId): Promise<Subject<InvitationDocument> | null> {
  const thing = await collection<InvitationDocument>('invitations').get(id);
  return thing && { thing, level: 'school', tenant: { schoolCode: thing.schoolCode, stationId: null } };
}

/** Taking back what was used or taken back already changes nothing. */
export async function revokeInvitation(call: Call, { _id }: InvitationDocument): Promise<InvitationView> {
  return runTransaction(async (transaction) => {
    const invitations = transaction.collection<InvitationDocument>('invitations');
    const document = await invitations.get(_id);
    if (document === null) throw new DomainError('NOT_FOUND');
    if (invitationState(document, call.now) !== 'open') return toInvitationView(document, call);
    await invitations.update(_id, { revokedAt: call.now });
    await appendAudit(transaction, call, 'invitation.revoke', _id, document.schoolCode);
    return toInvitationView({ ...document, revokedAt: call.now }, call);
  });
}

/** Takes back whatever this member handed out and nobody has used yet, each in a transaction with its audit. */
export async function revokeInvitationsOf(call: Call, invitedBy: MemberId): Promise<void> {
  const open = { invitedBy, usedAt: null, revokedAt: null, expiresAt: command().gt(call.now) };
  for await (const page of collection<InvitationDocument>('invitations').pages(open)) {
    for (const invitation of page) await revokeInvitation(call, invitation);
  }
}
