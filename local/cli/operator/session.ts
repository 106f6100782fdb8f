/**
 * The cloud that the operator's commands work on, as a client with an identity: one that is running (its address, or
 * the one of `npm start`), or a data folder that is opened for the length of the command.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { staffClient, type StaffClient } from './staff-client';
import { FUNCTIONS_FOLDER, RUNNING_FILE, type RunningFile } from '../support/demonstration-cloud';
import { UsageError } from '../support/command';
import { createCloudClient } from '../../cloud/cloud-client';
import { isOpenid } from '../../cloud/protocol/openid';
import { FolderInUse } from '../../cloud/journal/folder-lock';
import { startCloud } from '../../cloud/start-cloud';
import { demonstrationEnvironment } from '../../demo/demonstration';
import { buildFunctions } from '../../build/functions/build-functions';
import { SESSION_WORDS } from './words';

/** Who the demonstration's operator is; any other openid after --as. */
export const DEFAULT_IDENTITY = 'demo-operator';

export interface SessionOptions {
  readonly as: string;
  readonly url: string | undefined;
  readonly data: string | undefined;
}

export interface Session {
  readonly staff: StaffClient;
  /** Environment that makes this process the cloud's administrator; null where only an address is known. */
  readonly administrator: Readonly<Record<string, string>> | null;
  close(): Promise<void>;
}

/** @throws UsageError when there is no cloud to work on, or no such identity */
export async function openSession({ as, url, data }: SessionOptions): Promise<Session> {
  // The cloud would refuse it in English.
  if (!isOpenid(as)) throw new UsageError(SESSION_WORDS.badIdentity(as));
  if (url !== undefined) return clientOf(url, as, null);
  if (data !== undefined) return openFolder(data, as);
  if (!existsSync(RUNNING_FILE)) throw new UsageError(SESSION_WORDS.noCloud);
  const running = JSON.parse(readFileSync(RUNNING_FILE, 'utf8')) as RunningFile;
  return clientOf(running.url, as, running.administrator);
}

function clientOf(url: string, openid: string, administrator: Session['administrator']): Session {
  const client = createCloudClient({ url: url.replace(/\/$/, ''), openid });
  return { staff: staffClient(client), administrator, close: () => Promise.resolve() };
}

async function openFolder(folder: string, openid: string): Promise<Session> {
  // A mistyped folder would otherwise become an empty cloud.
  if (!existsSync(join(folder, 'journal'))) throw new UsageError(SESSION_WORDS.noFolder(folder));
  await buildFunctions();
  const cloud = await startCloud({
    dataDir: resolve(folder),
    functionsDir: FUNCTIONS_FOLDER,
    environment: () => ({ ...demonstrationEnvironment(), ...ownSettings() }),
  }).catch((error: unknown) => {
    throw error instanceof FolderInUse ? new UsageError(SESSION_WORDS.folderInUse(folder)) : error;
  });
  return {
    staff: staffClient(cloud.client(openid)),
    administrator: cloud.administratorEnvironment(),
    close: () => cloud.close(),
  };
}

/** Settings of a real deployment that this shell has, instead of the demonstration's. */
function ownSettings(): Record<string, string> {
  const entries = Object.entries(process.env).filter(
    (entry): entry is [string, string] =>
      /^(CAPTURE_CODE|OPERATOR|REMINDER)_/.test(entry[0]) && entry[1] !== undefined,
  );
  return Object.fromEntries(entries);
}
