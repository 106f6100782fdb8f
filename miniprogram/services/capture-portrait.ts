/** One photo from the camera onto the shelf from which it is sent, with the ticks that belong to it. */
import { takePhoto } from '../platform/camera';
import { vibrateStrongly } from '../platform/feedback';
import { SubmissionId } from '../shared/identity/ids';
import { portraitUploads } from './portrait-upload/phone-uploads';
import { preparePortrait } from './prepare-portrait';
import { serverNow } from './server-clock';
import { rememberedTicks } from './tick-store';
import { uniqueName } from './unique-name';

/** @throws PlatformError camera-unavailable, picture-unreadable, storage-full */
export async function capturePortrait(submissionId: SubmissionId): Promise<void> {
  const takenAt = serverNow();
  const picture = await preparePortrait(await takePhoto(), `portrait-${uniqueName()}`);
  // The person who looks into the camera need not look at the screen.
  vibrateStrongly();
  await portraitUploads.add({
    submissionId,
    ...picture,
    ticks: rememberedTicks(submissionId) ?? [],
    takenAt,
  });
}
