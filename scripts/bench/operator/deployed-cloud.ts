/**
 * The embedded cloud with all deployed functions in a process of its own: what it and its functions cost can be read
 * from outside, and it can be killed (−9) and started again at the same address. Linux only: reads /proc.
 */
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { startCloud } from '../../../local/cloud/start-cloud';
import { demonstrationEnvironment } from '../../../local/demo/demonstration';

const FUNCTIONS = resolve(__dirname, '../../../dist/cloudfunctions');
/** Of the kernel's clock in /proc; USER_HZ is 100 on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;
/** A call that the cloud gives to a process in the moment of its death is lost, as on the platform. */
const NOTICED_MS = 500;

export interface DeployedCloud {
  readonly url: string;
  readonly port: number;
  readonly administrator: Readonly<Record<string, string>>;
  /** The processes of one function, or (null) the cloud's own. */
  cost(functionName: string | null): ProcessCost;
  /** kill −9 of a function's processes; resolves when the cloud has noticed. @returns how many there were */
  killFunction(functionName: string): Promise<number>;
  /** kill −9 of the cloud; resolves when it is gone. Its functions end by themselves. */
  kill(): Promise<void>;
}

export interface ProcessCost {
  readonly processorSeconds: number;
  /** The most memory that one of the processes ever had (VmHWM), Node itself included. */
  readonly peakMegabytes: number;
}

/** @throws Error when the cloud does not come up */
export async function startDeployedCloud(dataDir: string, port = 0): Promise<DeployedCloud> {
  const loader = createRequire(__filename).resolve('tsx/cjs');
  const child = spawn(process.execPath, ['--require', loader, __filename, dataDir, String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = new Promise<undefined>((done) =>
    child.once('exit', () => {
      done(undefined);
    }),
  );
  const firstLine = async (): Promise<string | undefined> => {
    for await (const line of createInterface({ input: child.stdout })) return line;
    return undefined;
  };
  const line = await Promise.race([firstLine(), gone]);
  if (line === undefined || child.pid === undefined) throw new Error('The cloud did not start');
  const started = JSON.parse(line) as Pick<DeployedCloud, 'url' | 'port' | 'administrator'>;
  const cloudId = child.pid;
  return {
    ...started,
    cost: (name) => costOf(name === null ? [cloudId] : instancesOf(cloudId, name)),
    async killFunction(name) {
      const instances = instancesOf(cloudId, name);
      for (const id of instances) process.kill(id, 'SIGKILL');
      await new Promise((resolve) => setTimeout(resolve, NOTICED_MS));
      return instances.length;
    },
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

/** Children of the cloud that run this function's file. */
function instancesOf(cloudId: number, functionName: string): number[] {
  const entry = join(FUNCTIONS, functionName, 'index.js');
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((id) => {
      const [status, command] = [procFile(id, 'status'), procFile(id, 'cmdline')];
      return status.includes(`\nPPid:\t${cloudId}\n`) && command.includes(entry);
    });
}

function costOf(ids: readonly number[]): ProcessCost {
  const costs = ids.map((id) => {
    // Fields 14 and 15 of /proc/…/stat, counted behind the name in brackets, which may hold spaces.
    const fields = procFile(id, 'stat').split(') ')[1]?.split(' ') ?? [];
    const ticks = Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
    const peak = /VmHWM:\s+(\d+) kB/.exec(procFile(id, 'status'))?.[1];
    return { seconds: ticks / TICKS_PER_SECOND, megabytes: Number(peak ?? 0) / 1024 };
  });
  return {
    processorSeconds: costs.reduce((sum, { seconds }) => sum + seconds, 0),
    peakMegabytes: Math.round(Math.max(0, ...costs.map(({ megabytes }) => megabytes))),
  };
}

/** Empty for a process that has ended meanwhile. */
function procFile(id: number, name: string): string {
  try {
    return readFileSync(`/proc/${id}/${name}`, 'utf8');
  } catch {
    return '';
  }
}

async function runAsChild(dataDir: string, port: number): Promise<void> {
  const cloud = await startCloud({
    dataDir,
    functionsDir: FUNCTIONS,
    port,
    environment: () => demonstrationEnvironment(),
  });
  const administrator = cloud.administratorEnvironment();
  process.stdout.write(`${JSON.stringify({ url: cloud.url, port: cloud.port, administrator })}\n`);
}

if (process.argv[1] === __filename) void runAsChild(process.argv[2]!, Number(process.argv[3]));
