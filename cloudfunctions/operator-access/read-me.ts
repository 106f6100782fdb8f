/** What a person may do here: the first question of every staff page. Answers students too: nothing. */
import { type MemberDocument, memberOf, toMemberView } from './member-document';
import { schoolsIn, stationsIn } from './schools-and-stations';
import { readStoredPeople } from '../retention/stored-people';
import { type Call } from '../requests/call';
import { type Me } from '../../miniprogram/shared/contract/operator/access';
import { type MemberRole } from '../../miniprogram/shared/roles/membership';
import { type Reach, useCasesOf } from '../../miniprogram/shared/roles/role-table';
import { type Scope, scopeOf } from '../../miniprogram/shared/roles/scope';

export async function readMe(call: Call): Promise<Me> {
  const member = await memberOf(call.openid);
  const scope = widestScope(member);
  const role = member?.membership.role ?? 'student';
  const schoolCode = member?.schoolCode ?? null;
  const [schools, stations, storedPeople] = await Promise.all([
    schoolsIn(scope),
    schoolCode === null ? [] : stationsIn(scope, schoolCode),
    role === 'operator' ? readStoredPeople() : null,
  ]);
  return {
    member: member && toMemberView(member, call.openid),
    mayDo: useCasesOf(role),
    schools,
    stations,
    storedPeople,
    now: call.now,
  };
}

/** The furthest that any use case of this role reaches: what a page may offer to choose from. */
function widestScope(member: MemberDocument | null): Scope {
  return member === null ? scopeOf(null, 'none') : scopeOf(member.membership, WIDEST[member.membership.role]);
}

const WIDEST: Readonly<Record<MemberRole, Reach>> = {
  operator: 'all',
  school: 'own-school',
  station: 'own-station',
};
