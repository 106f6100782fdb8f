/**
 * One person's membership as it is stored. The id follows from the person, so nobody has two; the openid itself is
 * kept because the platform knows people by it. Refuses names of people: the label is what the inviter wrote.
 */
import { actorOf } from '../audit/append-audit';
import { derivedId } from '../identity/unguessable-id';
import { collection } from '../platform/database';
import { type MemberView } from '../../miniprogram/shared/contract/operator/access';
import { type Instant, type MemberId } from '../../miniprogram/shared/identity/ids';
import { type Membership } from '../../miniprogram/shared/roles/membership';

export interface MemberDocument {
  readonly _id: MemberId;
  readonly openid: string;
  readonly membership: Membership;
  /** Of the membership, for finding a school's people; null for operators. */
  readonly schoolCode: string | null;
  readonly label: string;
  readonly invitedBy: Inviter;
  readonly since: Instant;
}

/** Who invited; `setup` for the first operator, whom the deployment itself lets in. */
export type Inviter = MemberId | 'setup';

export function memberIdOf(openid: string): MemberId {
  return derivedId('member', openid) as MemberId;
}

export function schoolOf(membership: Membership): string | null {
  return membership.role === 'operator' ? null : membership.schoolCode;
}

export async function memberOf(openid: string): Promise<MemberDocument | null> {
  return collection<MemberDocument>('members').get(memberIdOf(openid));
}

export function toMemberView(member: MemberDocument, openid: string): MemberView {
  const { _id: id, membership, label, since } = member;
  return { id, membership, label, since, isMe: member.openid === openid, actor: actorOf(member.openid) };
}
