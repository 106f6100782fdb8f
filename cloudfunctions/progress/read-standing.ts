/**
 * Where one student stands, for whoever has the student on the telephone: no list is paged through and no spreadsheet of
 * everybody fetched for one answer. Refuses what the review does not show either: whole names, the picture, the account.
 */
import { findStudent, type FoundStudent, neverSeen } from './find-student';
import { type BatchDocument } from '../batch/batch-document';
import { type BindingDocument } from '../capture-code/binding/binding-document';
import { type DigestKey } from '../capture-code/keyed-digest';
import { stationName } from '../operator-access/station-name';
import { collection } from '../platform/database';
import { isHeldOwner } from '../station-mode/held-owner';
import {
  type BoundBy,
  type StandingStudent,
  type StudentStanding,
} from '../../miniprogram/shared/contract/operator/standing';
import { type StationId } from '../../miniprogram/shared/identity/ids';
import { maskName } from '../../miniprogram/shared/identity/masked-name';
import { coversTenant, type Scope } from '../../miniprogram/shared/roles/scope';
import { attemptsLeft, isStuck } from '../../miniprogram/shared/submission/attempts';

/** @throws DomainError NOT_FOUND {event}, also for a student of a station out of reach */
export async function readStanding(
  scope: Scope,
  batch: BatchDocument,
  studentNumber: string,
  digestKey: DigestKey,
): Promise<StudentStanding> {
  const found = await findStudent(batch, studentNumber, digestKey);
  const { submission, line } = found;
  const stationId = (submission ?? line)?.stationId ?? null;
  const tenant = { schoolCode: batch.schoolCode, stationId: stationId as StationId | null };
  if (!coversTenant(scope, tenant)) throw neverSeen();
  const [station, boundBy] = await Promise.all([stationName(stationId), ownerOf(found)]);
  const student = { ...studentOf(found), studentNumber, stationName: station };
  const listed = batch.roster ? line !== null : null;
  if (submission === null)
    return { student, listed, boundBy, ...NOTHING_YET, attemptsLeft: batch.attemptLimit };
  const { state, timeline, attempts, rejection, overrides } = submission;
  return {
    student,
    listed,
    state,
    since: timeline.at(-1)?.at ?? submission.updatedAt,
    attempts,
    attemptsLeft: attemptsLeft(batch.attemptLimit, submission),
    rejection,
    overrides,
    boundBy,
    isStuck: isStuck(batch.attemptLimit, submission),
  };
}

const NOTHING_YET = {
  state: 'not-bound',
  since: null,
  attempts: 0,
  rejection: null,
  overrides: [],
  isStuck: false,
} as const satisfies Partial<StudentStanding>;

function studentOf({
  submission,
  line,
}: FoundStudent): Omit<StandingStudent, 'studentNumber' | 'stationName'> {
  const { level = null, year = null, className = null } = submission ?? line ?? {};
  const listedName = line?.name ?? null;
  const maskedName = submission?.maskedName ?? (listedName === null ? null : maskName(listedName));
  return { maskedName, level, year, className };
}

/** As the release decides it: who has this batch's submission, or else who has bound the 学籍 at all. */
async function ownerOf({ submission, enrolmentKey }: FoundStudent): Promise<BoundBy> {
  const openid =
    submission?.openid ?? (await collection<BindingDocument>('bindings').get(enrolmentKey))?.openid;
  if (openid === undefined) return 'nobody';
  return isHeldOwner(openid) ? 'station' : 'account';
}
