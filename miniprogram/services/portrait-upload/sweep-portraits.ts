/**
 * Removes portraits that no job on the shelf speaks of: the mini program was killed between keeping the file and
 * writing the job down, or the storage was cleared. Nobody could send them any more, and a face must not lie on a
 * phone for ever. Runs at launch only, before a camera page can have kept anything.
 */
import { keptFiles, removeKeptFile } from '../../platform/kept-files';
import { jobsOnShelf } from './upload-shelf';

// The names that the camera pages give, the student's and the station's.
const PORTRAIT = /\/(portrait|station)-[^/]*$/;

export async function sweepPortraits(): Promise<void> {
  const portraits = (await keptFiles()).filter((path) => PORTRAIT.test(path));
  const waiting = new Set(jobsOnShelf().map(({ path }) => path));
  await Promise.all(portraits.filter((path) => !waiting.has(path)).map(removeKeptFile));
}
