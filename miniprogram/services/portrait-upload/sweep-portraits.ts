/**
 * Removes portraits that nobody will send any more, because a face must not lie on a phone for ever: those that no job
 * on the shelf speaks of (the mini program was killed between keeping the file and writing the job down, or the storage
 * was cleared), and a week after it was taken a student's photo on a teacher's phone. Refuses to touch the photo that a
 * student has not sent from their own phone. Runs at launch only, before a camera page can have kept anything.
 */
import { keptFiles, removeKeptFile } from '../../platform/kept-files';
import { serverNow } from '../server-clock';
import { UploadJob } from './upload-job';
import { jobsOnShelf, uploadShelf } from './upload-shelf';

// The names that the camera pages give, the student's and the station's.
const PORTRAIT = /\/(portrait|station)-[^/]*$/;
const STATION = /\/station-[^/]*$/;

// Own choice: whoever did not sit down again within a week has been photographed elsewhere.
const STATION_KEPT_MS = 7 * 86_400_000;

export async function sweepPortraits(): Promise<void> {
  for (const job of jobsOnShelf().filter(isForgotten)) uploadShelf.remove(job.submissionId);
  const portraits = (await keptFiles()).filter((path) => PORTRAIT.test(path));
  const waiting = new Set(jobsOnShelf().map(({ path }) => path));
  await Promise.all(portraits.filter((path) => !waiting.has(path)).map(removeKeptFile));
}

/** On a teacher's phone, for longer than the student can be expected back. */
function isForgotten({ path, takenAt }: UploadJob): boolean {
  return STATION.test(path) && Date.parse(serverNow()) - Date.parse(takenAt) > STATION_KEPT_MS;
}
