/**
 * Where the time of a cold start goes before the first photo: the process, the deployed bundle, the models. Each time
 * in a fresh process that runs the deployed `photo` function as it is, without a cloud and without a call: the bundle
 * starts to load its models by itself, and the process has nothing left to do when they are there.
 */
import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { median } from './benchmark';

export interface ColdStart {
  /** From the start of the process to its first line of JavaScript. */
  readonly processStart: number;
  /** Reading and running the bundle. */
  readonly moduleLoad: number;
  /** The inference library's binary compiled, all sessions made, one look of the detector. */
  readonly modelLoad: number;
}

const BUNDLE = resolve(__dirname, '../../dist/cloudfunctions/photo');
const RUNS = 5;

// Plain JavaScript, so that no compiler of ours is part of what is timed.
const PROBE = `
const processStart = performance.now();
require(process.argv[1]);
const loaded = performance.now();
process.once('beforeExit', () => {
  process.stdout.write('PROBE ' + JSON.stringify({
    processStart,
    moduleLoad: loaded - processStart,
    modelLoad: performance.now() - loaded,
  }));
});
`;

/** Medians of five fresh processes, milliseconds. @throws Error when the function does not start */
export function coldStart(): ColdStart {
  const runs = Array.from({ length: RUNS }, () => {
    const output = execFileSync(process.execPath, ['-e', PROBE, join(BUNDLE, 'index.js')], {
      env: { PATH: process.env.PATH, TENCENTCLOUD_RUNENV: 'SCF' },
      encoding: 'utf8',
    });
    const line = /PROBE (.*)/.exec(output)?.[1];
    if (line === undefined) throw new Error('the photo function did not start');
    return JSON.parse(line) as ColdStart;
  });
  return {
    processStart: median(runs.map((run) => run.processStart)),
    moduleLoad: median(runs.map((run) => run.moduleLoad)),
    modelLoad: median(runs.map((run) => run.modelLoad)),
  };
}
