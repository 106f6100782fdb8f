/** What the actions about roles, invitations, schools and the audit accept. */
import * as v from 'valibot';
import {
  batchId,
  cursor,
  idOf,
  line,
  nothing,
  schoolCode,
  type SchemasOf,
  stationId,
  studentNumber,
} from './common';
import { type AccessContract } from '../../../../miniprogram/shared/contract/operator/access';
import { type InvitationId, type MemberId } from '../../../../miniprogram/shared/identity/ids';

const STATIONS_AT_MOST = 50;
const LONGEST_VALIDITY_HOURS = 14 * 24;

const membership = v.variant('role', [
  v.strictObject({ role: v.literal('operator') }),
  v.strictObject({ role: v.literal('school'), schoolCode }),
  v.strictObject({
    role: v.literal('station'),
    schoolCode,
    stationIds: v.pipe(v.array(stationId), v.minLength(1), v.maxLength(STATIONS_AT_MOST)),
  }),
]);
const name = v.pipe(line(60), v.trim(), v.nonEmpty());

export const ACCESS_SCHEMAS: SchemasOf<AccessContract> = {
  me: nothing,
  createInvitation: v.strictObject({
    membership,
    label: v.pipe(line(40), v.trim(), v.nonEmpty()),
    validHours: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(LONGEST_VALIDITY_HOURS)),
  }),
  invitations: nothing,
  revokeInvitation: v.strictObject({ invitationId: idOf<InvitationId>() }),
  acceptInvitation: v.strictObject({ code: v.pipe(v.string(), v.nonEmpty(), v.maxLength(200)) }),
  leave: nothing,
  members: nothing,
  removeMember: v.strictObject({ memberId: idOf<MemberId>() }),
  audit: v.strictObject({
    subjectId: v.exactOptional(v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/))),
    cursor,
  }),
  studentAudit: v.strictObject({ batchId, studentNumber, cursor }),
  saveSchool: v.strictObject({ code: schoolCode, name }),
  stations: v.strictObject({ schoolCode }),
  saveStation: v.strictObject({ schoolCode, code: v.pipe(line(50), v.trim(), v.nonEmpty()), name }),
};
