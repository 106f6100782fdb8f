/** The open camera of station mode: live guidance while it is on, the screen awake, and the picture taken. */
import { takePhoto } from '../../platform/camera';
import { keepScreenOn, vibrateLightly, vibrateStrongly } from '../../platform/feedback';
import { LiveGuidance, startLiveGuidance } from '../../services/live-guidance';
import { preparePortrait } from '../../services/prepare-portrait';
import { newRequestKey } from '../../services/request-key';
import { serverNow } from '../../services/server-clock';
import { Seat } from '../../shared/contract/operator/station-mode';
import { photoStandardFor } from '../../shared/photo-standard/photo-standard';
import { PERSON_TICKS } from '../../shared/verdict/check-ids';
import { uploadsOf } from '../services/seat-store';
import { StationShootState } from './to-view';

export const CAMERA_OFF = { cameraOn: false, ready: false, hint: null, taking: false } as const;

let guidance: LiveGuidance | null = null;

/** Hints by the rules of the batch that the student sits for. */
export function startFinder(
  seat: Seat | null,
  view: StationShootState['view'],
  show: (hint: StationShootState['hint']) => void,
): void {
  guidance?.stop();
  const standard = photoStandardFor(seat?.submission.batch.photoSettings);
  guidance = startLiveGuidance(standard, view, false, (hint) => {
    if (hint === 'ready') vibrateLightly();
    show(hint);
  });
}

export function stopFinder(): void {
  guidance?.stop();
  guidance = null;
  keepScreenOn(false);
}

/** Takes the picture and puts it on the shelf, from where it goes up whatever happens to the page. */
export async function shootFor(seat: Seat): Promise<void> {
  const takenAt = serverNow();
  const picture = await preparePortrait(await takePhoto(), `station-${newRequestKey()}`);
  vibrateStrongly();
  await uploadsOf(seat).add({ submissionId: seat.submission.id, ...picture, ticks: PERSON_TICKS, takenAt });
  stopFinder();
}
