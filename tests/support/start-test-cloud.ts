/**
 * One embedded cloud per test file, with the real bundled functions and the real SDK. The functions are built once
 * per run (tests/support/build-once.ts); the demonstration's keys are set, its batches are not: a test makes its own. Timers fire when the test does it, whatever the clock says.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Person, personOn } from './person';
import { type CloudOptions, type RunningCloud, startCloud } from '../../local/cloud/start-cloud';
import { demonstrationEnvironment } from '../../local/demo/demonstration';
import { useAdministrator } from '../../local/demo/use-administrator';

export interface TestCloud {
  readonly cloud: RunningCloud;
  /** Somebody with a phone; a new one each time unless named. */
  person(openid?: string): Person;
  close(): Promise<void>;
}

export interface TestCloudOptions extends Partial<CloudOptions> {
  /** Added to the functions' environment. */
  readonly variables?: Readonly<Record<string, string>>;
}

/** Starts a cloud in a temporary folder; this process becomes its administrator (`collection(…)` works). */
export async function startTestCloud(options: TestCloudOptions = {}): Promise<TestCloud> {
  const folder = mkdtempSync(join(tmpdir(), 'test-cloud-'));
  const { variables, ...cloudOptions } = options;
  const cloud = await startCloud({
    dataDir: folder,
    functionsDir: join(__dirname, '../../dist/cloudfunctions'),
    timers: false,
    environment: () => ({ ...demonstrationEnvironment(), ...variables }),
    ...cloudOptions,
  });
  useAdministrator(cloud);
  let people = 0;
  return {
    cloud,
    person: (openid = `person-${(people += 1)}`) => personOn(cloud, openid),
    close: async () => {
      await cloud.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
