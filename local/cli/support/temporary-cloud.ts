/**
 * The folder of a cloud that lives as long as one command. Faces lie in it, so that it goes with the command, also after
 * Ctrl-C; what a killed process could not remove goes with the next command.
 */
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeFolder, removeLeftBehind } from './left-behind';
import { closeOnSignals } from './stop-signals';
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
  await removeLeftBehind(parent, PREFIX, (left) => A_CLOUDS.every((each) => existsSync(join(left, each))));
  const folder = mkdtempSync(join(parent, PREFIX));
  const starting = startCloud({ ...options, dataDir: folder });
  const close = async (): Promise<void> => {
    // A cloud that does not start has closed itself.
    const cloud = await starting.catch(() => null);
    await cloud?.close();
    removeFolder(folder);
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
