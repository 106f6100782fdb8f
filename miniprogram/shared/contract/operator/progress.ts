/** How far a batch is, who is missing, and reminding them. Words (reminder text) are made on the phone. */
import { BatchId, Instant, StationId } from '../../identity/ids';
import { ProgressCounts } from '../../progress/progress-counts';
import { SubmissionState } from '../../submission/submission-machine';
import { PageRequest } from '../read-on';

export interface ProgressGroup {
  /** The station, or within one station null. */
  readonly stationId: StationId | null;
  /** The class, or over all stations null. */
  readonly className: string | null;
  /** Name of the station or class; null: students without one. */
  readonly name: string | null;
  readonly counts: ProgressCounts;
}

export interface Progress {
  readonly batchId: BatchId;
  readonly counts: ProgressCounts;
  /** Bound students who are not on the list; in no other number. Null without a list. */
  readonly unlisted: number | null;
  /** Stations (or classes, when a station was asked for), the most missing first. */
  readonly groups: readonly ProgressGroup[];
  readonly countedAt: Instant;
}

/** A group of students: everybody in reach, one station (null: those without), one class of it. */
export interface StudentGroup {
  readonly batchId: BatchId;
  readonly stationId?: StationId | null;
  readonly className?: string | null;
}

export interface MissingStudent {
  readonly studentNumber: string;
  /** As the roster or the code gives it, usually masked; null: unknown. */
  readonly name: string | null;
  readonly stationName: string | null;
  readonly className: string | null;
  readonly state: SubmissionState | 'not-bound';
}

export interface ReminderOutcome {
  /** Students who are missing and had allowed a message. */
  readonly sent: number;
  readonly notAllowed: number;
  readonly failed: number;
  /** More are left: call again. */
  readonly next: string | null;
}

export interface ProgressContract {
  readonly progress: {
    readonly request: { readonly batchId: BatchId; readonly stationId?: StationId | null };
    readonly data: Progress;
  };
  /** Who has not confirmed yet, by student number, 100 at a time; none at all where everybody of a long way is done. */
  readonly missing: {
    readonly request: StudentGroup & PageRequest;
    readonly data: { readonly students: readonly MissingStudent[]; readonly next: string | null };
  };
  /** WeChat messages to the missing who allowed one; each permission serves once. REMINDERS_NOT_CONFIGURED. */
  readonly sendReminders: {
    readonly request: StudentGroup & PageRequest;
    readonly data: ReminderOutcome;
  };
}
