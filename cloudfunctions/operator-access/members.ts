/** Who works here, and the end of a membership: by oneself, or by who may. */
import { memberIdOf, type MemberDocument, toMemberView } from './member-document';
import { revokeInvitationsOf } from './invite';
import { removeOperator, requireAnotherOperator } from './operators-list';
import { type Subject } from './staff';
import { actorOf, appendAudit } from '../audit/append-audit';
import { collection, command } from '../platform/database';
import { type Call } from '../requests/call';
import {
  earlierOutcome,
  type KnownRequest,
  knownRequest,
  oncePerRequest,
  type Receipt,
  receiptOf,
} from '../requests/once-per-request';
import { type MemberView } from '../../miniprogram/shared/contract/operator/access';
import { type MemberId } from '../../miniprogram/shared/identity/ids';
import { type Scope } from '../../miniprogram/shared/roles/scope';

const SHOWN_AT_MOST = 1000;

/** Members of the caller's scope; operators see operators too. */
export async function listMembers(call: Call, scope: Scope): Promise<readonly MemberView[]> {
  const filter = scope.schools === 'all' ? {} : { schoolCode: command().in([...scope.schools]) };
  const members = await collection<MemberDocument>('members').find(filter, { limit: SHOWN_AT_MOST });
  return [...members]
    .sort((one, other) => one.since.localeCompare(other.since))
    .map((member) => toMemberView(member, call.openid));
}

interface Departure extends Receipt {
  readonly schoolCode: string | null;
}

const departure = (call: Call, leaving: MemberId): KnownRequest | null =>
  knownRequest(call, 'removeMember', leaving);

/** Who is to go. Who went by this very request, whose answer was lost, is still found in the school that was left. */
export async function leavingSubject(call: Call, id: MemberId): Promise<Subject<MemberId> | null> {
  const earlier = await earlierOutcome<Departure>(departure(call, id));
  const left = earlier ? receiptOf(earlier) : await collection<MemberDocument>('members').get(id);
  return left && { thing: id, level: 'school', tenant: { schoolCode: left.schoolCode, stationId: null } };
}

/**
 * The invitations go first, or the removed person would come back with one of them; a removal that is cut short leaves a
 * member without invitations and is finished by asking again. One that is made meanwhile is refused when it is used.
 * @throws DomainError LAST_OPERATOR
 */
export async function removeMember(call: Call, memberId: MemberId): Promise<void> {
  const leaving = await collection<MemberDocument>('members').get(memberId);
  if (leaving === null || (await earlierOutcome(departure(call, memberId)))) return;
  if (leaving.membership.role === 'operator') await requireAnotherOperator(memberId);
  await revokeInvitationsOf(call, memberId);
  const { schoolCode } = leaving;
  await oncePerRequest<Departure>(departure(call, memberId), async (scope) => {
    const done = { kind: 'done', receipt: { schoolCode } } as const;
    const members = scope.collection<MemberDocument>('members');
    const member = await members.get(memberId);
    if (member === null) return done;
    if (member.membership.role === 'operator') await removeOperator(scope, memberId);
    await members.remove(memberId);
    const action = memberId === memberIdOf(call.openid) ? 'member.leave' : 'member.remove';
    await appendAudit(scope, call, action, actorOf(member.openid), member.schoolCode);
    return done;
  });
}
