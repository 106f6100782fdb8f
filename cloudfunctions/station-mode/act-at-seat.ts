/**
 * Lets a teacher's phone do for the seated student what the student's own phone could do: the use cases of students
 * run unchanged, under the student's name. Refuses as soon as the seat is closed or the teacher no longer is one.
 */
import { asSubject, isOpenSeat, type SeatDocument, seatIdOf } from './seat-document';
import { authorise, covers } from '../operator-access/staff';
import { collection } from '../platform/database';
import { type Call } from '../requests/call';
import { type SubmissionDocument } from '../submission/submission-document';
import { DomainError } from '../../miniprogram/shared/errors';
import { type SubmissionId } from '../../miniprogram/shared/identity/ids';

/**
 * The call as the submission's owner makes it, if this phone has the open seat of that submission; else the call as
 * it is, which every use case of students then refuses for somebody else's submission.
 */
export async function actingCall(call: Call, submissionId: SubmissionId): Promise<Call> {
  const seat = await collection<SeatDocument>('seats').get(seatIdOf(call.openid, submissionId));
  if (seat === null || !isOpenSeat(seat, call.now)) return call;
  const { scope } = await authorise(call, 'operator.stationUpload');
  return covers(scope, asSubject(seat)) ? callForSeat(call, seat) : call;
}

/** @throws DomainError NOT_FOUND when the seat was closed or the submission is gone */
export async function callForSeat(call: Call, seat: SeatDocument): Promise<Call> {
  if (!isOpenSeat(seat, call.now)) throw new DomainError('NOT_FOUND');
  const submission = await collection<SubmissionDocument>('submissions').get(seat.submissionId);
  if (submission?.deletingAt !== null) throw new DomainError('NOT_FOUND');
  return { ...call, openid: submission.openid };
}
