/**
 * Two schools with their stations, batches and one student each, and one of every thing that staff can ask for: what
 * the tests of the roles table walk through.
 */
import { withPhoto } from './accepted-builder';
import { storedBinding } from './binding-builder';
import { aCall } from './call-builder';
import { batchFields } from './operator-batch-builder';
import { csvOf, dryRun, someRows } from './roster-builder';
import { storedMember, storedSchool, storedStation } from './staff-builder';
import { storedBatch, storedResolution } from './submission-builder';
import { type ExportDocument } from '../../cloudfunctions/export/export-document';
import { newId } from '../../cloudfunctions/identity/unguessable-id';
import {
  type InvitationDocument,
  newInvitation,
} from '../../cloudfunctions/operator-access/invitation-document';
import { collection } from '../../cloudfunctions/platform/database';
import { type SeatDocument, seatIdOf } from '../../cloudfunctions/station-mode/seat-document';
import { seatOwnerOf } from '../../cloudfunctions/station-mode/resolve-at-station';
import { type SubmissionDocument } from '../../cloudfunctions/submission/submission-document';
import { ROSTER_TEMPLATE_LABELS } from '../../miniprogram/copy/operator-roster-words';
import { SPREADSHEET_LABELS } from '../../miniprogram/copy/spreadsheet-words';
import { type Batch } from '../../miniprogram/shared/batch/batch';
import { type ExportRequest } from '../../miniprogram/shared/contract/exporter';
import {
  type BatchId,
  type ExportId,
  type FileId,
  type RosterPlanId,
  type SeatId,
  type StationId,
} from '../../miniprogram/shared/identity/ids';
import { type StaffUseCase } from '../../miniprogram/shared/roles/role-table';
import { daysFromNow } from './batch-builder';

/** One school as it stands in the database, with one station and one student of it. */
export interface Tenancy {
  readonly schoolCode: string;
  readonly stationId: StationId;
  readonly otherStationId: StationId;
  readonly batch: Batch;
  readonly submission: SubmissionDocument;
  readonly planId: RosterPlanId;
  readonly exportId: ExportId;
}

export async function aTenancy(schoolCode: string): Promise<Tenancy> {
  await storedSchool(schoolCode);
  const stationId = await storedStation(schoolCode, '一站');
  const otherStationId = await storedStation(schoolCode, '二站');
  const batch = await storedBatch({ schoolCode, confirmOnTheSpot: true });
  const submission = await withPhoto(batch, `${schoolCode}001`, 'confirmed', { stationId });
  const plan = await dryRun(batch.id, csvOf(someRows(2)));
  return {
    schoolCode,
    stationId,
    otherStationId,
    batch,
    submission,
    planId: plan.id,
    exportId: await aCancelledExport(batch.id, schoolCode),
  };
}

/** A package that every action knows and none changes any more. */
async function aCancelledExport(batchId: BatchId, schoolCode: string): Promise<ExportId> {
  const _id = newId() as ExportId;
  const job: ExportDocument = {
    _id,
    batchId,
    schoolCode,
    ...exportRequest(batchId),
    state: 'cancelled',
    photos: 0,
    leftOut: [],
    volumeSet: newId(),
    volumeCount: 0,
    volumes: [],
    manifests: [],
    neighbour: 'cloud://x/y' as FileId,
    intendedPaths: [],
    working: null,
    workedAt: daysFromNow(-1),
    startedAt: daysFromNow(-1),
    finishedAt: null,
    deliveredAt: null,
    expiresAt: daysFromNow(1),
  };
  await collection<ExportDocument>('exports').insert(job);
  return _id;
}

function exportRequest(batchId: BatchId): ExportRequest {
  return {
    selection: { batchId, photos: 'all-accepted' },
    template: { fileName: '{studentNumber}', folder: '' },
  };
}

/** Whom a request is about: the payload, made anew for each call, for a thing of this tenancy. */
type PayloadOf = (tenancy: Tenancy, callerOpenid: string) => Promise<object> | object;

