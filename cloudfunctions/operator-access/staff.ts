/**
 * The one place where the roles table is enforced. A use case of the staff gets a `Staff` instead of a bare call, and
 * its answer must be `Admitted`, which only the three ways below can make: about a thing that was found and lies
 * inside the caller's reach, inside the caller's scope, or about the caller alone. A use case that forgets to ask
 * does not compile.
 */
import { memberOf, type MemberDocument } from './member-document';
import { type Call } from '../requests/call';
import { DomainError } from '../../miniprogram/shared/errors';
import { type Tenant } from '../../miniprogram/shared/roles/membership';
import { type Reach, STAFF_ROLE_TABLE, type StaffUseCase } from '../../miniprogram/shared/roles/role-table';
import { coversSchool, coversTenant, type Scope, scopeOf } from '../../miniprogram/shared/roles/scope';

declare const admitted: unique symbol;

/** An answer that was asked for lawfully. */
export interface Admitted<Data> {
  readonly [admitted]: true;
  readonly data: Data;
}

/** Something stored and whose it is. `school`: of the school as a whole; `student`: of one student of a station. */
export interface Subject<Thing> {
  readonly thing: Thing;
  readonly level: 'school' | 'student';
  readonly tenant: Tenant;
}

export interface Staff {
  readonly call: Call;
  readonly member: MemberDocument | null;
  readonly scope: Scope;
  /**
   * @param wanted the refusal's details: what was to be done with it, where words of its own say how to go on
   * @throws DomainError NOT_FOUND, the same for what does not exist and what is another tenant's
   */
  about<Thing, Data>(
    subject: Promise<Subject<Thing> | null>,
    work: (thing: Thing) => Promise<Data>,
    wanted?: { readonly event: string },
  ): Promise<Admitted<Data>>;
  /** For lists and for things that are being made: the work must keep to the scope it is given. */
  inScope<Data>(work: (scope: Scope) => Promise<Data>): Promise<Admitted<Data>>;
  /** For use cases whose reach is `own`. */
  forOneself<Data>(work: () => Promise<Data>): Promise<Admitted<Data>>;
}

/**
 * Who is calling, with what this person may reach in this use case.
 * @throws DomainError FORBIDDEN where the table says `none`
 */
export async function authorise(call: Call, useCase: StaffUseCase): Promise<Staff> {
  const member = await memberOf(call.openid);
  const reach = STAFF_ROLE_TABLE[useCase][member?.membership.role ?? 'student'];
  if (reach === 'none') throw new DomainError('FORBIDDEN');
  return staffWith(call, member, reach);
}

function staffWith(call: Call, member: MemberDocument | null, reach: Reach): Staff {
  const scope = scopeOf(member?.membership ?? null, reach);
  return {
    call,
    member,
    scope,
    async about(finding, work, wanted) {
      const subject = await finding;
      if (subject === null || !covers(scope, subject)) throw new DomainError('NOT_FOUND', wanted);
      return admit(await work(subject.thing));
    },
    inScope: async (work) => admit(await work(scope)),
    async forOneself(work) {
      if (reach !== 'own') throw new TypeError('this use case reaches further than its caller');
      return admit(await work());
    },
  };
}

/** Whether something lies inside a scope, for lists of things that are the caller's own. */
export function covers(scope: Scope, { level, tenant }: Subject<unknown>): boolean {
  return level === 'school' ? coversSchool(scope, tenant.schoolCode) : coversTenant(scope, tenant);
}

function admit<Data>(data: Data): Admitted<Data> {
  return { data } as Admitted<Data>;
}
