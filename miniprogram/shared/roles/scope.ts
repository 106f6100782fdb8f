/**
 * From a membership and a reach to a scope: which schools and stations a caller may touch in one use case, and
 * whether a given thing lies inside. Pure; the one definition that functions, queries and tests share.
 */
import { StationId } from '../identity/ids';
import { Membership, Tenant } from './membership';
import { Reach } from './role-table';

/** The schools and stations inside reach; `all` means without limit. */
export interface Scope {
  readonly schools: 'all' | readonly string[];
  readonly stations: 'all' | readonly StationId[];
}

const EVERYTHING: Scope = { schools: 'all', stations: 'all' };
const NOTHING: Scope = { schools: [], stations: [] };

/**
 * The scope of a member. `own` and `none` reach no tenant at all: an own thing is found by its owner, not by a
 * school. A reach that the membership cannot fill (own school of an operator) gives nothing rather than everything.
 */
export function scopeOf(membership: Membership | null, reach: Reach): Scope {
  if (membership === null || reach === 'none' || reach === 'own') return NOTHING;
  if (reach === 'all') return membership.role === 'operator' ? EVERYTHING : NOTHING;
  if (membership.role === 'operator') return NOTHING;
  const schools = [membership.schoolCode];
  if (reach === 'own-school') {
    return membership.role === 'school' ? { schools, stations: 'all' } : NOTHING;
  }
  return { schools, stations: membership.role === 'station' ? membership.stationIds : 'all' };
}

/** Whether something of one school, as a whole, may be looked at: its batches, its name. */
export function coversSchool(scope: Scope, schoolCode: string | null): boolean {
  if (scope.schools === 'all') return true;
  return schoolCode !== null && scope.schools.includes(schoolCode);
}

/** Whether one student's thing lies inside. Students without a station are not any station's. */
export function coversTenant(scope: Scope, tenant: Tenant): boolean {
  if (!coversSchool(scope, tenant.schoolCode)) return false;
  return scope.stations === 'all' || (tenant.stationId !== null && scope.stations.includes(tenant.stationId));
}

/** Whether a membership lies inside, i.e. may be given by who has this scope: operators are made by operators alone. */
export function coversMembership(scope: Scope, membership: Membership): boolean {
  return membership.role === 'operator'
    ? scope.schools === 'all'
    : coversSchool(scope, membership.schoolCode);
}
