/** What happens while a student sits: the upload's ticket, the student's own yes, the next student. */
import { callForSeat } from './act-at-seat';
import { resolveShownCode, type StationCodes } from './resolve-at-station';
import { asSubject, isOpenSeat, type SeatDocument } from './seat-document';
import { appendAudit } from '../audit/append-audit';
import { batchById } from '../batch/find-batches';
import { requireFacePhotoConsent } from '../consent/require-consent';
import { covers } from '../operator-access/staff';
import { collection } from '../platform/database';
import { type Call } from '../requests/call';
import { knownRequest, oncePerRequest } from '../requests/once-per-request';
import { confirmPhoto } from '../submission/decide-submission';
import { type SubmissionDocument } from '../submission/submission-document';
import { issueTicket } from '../upload/issue-ticket';
import {
  type SeatLine,
  type StationModeContract,
} from '../../miniprogram/shared/contract/operator/station-mode';
import { type UploadTicket } from '../../miniprogram/shared/contract/student';
import { type SubmissionView } from '../../miniprogram/shared/contract/submission-view';
import { DomainError } from '../../miniprogram/shared/errors';
import { maskNumber } from '../../miniprogram/shared/identity/masked-name';
import { type Scope } from '../../miniprogram/shared/roles/scope';

const SHOWN_AT_MOST = 50;

/**
 * @throws DomainError NOT_FOUND for a closed seat, CONSENT_REQUIRED, FACE_CONSENT_REQUIRED, TOO_MANY_REQUESTS,
 *   UPLOAD_MISSING {reason: expired}
 */
export async function uploadAtSeat(
  call: Call,
  seat: SeatDocument,
  request: StationModeContract['stationUpload']['request'],
): Promise<UploadTicket> {
  const student = await callForSeat(call, seat);
  await requireFacePhotoConsent(student);
  // The ticket is the student's; the key is that of the teacher's phone.
  const known = knownRequest(call, 'stationUpload', request);
  return issueTicket(student, known, { purpose: 'portrait', extension: request.extension });
}

/**
 * The student's yes on the teacher's phone. The code must be shown and the ID tail typed again, so that a teacher who
 * is alone with the phone cannot say it.
 * @throws DomainError FORBIDDEN where the batch does not allow it, NOT_FOUND for another student's code, CODE_*, and
 *   what `confirmPhoto` refuses
 */
export async function confirmAtSeat(
  call: Call,
  seat: SeatDocument,
  request: StationModeContract['stationConfirm']['request'],
  codes: StationCodes,
): Promise<SubmissionView> {
  const student = await callForSeat(call, seat);
  if ((await batchById(seat.batchId)).confirmOnTheSpot !== true) throw new DomainError('FORBIDDEN');
  const known = knownRequest(call, 'stationConfirm', request);
  const shown = await resolveShownCode(call, request, codes, known);
  if (shown.enrolmentKey !== seat.enrolmentKey) throw new DomainError('NOT_FOUND');
  return confirmPhoto(student, { submissionId: seat.submissionId, photoId: request.photoId });
}

export async function leaveSeat(
  call: Call,
  scope: Scope,
  { _id }: SeatDocument,
): Promise<readonly SeatLine[]> {
  await oncePerRequest(knownRequest(call, 'stationLeave', _id), async (transaction) => {
    const seats = transaction.collection<SeatDocument>('seats');
    const seat = await seats.get(_id);
    if (seat !== null && isOpenSeat(seat, call.now)) {
      await seats.update(_id, { expiresAt: call.now });
      await appendAudit(transaction, call, 'seat.leave', seat.submissionId, seat.schoolCode);
    }
    return { kind: 'done', receipt: {} };
  });
  return listSeats(call, scope);
}

/** The last students of this teacher, the newest first; none of a school or station that the teacher has left. */
export async function listSeats(call: Call, scope: Scope): Promise<readonly SeatLine[]> {
  const last = await collection<SeatDocument>('seats').find(
    { teacher: call.openid },
    { limit: SHOWN_AT_MOST, sort: [['seatedAt', 'desc']] },
  );
  const seats = last.filter((seat) => covers(scope, asSubject(seat)));
  const submissions = await collection<SubmissionDocument>('submissions').byIds(
    seats.map(({ submissionId }) => submissionId),
  );
  return seats.flatMap((seat) => {
    const submission = submissions.get(seat.submissionId);
    return submission === undefined ? [] : [seatLine(call, seat, submission)];
  });
}

function seatLine(call: Call, seat: SeatDocument, submission: SubmissionDocument): SeatLine {
  return {
    seatId: seat._id,
    submissionId: seat.submissionId,
    maskedName: submission.maskedName,
    maskedStudentNumber: maskNumber(submission.studentNumber),
    state: submission.state,
    seatedAt: seat.seatedAt,
    open: isOpenSeat(seat, call.now),
  };
}
