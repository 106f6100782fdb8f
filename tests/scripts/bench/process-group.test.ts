/** Measurements must not compute beside each other: a section's processes end with it. */
import { runInOwnGroup } from '../../../scripts/bench/process-group';

const node = (script: string) => runInOwnGroup(process.execPath, ['-e', script], __dirname);

it('passes the exit status on', async () => {
  expect(await node('process.exit(3)')).toEqual({ status: 3, leftBehind: false });
});

it('ends what a command leaves behind, and says so', async () => {
  const script = `
    const { spawn } = require('node:child_process');
    spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' }).unref();
  `;
  expect(await node(script)).toEqual({ status: 0, leftBehind: true });
  expect(await node('')).toEqual({ status: 0, leftBehind: false });
});

it('a command that does not exist is an error', async () => {
  await expect(runInOwnGroup('no-such-command-here', [], __dirname)).rejects.toThrow('ENOENT');
});
