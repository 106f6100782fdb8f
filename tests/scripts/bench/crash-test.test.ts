// kill −9 under load, briefly; `npx tsx scripts/bench/crash-test.ts` does it ten times.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCloudClient } from '../../../local/cloud/cloud-client';
import { startCloudProcess } from '../../../scripts/bench/cloud-process';
import { runCrashTest } from '../../../scripts/bench/crash-test';

test('two kills under load lose nothing that was acknowledged and tear nothing', async () => {
  const report = await runCrashTest(2);
  expect(report).toMatchObject({ rounds: 2, lost: 0, torn: 0 });
  expect(report.acknowledged).toBeGreaterThan(20);
});

test('function instances do not outlive a killed cloud, and the folder is free again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'orphan-test-'));
  mkdirSync(join(folder, 'functions', 'pid'), { recursive: true });
  writeFileSync(join(folder, 'functions', 'pid', 'index.js'), 'exports.main = () => process.pid;');
  const options = {
    dataDir: join(folder, 'data'),
    functionsDir: join(folder, 'functions'),
    compactAfterBytes: 1e6,
  };
  try {
    const cloud = await startCloudProcess(options);
    const { result } = await createCloudClient({ url: cloud.url, openid: 'me' }).callFunction('pid', {});
    await cloud.kill();
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(isRunning(result as number)).toBe(false);
    await (await startCloudProcess(options)).kill();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** A process that ended but was not collected by its new parent (containers often have none) counts as ended. */
function isRunning(pid: number): boolean {
  const status = `/proc/${pid}/stat`;
  if (existsSync('/proc/self/stat'))
    return existsSync(status) && !/\) [ZX] /.test(readFileSync(status, 'utf8'));
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
