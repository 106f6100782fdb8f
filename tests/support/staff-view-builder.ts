/** What the cloud answers to the staff's pages, with only what a test says about it changed. */
import { type ExportCheck, type ExportJob } from '../../miniprogram/shared/contract/exporter';
import { type RetentionReport } from '../../miniprogram/shared/contract/housekeeping';
import {
  type Me,
  type MemberView,
  type StationView,
} from '../../miniprogram/shared/contract/operator/access';
import { type BatchLine, type OperatorBatch } from '../../miniprogram/shared/contract/operator/batches';
import { type Progress } from '../../miniprogram/shared/contract/operator/progress';
import {
  type ReviewItem,
  type ReviewQueue,
  type StuckSubmission,
} from '../../miniprogram/shared/contract/operator/review';
import { type RosterPlan } from '../../miniprogram/shared/contract/operator/roster';
import { type StudentStanding } from '../../miniprogram/shared/contract/operator/standing';
import { type Seat, type StationResolution } from '../../miniprogram/shared/contract/operator/station-mode';
import { DEFAULT_CHECK_SETTINGS } from '../../miniprogram/shared/batch/check-settings';
import {
  type BatchId,
  type ExportId,
  type MemberId,
  type RosterPlanId,
  type SeatId,
  type StationId,
} from '../../miniprogram/shared/identity/ids';
import {
  noStates,
  type ProgressCounts,
  progressCounts,
  type StateCounts,
} from '../../miniprogram/shared/progress/progress-counts';
import { DEFAULT_RETENTION } from '../../miniprogram/shared/retention/retention-rules';
import { type MemberRole, type Membership } from '../../miniprogram/shared/roles/membership';
import { useCasesOf } from '../../miniprogram/shared/roles/role-table';
import { PERSON_TICKS } from '../../miniprogram/shared/verdict/check-ids';
import {
  aFullVerdict,
  aPhotoView,
  aPublicBatch,
  aResolution,
  aSubmissionView,
  at,
  NOON,
  SUBMISSION_ID,
} from './view-builder';

export const BATCH_ID = 'batch-1' as BatchId;
export const LATER = at('2027-01-10T05:00:00.000Z');

export function aStation(number: number, name: string): StationView {
  return { id: `station-${number}` as StationId, schoolCode: '10000', code: `S${number}`, name };
}
export const STATIONS = [aStation(1, '阜阳函授站'), aStation(2, '亳州教学点'), aStation(3, '蚌埠函授站')];

const MEMBERSHIPS: Record<MemberRole, Membership> = {
  operator: { role: 'operator' },
  school: { role: 'school', schoolCode: '10000' },
  station: { role: 'station', schoolCode: '10000', stationIds: [STATIONS[0]!.id] },
};

export function aMember(role: MemberRole, changes: Partial<MemberView> = {}): MemberView {
  return {
    id: `member-${role}` as MemberId,
    membership: MEMBERSHIPS[role],
    label: { operator: '采集单位 李工', school: '学籍科 陈老师', station: '阜阳站 王老师' }[role],
    since: NOON,
    isMe: false,
    actor: `actor-of-${role}`,
    ...changes,
  };
}

export function aMe(role: MemberRole | null, changes: Partial<Me> = {}): Me {
  return {
    member: role === null ? null : aMember(role, { isMe: true }),
    mayDo: useCasesOf(role ?? 'student'),
    schools: role === null ? [] : [{ code: '10000', name: '示例学院' }],
    stations: role === null ? [] : STATIONS,
    storedPeople: role === 'operator' ? { count: 1_234, countedAt: NOON, warning: 'none' } : null,
    now: NOON,
    ...changes,
  };
}

export function anOperatorBatch(changes: Partial<OperatorBatch> = {}): OperatorBatch {
  return {
    ...aPublicBatch(),
    id: BATCH_ID,
    schoolCode: '10000',
    rosterRequired: true,
    checkSettings: DEFAULT_CHECK_SETTINGS,
    confirmOnTheSpot: true,
    retention: DEFAULT_RETENTION,
    revision: 3,
    deadlineChanges: [],
    roster: { version: 1, students: 300, importedAt: NOON },
    ...changes,
  };
}

export function counts(listed: number | null, states: Partial<StateCounts>): ProgressCounts {
  return progressCounts(listed, { ...noStates(), ...states });
}

export function aBatchLine(changes: Partial<OperatorBatch> = {}): BatchLine {
  return {
    batch: anOperatorBatch(changes),
    counts: counts(300, { bound: 20, developed: 10, confirmed: 40, accepted: 140, rejected: 6 }),
  };
}

export function aProgress(changes: Partial<Progress> = {}): Progress {
  return {
    batchId: BATCH_ID,
    counts: counts(300, { bound: 20, developed: 10, confirmed: 40, accepted: 140, rejected: 6 }),
    unlisted: 2,
    groups: [
      group(0, counts(150, { bound: 15, developed: 6, confirmed: 20, accepted: 40, rejected: 4 })),
      group(1, counts(90, { bound: 5, developed: 4, confirmed: 10, accepted: 50, rejected: 2 })),
      group(2, counts(60, { confirmed: 10, accepted: 50 })),
    ],
    countedAt: NOON,
    ...changes,
  };
}

