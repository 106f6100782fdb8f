/**
 * A resolved code that waits for the person's "yes, this is me and this 学籍". It lives for minutes, belongs to who
 * resolved it, and holds no payload and no ID tail.
 */
import { type StudentRecord } from '../../submission/student-record';
import { type BatchId, type Instant, type ResolutionId } from '../../../miniprogram/shared/identity/ids';

/** Time to read a name and a school, with a telephone call in between. */
export const RESOLUTION_SECONDS = 15 * 60;

export interface ResolutionDocument {
  readonly _id: ResolutionId;
  readonly openid: string;
  readonly enrolmentKey: string;
  readonly codeKey: string;
  readonly personKey: string;
  readonly student: StudentRecord;
  readonly batchId: BatchId;
  readonly alreadyMine: boolean;
  readonly expiresAt: Instant;
}
