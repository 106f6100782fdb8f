/**
 * One phone of a teacher, many students in a row: scan, confirm who, shoot, next. While a student sits ("seat"), the
 * teacher's phone acts for this student: `photo.submit` with the seat's submission works as on an own phone. What was
 * shot belongs to the student, who takes it over by binding the code on an own phone.
 */
import { Instant, PhotoId, ResolutionId, SeatId, SubmissionId } from '../../identity/ids';
import { SubmissionState } from '../../submission/submission-machine';
import { Resolution, UploadTicket } from '../student';
import { SubmissionView } from '../submission-view';

export interface StationResolution extends Resolution {
  /** The student has not agreed yet: must read and tick on this phone before taking the seat. */
  readonly consentNeeded: boolean;
  /** Where an earlier submission of this student stands; null: none. */
  readonly state: SubmissionState | null;
}

export interface Seat {
  readonly id: SeatId;
  readonly submission: SubmissionView;
  readonly expiresAt: Instant;
  /** The batch allows the student's yes on this phone, with the ID tail. */
  readonly mayConfirmHere: boolean;
}

/** A student who sat here lately. */
export interface SeatLine {
  readonly seatId: SeatId;
  readonly submissionId: SubmissionId;
  readonly maskedName: string;
  readonly maskedStudentNumber: string;
  readonly state: SubmissionState;
  readonly seatedAt: Instant;
  readonly open: boolean;
}

export interface StationModeContract {
  /** Refusals of `student.resolveCode`; FORBIDDEN for a student of another station. */
  readonly stationResolve: {
    readonly request: { readonly payloadBase64: string; readonly idTail: string };
    readonly data: StationResolution;
  };
  /** "Yes, that is the student": binds for the student and opens the seat for 15 minutes. */
  readonly stationSeat: {
    readonly request: {
      readonly resolutionId: ResolutionId;
      /** Version of the wording that the student agreed to on this phone; null when none was needed. */
      readonly consentVersion: string | null;
    };
    readonly data: Seat;
  };
  /** The last 50 students of this teacher, the newest first. */
  readonly stationSeats: {
    readonly request: Record<string, never>;
    readonly data: { readonly seats: readonly SeatLine[] };
  };
  /** Where this seat's portrait goes; afterwards `photo.submit`. */
  readonly stationUpload: {
    readonly request: { readonly seatId: SeatId; readonly extension: 'jpg' | 'png' | 'webp' };
    readonly data: UploadTicket;
  };
  /** The student's own yes on this phone: the code again and the ID tail, typed by the student. */
  readonly stationConfirm: {
    readonly request: {
      readonly seatId: SeatId;
      readonly photoId: PhotoId;
      readonly payloadBase64: string;
      readonly idTail: string;
    };
    readonly data: SubmissionView;
  };
  /** Next student: this phone no longer acts for the one before. */
  readonly stationLeave: {
    readonly request: { readonly seatId: SeatId };
    readonly data: { readonly seats: readonly SeatLine[] };
  };
}
