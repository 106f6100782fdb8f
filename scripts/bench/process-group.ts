/**
 * Runs a command in a process group of its own and leaves none of it behind: instances of functions and killed clouds
 * must not go on computing beside the next measurement. What is still there when the command has ended is ended too,
 * and said.
 */
import { spawn } from 'node:child_process';

export interface GroupOutcome {
  /** Exit status; null when a signal ended the command. */
  readonly status: number | null;
  /** The command ended and left processes, which were then ended. */
  readonly leftBehind: boolean;
}

const GRACE_MILLISECONDS = 3_000;
const STOPPING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The command's own output goes where ours goes. Signals that stop us stop the group. */
export async function runInOwnGroup(
  command: string,
  parameters: readonly string[],
  folder: string,
): Promise<GroupOutcome> {
  const child = spawn(command, parameters, { cwd: folder, stdio: 'inherit', detached: true });
  const stop = () => {
    endGroup(child.pid);
    process.exit(1);
  };
  for (const signal of STOPPING) process.once(signal, stop);
  try {
    const status = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', resolve);
    });
    await groupGone(child.pid);
    return { status, leftBehind: endGroup(child.pid) };
  } finally {
    for (const signal of STOPPING) process.off(signal, stop);
  }
}

/** Waits a moment for what is on its way out, such as the compiler's service of the command that has just ended. */
async function groupGone(leader: number | undefined): Promise<void> {
  const deadline = performance.now() + GRACE_MILLISECONDS;
  while (leader !== undefined && isThere(leader) && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function isThere(leader: number): boolean {
  try {
    process.kill(-leader, 0);
    return true;
  } catch {
    return false;
  }
}

/** @returns whether there was anything to end */
function endGroup(leader: number | undefined): boolean {
  if (leader === undefined) return false;
  try {
    process.kill(-leader, 'SIGKILL');
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}
