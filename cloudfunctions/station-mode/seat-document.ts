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

/** A seat is its teacher's alone, and only as long as the teacher belongs to the school. */
export async function seatSubject(id: SeatId, teacher: string): Promise<Subject<SeatDocument> | null> {
  const thing = await collection<SeatDocument>('seats').get(id);
  if (thing?.teacher !== teacher) return null;
  return { thing, level: 'school', tenant: { schoolCode: thing.schoolCode, stationId: thing.stationId } };
}

export function isOpenSeat(seat: Pick<SeatDocument, 'expiresAt'>, now: Instant): boolean {
  return seat.expiresAt > now;
}
