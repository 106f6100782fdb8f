import { type ExportWorker } from '../../cloudfunctions/export/export-worker';
import { proceedExport } from '../../cloudfunctions/export/proceed-export';
import { proceedUnfinished } from '../../cloudfunctions/export/proceed-unfinished';
import { collection } from '../../cloudfunctions/platform/database';
import { type CallRecord } from '../../cloudfunctions/platform/log';
import { withPhoto } from '../support/accepted-builder';
import { aCall, later } from '../support/call-builder';
import { finishPackage, packageFiles, startPackage, storedPackage } from '../support/package-builder';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';
import { storedBatch } from '../support/submission-builder';

let testCloud: TestCloud;
let lost: string | null;
beforeEach(async () => {
  lost = null;
  testCloud = await startTestCloud({
    uploadTrouble: (path) => (lost !== null && path.endsWith(lost) ? { status: 503, body: '' } : null),
  });
});
afterEach(() => testCloud.close());

const HOUR = 3600;

const timer = (): ExportWorker => aCall({ openid: 'timer' });
const silent = () => undefined;

async function aPackage(call = aCall()) {
  const batch = await storedBatch();
  await withPhoto(batch, '202199990001');
  return { job: await startPackage(batch, {}, call) };
}

/** What goes into it is not written anywhere any more: a bug or damage that people must see. */
async function aPackageThatFails(call = aCall()) {
  const { job } = await aPackage(call);
  await collection('export_volumes').removeWhere({ exportId: job.id });
  return job;
}

const stateOf = async (job: Parameters<typeof storedPackage>[0]) => (await storedPackage(job)).state;

describe('the timer', () => {
  test('finishes what was left', async () => {
    const jobs = [(await aPackage()).job, (await aPackage()).job];
    expect(await proceedUnfinished(timer(), silent)).toEqual({ proceeded: 2 });
    expect(await Promise.all(jobs.map(stateOf))).toEqual(['finished', 'finished']);
    expect(await proceedUnfinished(timer(), silent)).toEqual({ proceeded: 0 });
  });

  test('goes on with the others when a package fails, and logs the failure without anything personal', async () => {
    const failing = await aPackageThatFails();
    const { job } = await aPackage();
    const lines: string[] = [];
    const worker = timer();
    expect(await proceedUnfinished(worker, (line) => lines.push(line))).toEqual({ proceeded: 1 });
    expect(await Promise.all([failing, job].map(stateOf))).toEqual(['packing', 'finished']);
    expect(lines.map((line) => JSON.parse(line) as CallRecord)).toMatchObject([
      {
        requestId: worker.requestId,
        function: 'exporter',
        action: 'timer:proceed',
        code: 'INTERNAL',
        error: { message: 'a volume of a package is missing' },
      },
    ]);
    expect(lines.join()).not.toMatch(/202199990001|张小三/);
  });

  test.each([
    ['longer', -2 * HOUR],
    ['not as long', 0],
  ])('finds what waits beside any number of packages that fail and have waited %s', async (_, seconds) => {
    const { job } = await aPackage(later(aCall(), -HOUR));
    for (let number = 0; number < 21; number += 1) await aPackageThatFails(later(aCall(), seconds));
    await proceedUnfinished(timer(), silent);
    await proceedUnfinished(timer(), silent);
    expect(await stateOf(job)).toBe('finished');
  });

  test('leaves a package alone that somebody works on', async () => {
    const { job } = await aPackage();
    const working = { token: 'of somebody', until: later(aCall(), 60).now };
    await collection('exports').update(job.id, { working });
    expect(await proceedUnfinished(timer(), silent)).toEqual({ proceeded: 0 });
    expect(await storedPackage(job)).toMatchObject({ state: 'packing', working });
  });
});

test.each([
  ['a volume', '.zip', 'packing'],
  ['a list of its photos', '.csv', 'closing'],
] as const)(
  'a package waits for %s that the storage seems to have taken and lost',
  async (_, file, state) => {
    const { job } = await aPackage();
    lost = file;
    await expect(proceedExport(aCall(), job.id)).rejects.toThrow('Storage has nothing');
    expect(await storedPackage(job)).toMatchObject({ state, working: null, manifests: [] });
    lost = null;
    await finishPackage(job);
    expect([...(await packageFiles(job.id)).keys()]).toEqual([
      'photos-1-of-1.zip',
      'manifest.json',
      'manifest.csv',
    ]);
  },
);
