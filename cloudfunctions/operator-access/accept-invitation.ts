/**
 * From a code to a membership. One transaction: of two people who type the same code one joins. The first operator
 * joins with the deployment's setup secret, which opens nothing from then on; tries are counted before anything is looked at.
 * Refuses what the inviter could not give any more, so that who was removed does not come back by an own invitation.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { invitationIdOf, invitationState, type InvitationDocument } from './invitation-document';
import { memberIdOf, type MemberDocument, schoolOf } from './member-document';
import { addOperator, hasOperators } from './operators-list';
import { actorOf, appendAudit } from '../audit/append-audit';
import { SettingError } from '../platform/setting-error';
import { runTransaction, type TransactionScope } from '../platform/transaction';
import { type Call } from '../requests/call';
import { knownRequest, oncePerRequest } from '../requests/once-per-request';
import { countTowards, type RateLimit } from '../requests/rate-limit';
import { DomainError } from '../../miniprogram/shared/errors';
import { normaliseInvitationCode } from '../../miniprogram/shared/roles/invitation-code';
import { type Membership } from '../../miniprogram/shared/roles/membership';
import { STAFF_ROLE_TABLE } from '../../miniprogram/shared/roles/role-table';
import { coversMembership, scopeOf } from '../../miniprogram/shared/roles/scope';

/** A person types a code a few times; a program is stopped long before it finds one. */
const TRIES: RateLimit = { purpose: 'accept-invitation', maximum: 10, windowSeconds: 3600 };
/** A secret shorter than this is no secret: somebody could find it by trying. */
const SHORTEST_SETUP_SECRET = 24;

/**
 * @param setupSecret OPERATOR_SETUP_SECRET of the deployment, undefined where it is not set
 * @throws DomainError INVITATION_INVALID, ALREADY_MEMBER (another role or school), TOO_MANY_REQUESTS
 * @throws SettingError for a secret that is too short, as long as somebody is to join with it
 */
export async function acceptInvitation(
  call: Call,
  { code }: { readonly code: string },
  setupSecret: string | undefined,
): Promise<void> {
  await runTransaction((scope) => countTowards(scope, TRIES, call));
  await oncePerRequest(knownRequest(call, 'acceptInvitation', { code }), async (scope) => {
    const offer = (await isFirstOperator(scope, code, setupSecret))
      ? SETUP
      : await useInvitation(scope, call, code);
    await join(scope, call, offer);
    return { kind: 'done', receipt: {} };
  });
}

type Offer = Pick<InvitationDocument, 'membership' | 'label' | 'invitedBy'>;

const SETUP: Offer = { membership: { role: 'operator' }, label: '', invitedBy: 'setup' };

async function useInvitation(scope: TransactionScope, call: Call, code: string): Promise<Offer> {
  const invitations = scope.collection<InvitationDocument>('invitations');
  const invitation = await invitations.get(invitationIdOf(code));
  if (invitation === null || invitationState(invitation, call.now) !== 'open') {
    throw new DomainError('INVITATION_INVALID');
  }
  if (!(await couldInviteToday(scope, invitation))) throw new DomainError('INVITATION_INVALID');
  await invitations.update(invitation._id, { usedAt: call.now });
  return invitation;
}

/** The deployment itself is nobody who could be removed. */
async function couldInviteToday(scope: TransactionScope, { invitedBy, membership }: Offer): Promise<boolean> {
  if (invitedBy === 'setup') return true;
  const inviter = await scope.collection<MemberDocument>('members').get(invitedBy);
  if (inviter === null) return false;
  const reach = STAFF_ROLE_TABLE['operator.createInvitation'][inviter.membership.role];
  return coversMembership(scopeOf(inviter.membership, reach), membership);
}

/** The first one only: whoever saw the secret would otherwise join with it while it stays in the settings. */
async function isFirstOperator(
  scope: TransactionScope,
  code: string,
  setupSecret: string | undefined,
): Promise<boolean> {
  if (setupSecret === undefined || setupSecret === '' || (await hasOperators(scope))) return false;
  if (setupSecret.length < SHORTEST_SETUP_SECRET) throw new SettingError('OPERATOR_SETUP_SECRET');
  const digest = (text: string) => createHash('sha256').update(normaliseInvitationCode(text)).digest();
  return timingSafeEqual(digest(code), digest(setupSecret));
}

async function join(scope: TransactionScope, call: Call, offer: Offer): Promise<void> {
  const members = scope.collection<MemberDocument>('members');
  const _id = memberIdOf(call.openid);
  const earlier = await members.get(_id);
  const membership = earlier ? joined(earlier.membership, offer.membership) : offer.membership;
  await members.set({
    _id,
    openid: call.openid,
    membership,
    schoolCode: schoolOf(membership),
    label: offer.label,
    invitedBy: offer.invitedBy,
    since: earlier?.since ?? call.now,
  });
  if (membership.role === 'operator') await addOperator(scope, _id);
  await appendAudit(scope, call, 'member.join', actorOf(call.openid), schoolOf(membership));
}

/** A teacher may look after several stations of one school; everything else must be given up first. */
function joined(earlier: Membership, offered: Membership): Membership {
  if (earlier.role === 'station' && offered.role === 'station' && earlier.schoolCode === offered.schoolCode) {
    return { ...earlier, stationIds: [...new Set([...earlier.stationIds, ...offered.stationIds])] };
  }
  const same = earlier.role === offered.role && schoolOf(earlier) === schoolOf(offered);
  if (!same) throw new DomainError('ALREADY_MEMBER');
  return offered;
}
