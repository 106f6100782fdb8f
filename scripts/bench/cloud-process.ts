/** The embedded cloud in a process of its own, so that it can be killed like a power cut would. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { startCloud } from '../../local/cloud/start-cloud';

export interface CloudProcess {
  readonly url: string;
  /** Opens the administrator's address; see administratorEnvironment. */
  readonly token: string;
  readonly recovery: { readonly records: number; readonly tornBytes: number };
  /** kill −9, without warning; resolves when the process is gone. */
  kill(): Promise<void>;
}

export interface CloudProcessOptions {
  readonly dataDir: string;
  readonly functionsDir: string;
  /** Small figures make the kill hit compactions too. */
  readonly compactAfterBytes: number;
}

/** Starts this file as a child. @throws Error when the cloud does not come up */
export async function startCloudProcess(options: CloudProcessOptions): Promise<CloudProcess> {
  const child = spawn(
    process.execPath,
    ['--require', createRequire(__filename).resolve('tsx/cjs'), __filename, JSON.stringify(options)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const gone = new Promise<void>((resolve) =>
    child.once('exit', () => {
      resolve();
    }),
  );
  const line = await Promise.race([firstLine(child), gone]);
  if (line === undefined) throw new Error('The cloud did not start');
  const started = JSON.parse(line) as Pick<CloudProcess, 'url' | 'token' | 'recovery'>;
  return {
    ...started,
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

async function firstLine(child: ChildProcess): Promise<string | undefined> {
  for await (const line of createInterface({ input: child.stdout! })) return line;
  return undefined;
}

async function runAsChild(options: CloudProcessOptions): Promise<void> {
  const schema = ['singles', 'lefts', 'rights'].map((name) => ({ name, indexes: [] }));
  const cloud = await startCloud({ ...options, schema });
  const { TENCENTCLOUD_SESSIONTOKEN: token } = cloud.administratorEnvironment();
  process.stdout.write(`${JSON.stringify({ url: cloud.url, token, recovery: cloud.stats().recovery })}\n`);
}

if (process.argv[1] === __filename) void runAsChild(JSON.parse(process.argv[2]!) as CloudProcessOptions);
