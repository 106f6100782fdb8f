/**
 * Temporary folders of commands that hold faces: what a killed process could not remove goes when the next such command
 * starts. Refuses to touch a folder that is in use, or that its owner does not know as its own by what lies in it.
 */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isFileError } from './named-files';
import { FolderInUse, lockFolder } from '../../cloud/journal/folder-lock';

/** On Windows a viewer or a virus scanner may hold a file for a moment. */
export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

/**
 * Removes the folders whose process is gone.
 * @param isOurs what nobody else's folder is, and ours only once it is locked
 */
export async function removeLeftBehind(
  parent: string,
  prefix: string,
  isOurs: (folder: string) => boolean,
): Promise<void> {
  for (const name of readdirSync(parent)) {
    if (!name.startsWith(prefix)) continue;
    const folder = join(parent, name);
    try {
      if (!isOurs(folder)) continue;
      const lock = await lockFolder(folder);
      try {
        removeFolder(folder);
      } finally {
        await lock.release();
      }
    } catch (error) {
      if (!(error instanceof FolderInUse) && !isOthers(error)) throw error;
    }
  }
}

/** Another user's, who has to remove it; open in another program; or removed meanwhile by another command. */
function isOthers(error: unknown): boolean {
  return isFileError(error) && ['EACCES', 'EPERM', 'EBUSY', 'ENOENT', 'ENOTDIR'].includes(error.code ?? '');
}
