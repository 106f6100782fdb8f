/**
 * Removes portraits that nobody will send any more, because a face must not lie on a phone for ever: at launch those
 * that no job on the shelf speaks of (the mini program was killed between keeping the file and writing the job down, or
 * the storage was cleared), a week after it was taken a student's photo on a teacher's phone, and a student's own whose
 * submission is gone. Refuses to touch any other photo that a student has not sent from their own phone, and to believe the
 * phone's clock about that week.
 */
import { keptFiles, removeKeptFile } from '../../platform/kept-files';
import { Overview } from '../../shared/contract/student';
import { serverNow, serverTimeTold } from '../server-clock';
import { UploadJob } from './upload-job';
import { jobsOnShelf, uploadShelf } from './upload-shelf';

// The names that the camera pages give, the student's and the station's, and the name of a drawing on its way to them.
const PORTRAIT = /\/(portrait|station|drawn)-[^/]*$/;
const OWN = /\/portrait-[^/]*$/;
const STATION = /\/station-[^/]*$/;

// Own choice: whoever did not sit down again within a week has been photographed elsewhere.
const STATION_KEPT_MS = 7 * 86_400_000;

/** At launch only, before a camera page can have kept anything. */
export async function sweepPortraits(): Promise<void> {
  const portraits = (await keptFiles()).filter((path) => PORTRAIT.test(path));
  const waiting = pathsOnShelf();
  await Promise.all(portraits.filter((path) => !waiting.has(path)).map(removeKeptFile));
}

/**
 * At launch only. Waits until the cloud has told the time: a clock that is a week ahead must not cost the photo just
 * taken. Nor must one that is behind, so only what lay there at launch is meant: until then `takenAt` is the phone's own.
 */
export async function sweepForgotten(): Promise<void> {
  const atLaunch = pathsOnShelf();
  await serverTimeTold();
  await giveUp((job) => atLaunch.has(job.path) && isForgotten(job));
}

/**
 * The student's own photos whose submission was deleted, on another phone or because its time was over: nobody can send
 * them any more, and no card leads to them. Only what lay on the shelf when the cloud was asked is meant: of what is bound
 * and photographed while the answer is on its way, that answer knows nothing.
 * @param asking the cloud is being asked for the overview; what this phone remembers of an earlier one says nothing here
 */
export async function sweepGone(asking: Promise<Overview>): Promise<void> {
  const whenAsked = pathsOnShelf();
  const known = new Set((await asking).submissions.map(({ id }) => id));
  await giveUp(({ path, submissionId }) => whenAsked.has(path) && OWN.test(path) && !known.has(submissionId));
}

function pathsOnShelf(): Set<string> {
  return new Set(jobsOnShelf().map(({ path }) => path));
}

async function giveUp(isMeant: (job: UploadJob) => boolean): Promise<void> {
  const given = jobsOnShelf().filter(isMeant);
  // All at once: while a file is being removed, a newer photo may come onto the shelf.
  for (const { submissionId } of given) uploadShelf.remove(submissionId);
  await Promise.all(given.map(({ path }) => removeKeptFile(path)));
}

/** On a teacher's phone, for longer than the student can be expected back. */
function isForgotten({ path, takenAt }: UploadJob): boolean {
  return STATION.test(path) && Date.parse(serverNow()) - Date.parse(takenAt) > STATION_KEPT_MS;
}
