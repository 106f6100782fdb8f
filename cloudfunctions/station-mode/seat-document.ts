/**
 * A student in front of a teacher's phone. While the seat is open, this one phone acts for this one submission; the id
 * follows from both, so taking the seat again is the same seat.
 */
import { derivedId } from '../identity/unguessable-id';
import { type Subject } from '../operator-access/staff';
import { collection } from '../platform/database';
import {
  type BatchId,
  type Instant,
  type SeatId,
  type StationId,
  type SubmissionId,
} from '../../miniprogram/shared/identity/ids';

export interface SeatDocument {
  readonly _id: SeatId;
  /** The openid of the teacher's phone. */
  readonly teacher: string;
  readonly submissionId: SubmissionId;
  readonly batchId: BatchId;
  readonly schoolCode: string;
  /** Where the student sits; null: the teacher has several stations, and none of them is the student's. */
  readonly stationId: StationId | null;
  /** Of the 学籍: the code that is shown again for the yes must be the same. */
  readonly enrolmentKey: string;
  readonly seatedAt: Instant;
  readonly expiresAt: Instant;
}

/** A photo or two, with combing in between. Taking the seat again begins anew. */
export const SEAT_SECONDS = 15 * 60;

export function seatIdOf(teacher: string, submissionId: SubmissionId): SeatId {
  return derivedId('seat', teacher, submissionId) as SeatId;
}

/** A seat is its teacher's alone, and only as long as the teacher belongs to its school and station. */
export async function seatSubject(id: SeatId, teacher: string): Promise<Subject<SeatDocument> | null> {
  const seat = await collection<SeatDocument>('seats').get(id);
  return seat?.teacher === teacher ? asSubject(seat) : null;
}

/** A seat as what a scope covers or not. */
export function asSubject(seat: SeatDocument): Subject<SeatDocument> {
  const { schoolCode, stationId } = seat;
  return {
    thing: seat,
    level: stationId === null ? 'school' : 'student',
    tenant: { schoolCode, stationId },
  };
}

export function isOpenSeat(seat: Pick<SeatDocument, 'expiresAt'>, now: Instant): boolean {
  return seat.expiresAt > now;
}
