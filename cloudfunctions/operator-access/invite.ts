/** Inviting, looking at open invitations, taking them back. A school invites for itself and its stations only. */
import {
  type CodeOrigin,
  invitationCode,
  invitationIdOf,
  invitationState,
  type InvitationDocument,
  newInvitation,
  toInvitationView,
} from './invitation-document';
import { memberIdOf } from './member-document';
import { type Subject } from './staff';
import { appendAudit } from '../audit/append-audit';
import { collection, command } from '../platform/database';
import { newId } from '../identity/unguessable-id';
import { runTransaction, type TransactionScope } from '../platform/transaction';
import { type StationDocument } from './station-document';
import { type Call } from '../requests/call';
import { knownRequest, oncePerRequest } from '../requests/once-per-request';
import {
  type AccessContract,
  type CreatedInvitation,
  type InvitationView,
} from '../../miniprogram/shared/contract/operator/access';
import { DomainError } from '../../miniprogram/shared/errors';
import { type InvitationId, type MemberId } from '../../miniprogram/shared/identity/ids';
import { type Membership } from '../../miniprogram/shared/roles/membership';
import { coversMembership, type Scope } from '../../miniprogram/shared/roles/scope';

/** As many as members are: an operator of many schools invites hundreds of teachers in the weeks before a batch. */
const SHOWN_AT_MOST = 1000;

/**
 * The same request again, because its answer was lost, is the same invitation and shows the same code.
 * @throws DomainError FORBIDDEN for a role or school beyond the inviter's own, NOT_FOUND for a school or station that
 *   does not exist
 */
export async function createInvitation(
  call: Call,
  scope: Scope,
  request: AccessContract['createInvitation']['request'],
): Promise<CreatedInvitation> {
  const { membership, label, validHours } = request;
  if (!coversMembership(scope, membership)) {
    throw new DomainError(membership.role === 'operator' ? 'FORBIDDEN' : 'NOT_FOUND');
  }
  if (membership.role !== 'operator') await requireExisting(membership);
  const invitedBy = memberIdOf(call.openid);
  const key = call.requestKey ?? newId();
  const { random } = await oncePerRequest(knownRequest(call, 'createInvitation', request), async (scoped) => {
    const origin: CodeOrigin = { random: newId(), key };
    const { document } = newInvitation({ membership, label, validHours, invitedBy }, call.now, origin);
    await scoped.collection<InvitationDocument>('invitations').insert(document);
    await appendAudit(scoped, call, 'invitation.create', document._id, document.schoolCode);
    return { kind: 'done', receipt: { random: origin.random } };
  });
  const code = invitationCode({ random, key });
  const document = await collection<InvitationDocument>('invitations').get(invitationIdOf(code));
  // Invitations are kept longer than what is remembered of requests.
  if (document === null) throw new Error('an invitation that was just written is missing');
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
  await oncePerRequest(knownRequest(call, 'revokeInvitation', _id), async (scope) => {
    await revokeIn(scope, call, _id);
    return { kind: 'done', receipt: {} };
  });
  const document = await collection<InvitationDocument>('invitations').get(_id);
  if (document === null) throw new DomainError('NOT_FOUND');
  return toInvitationView(document, call);
}

async function revokeIn(scope: TransactionScope, call: Call, id: InvitationId): Promise<void> {
  const invitations = scope.collection<InvitationDocument>('invitations');
  const document = await invitations.get(id);
  if (document === null || invitationState(document, call.now) !== 'open') return;
  await invitations.update(id, { revokedAt: call.now });
  await appendAudit(scope, call, 'invitation.revoke', id, document.schoolCode);
}

/** Takes back whatever this member handed out and nobody has used yet, each in a transaction with its audit. */
export async function revokeInvitationsOf(call: Call, invitedBy: MemberId): Promise<void> {
  const open = { invitedBy, usedAt: null, revokedAt: null, expiresAt: command().gt(call.now) };
  for await (const page of collection<InvitationDocument>('invitations').pages(open)) {
    for (const { _id } of page) await runTransaction((scope) => revokeIn(scope, call, _id));
  }
}
