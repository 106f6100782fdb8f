/**
 * Spreads photos over processes. Each has an engine of its own, so a file that brings one down costs one row, not
 * the run: the process is replaced and the row says so. Rows come back in the order of the files.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createPhotoEngine } from '../../../cloudfunctions/photo-engine/photo-engine';
import { type AssessRow, assessRow, emptyRow, type RowOptions } from './assess-row';
import { modelFolder } from '../support/model-folder';

export interface AssessOptions {
  readonly jobs: number;
  readonly row: RowOptions;
}

/** What a process is asked. */
export interface AssessQuestion {
  readonly file: string;
  readonly row: RowOptions;
}

// No file may hold up the others: a photo takes about a second, a hostile one is refused sooner.
const LONGEST_MILLISECONDS = 60_000;

export async function assessInParallel(
  files: readonly string[],
  { jobs, row: options }: AssessOptions,
  onRow: (row: AssessRow) => void,
): Promise<void> {
  if (jobs === 1) {
    const engine = createPhotoEngine({ modelFolder: modelFolder() });
    for (const file of files) onRow(await assessRow(engine, file, options));
    return;
  }
  const rows = new Map<number, AssessRow>();
  let next = 0;
  let written = 0;
  const work = async (): Promise<void> => {
    let worker = startWorker();
    try {
      while (next < files.length) {
        const index = next++;
        const row = await ask(worker, { file: files[index]!, row: options });
        if (row === null) {
          worker.kill('SIGKILL');
          worker = startWorker();
        }
        rows.set(index, row ?? crashedRow(files[index]!));
        for (let ready = rows.get(written); ready !== undefined; ready = rows.get(written)) {
          onRow(ready);
          rows.delete(written++);
        }
      }
    } finally {
      // Also where a row cannot be written: a worker that waits would keep the command from ending.
      worker.kill();
    }
  };
  await Promise.all(Array.from({ length: Math.min(jobs, files.length) }, work));
}

function startWorker(): ChildProcess {
  return fork(join(__dirname, 'assess-worker.ts'), {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 2, 2, 'ipc'],
  });
}

/** The row, or null when the process died or took too long. */
function ask(worker: ChildProcess, question: AssessQuestion): Promise<AssessRow | null> {
  return new Promise((resolve) => {
    const finish = (row: AssessRow | null) => {
      clearTimeout(timer);
      worker.removeAllListeners();
      resolve(row);
    };
    const timer = setTimeout(() => {
      finish(null);
    }, LONGEST_MILLISECONDS);
    worker.once('message', (row: AssessRow) => {
      finish(row);
    });
    worker.once('exit', () => {
      finish(null);
    });
    worker.send(question);
  });
}

function crashedRow(file: string): AssessRow {
  return { ...emptyRow(file), outcome: 'refused', reasons: 'INTERNAL:process-ended' };
}
