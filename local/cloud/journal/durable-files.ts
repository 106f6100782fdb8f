/** The few file operations that durability is made of. A new name is safe only after its folder was synced. */
import { open, readdir, rename, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Makes creations, renames and removals in a folder survive a power cut. Windows keeps folders by itself. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Gives a fully written and synced file its final name, for good. */
export async function publishFile(temporary: string, final: string): Promise<void> {
  await rename(temporary, final);
  await syncFolder(dirname(final));
}

/** Cuts a file to its intact length, for good. */
export async function truncateFile(path: string, length: number): Promise<void> {
  const handle = await open(path, 'r+');
  try {
    await handle.truncate(length);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Removes files of a folder whose names do not pass. */
export async function removeFilesExcept(folder: string, keep: (name: string) => boolean): Promise<void> {
  for (const name of await readdir(folder)) if (!keep(name)) await unlink(join(folder, name));
}
