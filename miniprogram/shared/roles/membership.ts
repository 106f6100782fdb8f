/**
 * Who somebody is beside being a student: nothing, or one membership that an invitation gave.
 * Refuses to say what a membership may do; that is `role-table.ts`.
 */
import { StationId } from '../identity/ids';

export const ROLES = ['operator', 'school', 'station', 'student'] as const;
/** Everybody is a student; the other roles are given by invitation. */
export type Role = (typeof ROLES)[number];

export type Membership =
  /** 采集单位: every school. */
  | { readonly role: 'operator' }
  /** 学校（学籍科）: one school with all its stations. */
  | { readonly role: 'school'; readonly schoolCode: string }
  /** 函授站/教学点 teacher: some stations of one school, at least one. */
  | { readonly role: 'station'; readonly schoolCode: string; readonly stationIds: readonly StationId[] };

export type MemberRole = Membership['role'];

/** Whose something is: a school's, or one station's of a school. Null: nobody's in particular. */
export interface Tenant {
  readonly schoolCode: string | null;
  readonly stationId: StationId | null;
}