/** `null`: about nobody in particular; who may call gets an answer. */
export const STAFF_PAYLOADS: Readonly<Record<StaffUseCase, PayloadOf | null>> = {
  'operator.me': null,
  'operator.acceptInvitation': null,
  'operator.leave': null,
  'operator.createInvitation': ({ schoolCode }) => ({
    membership: { role: 'school', schoolCode },
    label: '学籍科',
    validHours: 1,
  }),
  'operator.invitations': null,
  'operator.revokeInvitation': async ({ schoolCode }) => {
    const membership = { role: 'school', schoolCode } as const;
    const { document } = newInvitation(
      { membership, label: 'x', validHours: 1, invitedBy: 'setup' },
      aCall().now,
    );
    await collection<InvitationDocument>('invitations').insert(document);
    return { invitationId: document._id };
  },
  'operator.members': null,
  'operator.removeMember': async ({ schoolCode }) => ({
    memberId: (await storedMember({ role: 'school', schoolCode }))._id,
  }),
  'operator.audit': null,
  'operator.studentAudit': ({ batch, submission }) => ({
    batchId: batch.id,
    studentNumber: submission.studentNumber,
  }),
  'operator.saveSchool': ({ schoolCode }) => ({ code: schoolCode, name: `学校 ${schoolCode}` }),
  'operator.stations': ({ schoolCode }) => ({ schoolCode }),
  'operator.saveStation': ({ schoolCode }) => ({ schoolCode, code: '一站', name: '一站' }),
  'operator.batches': ({ schoolCode }) => ({ schoolCode }),
  'operator.batch': ({ batch }) => ({ batchId: batch.id }),
  'operator.createBatch': ({ schoolCode }) => batchFields({ schoolCode }),
  'operator.updateBatch': ({ batch }) => ({ batchId: batch.id, revision: 99, changes: {} }),
  'operator.changeDeadline': ({ batch }) => ({
    batchId: batch.id,
    revision: 99,
    closesAt: batch.closesAt,
    reason: '补拍',
  }),
  'operator.prepareRosterUpload': ({ batch }) => ({ batchId: batch.id, extension: 'csv' }),
  'operator.checkRoster': ({ batch }) => ({
    batchId: batch.id,
    uploadId: newId(),
    fileId: 'cloud://local.local/rosters/x.csv',
    options: { mapping: {}, names: 'masked', badRows: 'stop' },
  }),
  'operator.rosterPlan': ({ planId }) => ({ planId }),
  'operator.rosterFindings': ({ planId }) => ({ planId, page: 0 }),
  'operator.rosterDifferences': ({ planId }) => ({ planId, page: 0 }),
  'operator.applyRoster': ({ planId }) => ({ planId, digest: '0'.repeat(64) }),
  'operator.progress': ({ batch, stationId }) => ({ batchId: batch.id, stationId }),
  'operator.missing': ({ batch, stationId }) => ({ batchId: batch.id, stationId }),
  'operator.sendReminders': ({ batch, stationId }) => ({ batchId: batch.id, stationId }),
  'operator.studentStanding': ({ batch, submission }) => ({
    batchId: batch.id,
    studentNumber: submission.studentNumber,
  }),
  'operator.reviewQueue': ({ batch }) => ({ batchId: batch.id }),
  'operator.takeReview': ({ batch }) => ({ batchId: batch.id }),
  'operator.releaseReview': ({ submission }) => ({ submissionId: submission._id }),
  'operator.decideReview': ({ submission }) => ({
    submissionId: submission._id,
    photoId: newId(),
    decision: { kind: 'accept' },
  }),
  'operator.undoReview': ({ submission }) => ({ submissionId: submission._id }),
  'operator.returnPhoto': ({ batch, submission }) => ({
    batchId: batch.id,
    studentNumber: submission.studentNumber,
    reasons: ['light'],
    remark: '',
  }),
  'operator.stuckSubmissions': ({ batch }) => ({ batchId: batch.id }),
  'operator.overrideChecks': ({ submission }) => ({
    submissionId: submission._id,
    checks: ['eyes-open'],
    reason: '眼疾',
  }),
  'operator.releaseBinding': async ({ batch, schoolCode }) => {
    const studentNumber = `${schoolCode}002`;
    await storedBinding({ schoolCode, studentNumber });
    return { batchId: batch.id, studentNumber };
  },
  // A code can only be made with its school's key: station-mode.test.ts does.
  'operator.stationResolve': null,
  'operator.stationSeat': async ({ batch }, openid) => ({
    resolutionId: await storedResolution(seatOwnerOf(openid), batch),
    consentVersion: null,
  }),
  'operator.stationSeats': null,
  'operator.stationUpload': async (tenancy, openid) => ({
    seatId: await aSeat(tenancy, openid),
    extension: 'jpg',
  }),
  'operator.stationConfirm': async (tenancy, openid) => ({
    seatId: await aSeat(tenancy, openid),
    photoId: newId(),
    payloadBase64: 'eA==',
    idTail: '002X',
  }),
  'operator.stationLeave': async (tenancy, openid) => ({ seatId: await aSeat(tenancy, openid) }),
  'exporter.check': ({ batch }) => exportRequest(batch.id),
  'exporter.start': ({ batch }) => exportRequest(batch.id),
  'exporter.proceed': ({ exportId }) => ({ exportId }),
  'exporter.job': ({ exportId }) => ({ exportId }),
  'exporter.jobs': ({ batch }) => ({ batchId: batch.id }),
  'exporter.links': ({ exportId }) => ({ exportId }),
  'exporter.cancel': ({ exportId }) => ({ exportId }),
  'exporter.markDelivered': ({ exportId }) => ({ exportId }),
  'exporter.spreadsheet': ({ batch }) => ({ batchId: batch.id, labels: SPREADSHEET_LABELS }),
  'exporter.rosterTemplate': ({ batch }) => ({
    batchId: batch.id,
    format: 'csv',
    labels: ROSTER_TEMPLATE_LABELS,
  }),
  'housekeeping.report': null,
  'housekeeping.run': null,
};

/** This teacher's phone acts for the student. */
export async function aSeat({ submission, stationId }: Tenancy, teacher: string): Promise<SeatId> {
  const seat: SeatDocument = {
    _id: seatIdOf(teacher, submission._id),
    teacher,
    submissionId: submission._id,
    batchId: submission.batchId,
    schoolCode: submission.schoolCode,
    stationId,
    enrolmentKey: 'x',
    seatedAt: daysFromNow(0),
    expiresAt: daysFromNow(1),
  };
  await collection<SeatDocument>('seats').set(seat);
  return seat._id;
}