function group(index: number, its: ProgressCounts): Progress['groups'][number] {
  const { id, name } = STATIONS[index]!;
  return { stationId: id, className: null, name, counts: its };
}

const STUDENT = {
  studentNumber: '202299990001',
  maskedName: '张*三',
  level: '高起本',
  year: '2022',
  stationName: '阜阳函授站',
  className: '会计 1 班',
} as const;

export function aReviewItem(changes: Partial<ReviewItem> = {}): ReviewItem {
  return {
    submissionId: SUBMISSION_ID,
    student: STUDENT,
    state: 'confirmed',
    photo: aPhotoView({ verdict: aFullVerdict({ 'ears-visible': 'warned' }), ticks: [...PERSON_TICKS] }),
    originalLink: { url: 'https://pictures.test/original.jpg', expiresAt: LATER },
    standardLink: { url: 'https://pictures.test/standard.jpg', expiresAt: LATER },
    timeline: [{ state: 'confirmed', at: NOON }],
    overrides: [],
    closesAt: LATER,
    lentUntil: LATER,
    ...changes,
  };
}

export function aQueue(changes: Partial<ReviewQueue> = {}): ReviewQueue {
  return { waiting: 12, lent: 1, oldestConfirmedAt: NOON, undoable: [], ...changes };
}

export function aStuckSubmission(changes: Partial<StuckSubmission> = {}): StuckSubmission {
  return {
    submissionId: SUBMISSION_ID,
    student: STUDENT,
    attempts: 5,
    photo: aPhotoView({ verdict: aFullVerdict({ 'brows-visible': 'blocked', framing: 'blocked' }) }),
    originalLink: { url: 'https://pictures.test/original.jpg', expiresAt: LATER },
    overrides: [],
    ...changes,
  };
}

export function aStanding(changes: Partial<StudentStanding> = {}): StudentStanding {
  return {
    student: STUDENT,
    listed: true,
    state: 'confirmed',
    since: NOON,
    attempts: 1,
    attemptsLeft: null,
    rejection: null,
    overrides: [],
    boundBy: 'account',
    isStuck: false,
    ...changes,
  };
}

export function aRosterPlan(changes: Partial<RosterPlan> = {}): RosterPlan {
  return {
    id: 'plan-1' as RosterPlanId,
    batchId: BATCH_ID,
    digest: 'digest-1',
    state: 'ready',
    file: { format: 'csv', encoding: 'gb18030', sheet: null, unreadSheets: [] },
    columns: [
      { heading: '学号', field: 'studentNumber', recognised: 'by-name' },
      { heading: '教学点', field: 'station', recognised: 'by-name' },
      { heading: '备注', field: null, recognised: 'no' },
    ],
    rows: { read: 302, good: 300, bad: 2, kept: 0 },
    differences: {
      added: 12,
      changed: 3,
      removed: 1,
      unchanged: 285,
      removedButBound: 1,
      newStations: ['宿州函授站'],
    },
    findings: { 'student-number-missing': 1, 'student-number-damaged': 1, 'class-missing': 1 },
    written: 0,
    expiresAt: LATER,
    ...changes,
  };
}

export function anExportCheck(changes: Partial<ExportCheck> = {}): ExportCheck {
  return {
    photos: 190,
    volumes: 1,
    examples: ['阜阳函授站/202299990001.jpg', '阜阳函授站/202299990002.jpg'],
    problems: [],
    problemCount: 0,
    leftOut: [],
    ...changes,
  };
}

export function anExportJob(changes: Partial<ExportJob> = {}): ExportJob {
  return {
    id: 'export-1' as ExportId,
    selection: { batchId: BATCH_ID, photos: 'new' },
    template: { fileName: '{studentNumber}', folder: '' },
    state: 'finished',
    photos: 190,
    leftOut: [],
    packed: 190,
    handedOver: 190,
    delivered: 0,
    volumes: [{ fileName: 'photos-1.zip', bytes: 6_600_000, sha256: 'a'.repeat(64), photos: 190 }],
    startedAt: NOON,
    finishedAt: LATER,
    deliveredAt: null,
    expiresAt: at('2027-01-24T05:00:00.000Z'),
    ...changes,
  };
}

export function aRetentionReport(changes: Partial<RetentionReport> = {}): RetentionReport {
  return {
    dryRun: true,
    lines: [
      {
        kind: 'unfinished',
        batchId: BATCH_ID,
        batchTitle: '2026 届毕业生图像采集',
        documents: 14,
        files: 32,
      },
      { kind: 'forgotten', batchId: null, batchTitle: null, documents: 210, files: 0 },
    ],
    complete: true,
    failed: 0,
    storedPeople: { count: 91_200, countedAt: NOON, warning: 'filing-soon' },
    at: NOON,
    ...changes,
  };
}

export function aStationResolution(changes: Partial<StationResolution> = {}): StationResolution {
  return { ...aResolution(), consentNeeded: true, state: null, ...changes };
}

export function aSeat(changes: Partial<Seat> = {}): Seat {
  return {
    id: 'seat-1' as SeatId,
    submission: aSubmissionView(),
    expiresAt: LATER,
    mayConfirmHere: true,
    ...changes,
  };
}
