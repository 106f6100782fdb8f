/**
 * Removes portraits that nobody will send any more, because a face must not lie on a phone for ever: at launch those
 * that no job on the shelf speaks of (the mini program was killed between keeping the file and writing the job down, or
 * the storage was cleared), and a week after it was taken a student's photo on a teacher's phone. Refuses to touch the
 * photo that a student has not sent from their own phone, and to believe the phone's clock about that week.
 */
import { keptFiles, removeKeptFile } from '../../platform/kept-files';
import { serverNow, serverTimeTold } from '../server-clock';
import { UploadJob } from './upload-job';
import { jobsOnShelf, uploadShelf } from './upload-shelf';

// The names that the camera pages give, the student's and the station's, and the name of a drawing on its way to them.
const PORTRAIT = /\/(portrait|station|drawn)-[^/]*$/;
const STATION = /\/station-[^/]*$/;

// Own choice: whoever did not sit down again within a week has been photographed elsewhere.
const STATION_KEPT_MS = 7 * 86_400_000;

/** At launch only, before a camera page can have kept anything. */
export async function sweepPortraits(): Promise<void> {
  const portraits = (await keptFiles()).filter((path) => PORTRAIT.test(path));
  const waiting = new Set(jobsOnShelf().map(({ path }) => path));
  await Promise.all(portraits.filter((path) => !waiting.has(path)).map(removeKeptFile));
}

/**
 * At launch only. Waits until the cloud has told the time: a clock that is a week ahead must not cost the photo just
 * taken. Nor must one that is behind, so only what lay there at launch is meant: until then `takenAt` is the phone's own.
 */
export async function sweepForgotten(): Promise<void> {
  const atLaunch = new Set(jobsOnShelf().map(({ path }) => path));
  await serverTimeTold();
  const forgotten = jobsOnShelf().filter((job) => atLaunch.has(job.path) && isForgotten(job));
  for (const { submissionId, path } of forgotten) {
    uploadShelf.remove(submissionId);
    await removeKeptFile(path);
  }
}

/** On a teacher's phone, for longer than the student can be expected back. */
function isForgotten({ path, takenAt }: UploadJob): boolean {
  return STATION.test(path) && Date.parse(serverNow()) - Date.parse(takenAt) > STATION_KEPT_MS;
}
