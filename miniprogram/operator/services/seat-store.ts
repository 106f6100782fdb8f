/**
 * The student who sits before this teacher's phone, in memory only: the code's payload must never be written to a
 * phone, and a seat that is lost is opened again by scanning.
 */
import { createPortraitUploads, PortraitUploads } from '../../services/portrait-upload/portrait-uploads';
import { uploadShelf } from '../../services/portrait-upload/upload-shelf';
import { uploadToCloud } from '../../platform/cloud';
import { fileExists, removeKeptFile } from '../../platform/kept-files';
import { onOnline } from '../../platform/network';
import { photoService } from '../../services/photo-service';
import { newRequestKey } from '../../services/request-key';
import { serverNow } from '../../services/server-clock';
import { Send } from '../../services/step-requests';
import { wait } from '../../services/wait';
import { Seat } from '../../shared/contract/operator/station-mode';
import { StudentView } from '../../shared/contract/submission-view';
import { operatorService } from './staff-services';

export interface TakenSeat {
  readonly seat: Seat;
  readonly student: StudentView;
  /** Needed again for the student's own yes. */
  readonly payloadBase64: string;
}

let taken: TakenSeat | null = null;

export function takeSeat(seat: TakenSeat): void {
  taken = seat;
}

export function takenSeat(): TakenSeat | null {
  return taken;
}

/** This phone acts for the student no longer; a photo that was not sent is thrown away. */
export async function leaveSeat(send: Send): Promise<void> {
  const left = taken;
  taken = null;
  if (left === null) return;
  await uploadsOf(left.seat).discard(left.seat.submission.id);
  await send(operatorService.stationLeave, { seatId: left.seat.id });
}

/** The same resumable upload as on a student's own phone; only the place comes from the seat. */
export function uploadsOf(seat: Seat): PortraitUploads {
  return createPortraitUploads({
    shelf: uploadShelf,
    prepareUpload: ({ extension }, requestKey) =>
      operatorService.stationUpload({ seatId: seat.id, extension }, requestKey),
    submit: photoService.submit,
    upload: uploadToCloud,
    fileExists,
    removeFile: removeKeptFile,
    onOnline,
    newKey: newRequestKey,
    now: serverNow,
    wait,
  });
}
