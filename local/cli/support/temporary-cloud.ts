/**
 * The folder of a cloud that lives as long as one command. Faces lie in it, so that it goes with the command, also after
 * Ctrl-C; what a killed process could not remove goes with the next command. Refuses to touch a folder that is in use,
 * or that is no cloud's.
 */
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeOnSignals } from './stop-signals';
import { FolderInUse, lockFolder } from '../../cloud/journal/folder-lock';
import { type CloudOptions, type RunningCloud, startCloud } from '../../cloud/start-cloud';

const PREFIX = 'graduation-photo-capture-';
/** What every cloud has in its folder, and only after it has locked it. */
const A_CLOUDS = ['journal', 'objects', 'secret'];

export interface TemporaryCloud {
  readonly cloud: RunningCloud;
  /** Closes the cloud and removes its folder. */
  readonly close: () => Promise<void>;
}

/** @param parent where the folder is made */
export async function temporaryCloud(
  options: Omit<CloudOptions, 'dataDir'>,
  parent = tmpdir(),
): Promise<TemporaryCloud> {
  await sweep(parent);
  const folder = mkdtempSync(join(parent, PREFIX));
  const starting = startCloud({ ...options, dataDir: folder });
  const close = async (): Promise<void> => {
    // A cloud that does not start has closed itself.
    const cloud = await starting.catch(() => null);
    await cloud?.close();
    rmSync(folder, { recursive: true, force: true });
  };
  const stopListening = closeOnSignals(close);
  const closed = async (): Promise<void> => {
    await close();
    stopListening();
  };
  try {
    return { cloud: await starting, close: closed };
  } catch (error) {
    await closed();
    throw error;
  }
}

/** Removes the folders of clouds whose process is gone. */
async function sweep(parent: string): Promise<void> {
  for (const name of readdirSync(parent)) {
    const folder = join(parent, name);
    if (!name.startsWith(PREFIX) || !A_CLOUDS.every((each) => existsSync(join(folder, each)))) continue;
    try {
      const lock = await lockFolder(folder);
      rmSync(folder, { recursive: true, force: true });
      await lock.release();
    } catch (error) {
      if (!(error instanceof FolderInUse) && !isForbidden(error)) throw error;
    }
  }
}

/** Another user's, who has to sweep it. */
function isForbidden(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'EACCES' || code === 'EPERM';
}
