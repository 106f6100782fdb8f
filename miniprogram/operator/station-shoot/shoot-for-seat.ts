/** One photo of the student who sits here, on the shelf from where it goes up whatever happens to the page. */
import { takePhoto } from '../../platform/camera';
import { vibrateStrongly } from '../../platform/feedback';
import { preparePortrait } from '../../services/prepare-portrait';
import { serverNow } from '../../services/server-clock';
import { uniqueName } from '../../services/unique-name';
import { Seat } from '../../shared/contract/operator/station-mode';
import { PERSON_TICKS } from '../../shared/verdict/check-ids';
import { uploadsOf } from '../services/seat-store';

/** @throws PlatformError camera-unavailable, picture-unreadable, storage-full */
export async function shootForSeat(seat: Seat): Promise<void> {
  const takenAt = serverNow();
  const picture = await preparePortrait(await takePhoto(), `station-${uniqueName()}`);
  vibrateStrongly();
  await uploadsOf(seat).add({ submissionId: seat.submission.id, ...picture, ticks: PERSON_TICKS, takenAt });
}
