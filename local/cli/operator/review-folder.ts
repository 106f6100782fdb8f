/**
 * The folder of a review at the keyboard: the one that was asked for, which stays, or one of its own. Faces lie in it, so
 * that its own goes with the session, also after Ctrl-C or when the window is closed; what a killed one could not remove
 * goes with the next session.
 */
import { mkdirSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PicturePaths } from './review-pictures';
import { removeFolder, removeLeftBehind } from '../support/left-behind';
import { closeOnSignals } from '../support/stop-signals';
import { lockFolder } from '../../cloud/journal/folder-lock';

const PREFIX = 'review-';
const NAMES = { original: '原图.jpg', standard: '成品.jpg' } as const;

export interface ReviewFolder {
  readonly pictures: PicturePaths;
  readonly close: () => Promise<void>;
}

/** @param parent where a folder of its own is made */
export async function openReviewFolder(asked: string | undefined, parent = tmpdir()): Promise<ReviewFolder> {
  if (asked !== undefined) {
    mkdirSync(asked, { recursive: true });
    return { pictures: picturesIn(asked), close: () => Promise.resolve() };
  }
  await removeLeftBehind(parent, PREFIX, hasOnlyPictures);
  const path = mkdtempSync(join(parent, PREFIX));
  const lock = await lockFolder(path);
  const remove = async (): Promise<void> => {
    removeFolder(path);
    await lock.release();
  };
  const stopListening = closeOnSignals(remove);
  return {
    pictures: picturesIn(path),
    close: async () => {
      await remove();
      stopListening();
    },
  };
}

function picturesIn(folder: string): PicturePaths {
  return { original: join(folder, NAMES.original), standard: join(folder, NAMES.standard) };
}

/** Other programs' folders may begin with the same word; one without pictures may be about to be locked. */
function hasOnlyPictures(folder: string): boolean {
  const files = readdirSync(folder);
  return files.length > 0 && files.every((file) => Object.values<string>(NAMES).includes(file));
}
