/**
 * The embedded cloud that a command works on: the one that `npm start` keeps running, or one of its own in a
 * temporary folder that goes with the command. Refuses to touch the running one's data other than as a client.
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { temporaryCloud } from './temporary-cloud';
import { buildFunctions } from '../../build/functions/build-functions';
import { type CloudClient, createCloudClient } from '../../cloud/cloud-client';
import { demonstrationEnvironment } from '../../demo/demonstration';
import { seedDemonstration } from '../../demo/seed-demonstration';
import { useAdministrator } from '../../demo/use-administrator';

const ROOT = resolve(__dirname, '../../..');
/** What `npm start` keeps between runs. Not committed. */
export const STATE_FOLDER = join(ROOT, '.local');
/** Written by `npm start` while it runs; tells other commands where. Readable by this user only. */
export const RUNNING_FILE = join(STATE_FOLDER, 'running.json');
export const FUNCTIONS_FOLDER = join(ROOT, 'dist', 'cloudfunctions');

export interface RunningFile {
  readonly url: string;
  readonly administrator: Readonly<Record<string, string>>;
}

export interface DemonstrationCloud {
  readonly url: string;
  /** True when it is the one of `npm start`, so that what happens stays and can be looked at. */
  readonly shared: boolean;
  client(openid: string): CloudClient;
  close(): Promise<void>;
}

/** After this the process is the administrator of that cloud: records can be read through the functions' platform. */
export async function demonstrationCloud(): Promise<DemonstrationCloud> {
  return (await runningCloud()) ?? (await ownCloud());
}

async function runningCloud(): Promise<DemonstrationCloud | null> {
  let running: RunningFile;
  try {
    running = JSON.parse(readFileSync(RUNNING_FILE, 'utf8')) as RunningFile;
    await createCloudClient({ url: running.url, openid: 'probe' }).getTempFileURL([]);
  } catch {
    // No file, or what it names no longer answers: nobody is running.
    return null;
  }
  useAdministrator({ administratorEnvironment: () => running.administrator });
  return {
    url: running.url,
    shared: true,
    client: (openid) => createCloudClient({ url: running.url, openid }),
    close: () => Promise.resolve(),
  };
}

async function ownCloud(): Promise<DemonstrationCloud> {
  await buildFunctions();
  const { cloud, close } = await temporaryCloud({
    functionsDir: FUNCTIONS_FOLDER,
    environment: () => demonstrationEnvironment(),
  });
  try {
    await seedDemonstration(cloud);
  } catch (error) {
    await close();
    throw error;
  }
  return { url: cloud.url, shared: false, client: (openid) => cloud.client(openid), close };
}
