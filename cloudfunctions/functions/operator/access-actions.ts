/** Roles, invitations, schools, batches: who works here, and on what. */
import { ACCESS_SCHEMAS as access } from './schemas/access';
import { BATCH_SCHEMAS as batches } from './schemas/batches';
import { digestKeyOfStaff } from './codes-of-staff';
import { toOperatorBatch } from '../../batch/batch-document';
import { batchSubject } from '../../batch/batch-subject';
import { changeDeadline, createBatch, updateBatch } from '../../batch/change-batch';
import { listBatches } from '../../batch/list-batches';
import { acceptInvitation } from '../../operator-access/accept-invitation';
import { type StaffActions } from '../../operator-access/define-staff-function';
import {
  createInvitation,
  invitationSubject,
  listInvitations,
  revokeInvitation,
} from '../../operator-access/invite';
import { memberIdOf } from '../../operator-access/member-document';
import { leavingSubject, listMembers, removeMember } from '../../operator-access/members';
import { readAudit, readStudentAudit } from '../../operator-access/read-audit';
import { readMe } from '../../operator-access/read-me';
import {
  saveSchool,
  saveStation,
  schoolSubject,
  stationsIn,
} from '../../operator-access/schools-and-stations';
import { findStudent } from '../../progress/find-student';
import { type AccessContract } from '../../../miniprogram/shared/contract/operator/access';
import { type BatchesContract } from '../../../miniprogram/shared/contract/operator/batches';

export const ACCESS_ACTIONS: StaffActions<AccessContract> = {
  me: { schema: access.me, run: (staff) => staff.forOneself(() => readMe(staff.call)) },
  acceptInvitation: {
    schema: access.acceptInvitation,
    run: (staff, input) =>
      staff.forOneself(async () => {
        await acceptInvitation(staff.call, input, process.env.OPERATOR_SETUP_SECRET);
        return readMe(staff.call);
      }),
  },
  leave: {
    schema: access.leave,
    run: (staff) =>
      staff.forOneself(async () => {
        await removeMember(staff.call, memberIdOf(staff.call.openid));
        return readMe(staff.call);
      }),
  },
  createInvitation: {
    schema: access.createInvitation,
    run: (staff, input) => staff.inScope((scope) => createInvitation(staff.call, scope, input)),
  },
  invitations: {
    schema: access.invitations,
    run: (staff) =>
      staff.inScope(async (scope) => ({ invitations: await listInvitations(staff.call, scope) })),
  },
  revokeInvitation: {
    schema: access.revokeInvitation,
    run: (staff, { invitationId }) =>
      staff.about(invitationSubject(invitationId), (invitation) => revokeInvitation(staff.call, invitation)),
  },
  members: {
    schema: access.members,
    run: (staff) => staff.inScope(async (scope) => ({ members: await listMembers(staff.call, scope) })),
  },
  removeMember: {
    schema: access.removeMember,
    run: (staff, { memberId }) =>
      staff.about(leavingSubject(staff.call, memberId), async (leaving) => {
        await removeMember(staff.call, leaving);
        return { members: await listMembers(staff.call, staff.scope) };
      }),
  },
  audit: {
    schema: access.audit,
    run: (staff, input) => staff.inScope((scope) => readAudit(staff.call, scope, input)),
  },
  studentAudit: {
    schema: access.studentAudit,
    run: (staff, { batchId, studentNumber, cursor }) =>
      staff.about(batchSubject(batchId), async (batch) => {
        const { submissionId } = await findStudent(batch, studentNumber, await digestKeyOfStaff());
        return readStudentAudit(staff.call, staff.scope, { _id: submissionId, batchId }, cursor);
      }),
  },
  saveSchool: {
    schema: access.saveSchool,
    run: (staff, input) => staff.inScope(() => saveSchool(staff.call, input)),
  },
  stations: {
    schema: access.stations,
    run: (staff, { schoolCode }) =>
      staff.about(schoolSubject(schoolCode), async () => ({
        stations: await stationsIn(staff.scope, schoolCode),
      })),
  },
  saveStation: {
    schema: access.saveStation,
    run: (staff, input) => staff.about(schoolSubject(input.schoolCode), () => saveStation(staff.call, input)),
  },
};

export const BATCH_ACTIONS: StaffActions<BatchesContract> = {
  batches: {
    schema: batches.batches,
    run: (staff, input) => staff.inScope((scope) => listBatches(staff.call, scope, input)),
  },
  batch: {
    schema: batches.batch,
    run: (staff, { batchId }) =>
      staff.about(batchSubject(batchId), (batch) => Promise.resolve(toOperatorBatch(batch))),
  },
  createBatch: {
    schema: batches.createBatch,
    run: (staff, input) => staff.about(schoolSubject(input.schoolCode), () => createBatch(staff.call, input)),
  },
  updateBatch: {
    schema: batches.updateBatch,
    run: (staff, input) =>
      staff.about(batchSubject(input.batchId), (batch) => updateBatch(staff.call, batch, input)),
  },
  changeDeadline: {
    schema: batches.changeDeadline,
    run: (staff, input) =>
      staff.about(batchSubject(input.batchId), (batch) => changeDeadline(staff.call, batch, input)),
  },
};
