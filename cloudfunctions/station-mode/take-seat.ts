/**
 * "Yes, that is the student": keeps the student's consent, binds the 学籍 for the student (not for the teacher), and
 * opens the seat. A student who has bound on an own phone keeps that binding; the seat then acts for that submission.
 */
import { heldOwnerOf } from './held-owner';
import { seatOwnerOf } from './resolve-at-station';
import { isOpenSeat, SEAT_SECONDS, type SeatDocument, seatIdOf } from './seat-document';
import { appendAudit } from '../audit/append-audit';
import { batchById } from '../batch/find-batches';
import { bindIn } from '../capture-code/binding/bind-code';
import { type BindingDocument } from '../capture-code/binding/binding-document';
import { type ResolutionDocument } from '../capture-code/binding/resolution-document';
import { giveConsent } from '../consent/give-consent';
import { requireFacePhotoConsent } from '../consent/require-consent';
import { type Subject } from '../operator-access/staff';
import { collection } from '../platform/database';
import { type TransactionScope } from '../platform/transaction';
import { type Call, secondsAfter } from '../requests/call';
import { earlierOutcome, knownRequest, oncePerRequest, receiptOf } from '../requests/once-per-request';
import { placeBound } from '../roster/place-bound';
import { type SubmissionDocument } from '../submission/submission-document';
import { viewOf } from '../submission/submission-view';
import { type Seat, type StationModeContract } from '../../miniprogram/shared/contract/operator/station-mode';
import { DomainError } from '../../miniprogram/shared/errors';
import {
  type ResolutionId,
  type SeatId,
  type StationId,
  type SubmissionId,
} from '../../miniprogram/shared/identity/ids';
import { coversTenant, type Scope } from '../../miniprogram/shared/roles/scope';

/** What this teacher's phone has just resolved; null for another phone's, and for what is too old. */
export async function shownCodeSubject(
  { openid, now }: Call,
  id: ResolutionId,
): Promise<Subject<ResolutionDocument> | null> {
  const thing = await collection<ResolutionDocument>('resolutions').get(id);
  if (thing?.openid !== seatOwnerOf(openid) || thing.expiresAt <= now) return null;
  return { thing, level: 'school', tenant: { schoolCode: thing.student.schoolCode, stationId: null } };
}

/**
 * @throws DomainError CONSENT_REQUIRED, FACE_CONSENT_REQUIRED, INVALID_REQUEST for another wording than today's,
 *   CODE_ALREADY_BOUND when the student bound meanwhile, BATCH_CLOSED, NOT_ON_ROSTER
 */
export async function takeSeat(
  call: Call,
  scope: Scope,
  resolution: ResolutionDocument,
  request: StationModeContract['stationSeat']['request'],
): Promise<Seat> {
  const known = knownRequest(call, 'stationSeat', request);
  const earlier = await earlierOutcome<{ seatId: SeatId }>(known);
  // Before the consent: what the student took back meanwhile is not given again by an answer that was lost.
  if (earlier) return viewOfSeat(call, receiptOf(earlier).seatId);
  const student = await studentCall(call, resolution);
  if (request.consentVersion !== null) {
    await giveConsent({ ...student, requestKey: null }, { version: request.consentVersion, facePhoto: true });
  }
  await requireFacePhotoConsent(student);
  const batch = await batchById(resolution.batchId);
  const { seatId } = await oncePerRequest(known, async (transaction) => {
    const submissionId = await bindIn(transaction, student, resolution, batch);
    const seat = await openSeat(transaction, call, resolution, submissionId, scope);
    return { kind: 'done', receipt: { seatId: seat._id } };
  });
  const seat = await collection<SeatDocument>('seats').get(seatId);
  if (seat !== null) await placeBound(seat.submissionId);
  return viewOfSeat(call, seatId);
}

/** The call in the name of whose binding it is, or of nobody yet. */
async function studentCall(call: Call, { enrolmentKey }: ResolutionDocument): Promise<Call> {
  const binding = await collection<BindingDocument>('bindings').get(enrolmentKey);
  return { ...call, openid: binding?.openid ?? heldOwnerOf(enrolmentKey) };
}

async function openSeat(
  transaction: TransactionScope,
  call: Call,
  resolution: ResolutionDocument,
  submissionId: SubmissionId,
  scope: Scope,
): Promise<SeatDocument> {
  const submissions = transaction.collection<SubmissionDocument>('submissions');
  const submission = await submissions.get(submissionId);
  if (submission?.deletingAt !== null) throw new DomainError('CONFLICT');
  const { schoolCode } = submission;
  const stationId = (submission.stationId as StationId | null) ?? onlyStation(scope);
  // On no list, so no list says which station: the one where the photo was taken.
  if (stationId !== submission.stationId) await submissions.update(submissionId, { stationId });
  const seat: SeatDocument = {
    _id: seatIdOf(call.openid, submissionId),
    teacher: call.openid,
    submissionId,
    batchId: resolution.batchId,
    schoolCode,
    // Who is on no list may sit at another station than the last time.
    stationId: coversTenant(scope, { schoolCode, stationId }) ? stationId : onlyStation(scope),
    enrolmentKey: resolution.enrolmentKey,
    seatedAt: call.now,
    expiresAt: secondsAfter(call.now, SEAT_SECONDS),
  };
  await transaction.collection<SeatDocument>('seats').set(seat);
  await appendAudit(transaction, call, 'seat.take', submissionId, schoolCode);
  return seat;
}

function onlyStation({ stations }: Scope): StationId | null {
  return stations !== 'all' && stations.length === 1 ? stations[0]! : null;
}

async function viewOfSeat(call: Call, id: SeatId): Promise<Seat> {
  const seat = await collection<SeatDocument>('seats').get(id);
  const submission = seat && (await collection<SubmissionDocument>('submissions').get(seat.submissionId));
  if (!seat || !submission || !isOpenSeat(seat, call.now)) throw new DomainError('NOT_FOUND');
  const { confirmOnTheSpot } = await batchById(seat.batchId);
  return {
    id,
    submission: await viewOf(submission),
    expiresAt: seat.expiresAt,
    mayConfirmHere: confirmOnTheSpot ?? false,
  };
}
