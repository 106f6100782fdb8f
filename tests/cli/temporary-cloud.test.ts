/** Nothing that a command's own cloud kept outlives the command, whichever way it ends. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { temporaryCloud } from '../../local/cli/support/temporary-cloud';

const ROOT = resolve(__dirname, '../..');
const OPTIONS = { functionsDir: join(ROOT, 'dist/cloudfunctions') };

let parent: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'temporary-cloud-'));
});
afterEach(() => {
  rmSync(parent, { recursive: true, force: true });
});

/** A folder as a killed process leaves it. */
function leftBehind(): string {
  const folder = join(parent, 'graduation-photo-capture-old');
  for (const name of ['journal', 'objects']) mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, 'secret'), '');
  return folder;
}

test('goes with its closing, and listens to no signal any more', async () => {
  const listeners = process.listenerCount('SIGINT');
  const { close } = await temporaryCloud(OPTIONS, parent);
  expect(readdirSync(parent)).toHaveLength(1);
  await close();
  expect(readdirSync(parent)).toEqual([]);
  expect(process.listenerCount('SIGINT')).toBe(listeners);
});

test('what a killed process left goes; another command’s cloud and folders of other programs stay', async () => {
  const other = await temporaryCloud(OPTIONS, parent);
  const old = leftBehind();
  mkdirSync(join(parent, 'capture-backup'));
  const before = readdirSync(parent).length;
  const { close } = await temporaryCloud(OPTIONS, parent);
  expect(existsSync(old)).toBe(false);
  expect(readdirSync(parent)).toHaveLength(before);
  await close();
  await other.close();
  expect(readdirSync(parent)).toEqual(['capture-backup']);
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)('%s closes and removes it', async (signal, exitCode) => {
  const program = `
    const { temporaryCloud } = require('./local/cli/support/temporary-cloud');
    void temporaryCloud(${JSON.stringify(OPTIONS)}, ${JSON.stringify(parent)}).then(() => console.log('open'));
  `;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=commonjs', '--eval', program], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  expect(readdirSync(parent)).toHaveLength(1);
  child.kill(signal);
  expect(await once(child, 'exit')).toEqual([exitCode, null]);
  expect(readdirSync(parent)).toEqual([]);
});
