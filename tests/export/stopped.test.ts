import { moments } from '../support/export-moments';
import { proceedExport } from '../../cloudfunctions/export/proceed-export';
import { NO_VOLUME_DONE } from '../../cloudfunctions/export/export-document';
import { filesOfPackage } from '../../cloudfunctions/export/clear-package';
import { cancelExport } from '../../cloudfunctions/export/use-package';
import { collection } from '../../cloudfunctions/platform/database';
import { withPhoto } from '../support/accepted-builder';
import { aCall } from '../support/call-builder';
import { exists } from '../support/graduate-builder';
import { finishPackage, newPhotosOf, startPackage, storedPackage } from '../support/package-builder';
import { refusalOf } from '../support/refusal';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';
import { storedBatch, storedSubmission } from '../support/submission-builder';

let testCloud: TestCloud;
beforeAll(async () => {
  testCloud = await startTestCloud();
});
afterAll(() => testCloud.close());

async function aPackageOfOne() {
  const batch = await storedBatch();
  const submission = await withPhoto(batch, '1');
  return { batch, submission, job: await startPackage(batch, newPhotosOf(batch)) };
}

describe('a package that is stopped', () => {
  test.each(['.zip', '.json', '.csv'])(
    'while its %s is stored leaves its photos to the next one, and no file',
    async (extension) => {
      const { batch, submission, job } = await aPackageOfOne();
      const happens = async () => {
        await cancelExport(aCall(), await storedPackage(job));
      };
      moments.storing = { extension, happens };
      expect(await refusalOf(proceedExport(aCall(), job.id))).toBe('CONFLICT');
      const stopped = await storedPackage(job);
      expect(stopped.state).toBe('cancelled');
      // The paths are still known: a worker that died would have left its file to the housekeeping.
      const files = filesOfPackage(stopped);
      expect(files.length).toBeGreaterThan(0);
      expect(await Promise.all(files.map(exists))).not.toContain(true);
      expect((await storedSubmission(submission._id)).state).toBe('accepted');
      expect(await startPackage(batch, newPhotosOf(batch))).toMatchObject({ photos: 1 });
    },
  );

  test('is not stopped half-way through handing its photos over', async () => {
    const { submission, job } = await aPackageOfOne();
    // What a worker leaves that died right after it had recorded the manifests.
    const dead = { state: 'closing', working: null, handedOver: NO_VOLUME_DONE } as const;
    await finishPackage(job);
    await collection('exports').update(job.id, dead);
    await collection('submissions').update(submission._id, { state: 'accepted' });
    expect(await refusalOf(async () => cancelExport(aCall(), await storedPackage(job)))).toBe('CONFLICT');
    const { manifests } = await storedPackage(job);
    expect(await finishPackage(job)).toMatchObject({ state: 'finished' });
    expect((await storedPackage(job)).manifests).toEqual(manifests);
    expect((await storedSubmission(submission._id)).state).toBe('exported');
    expect(await cancelExport(aCall(), await storedPackage(job))).toMatchObject({ state: 'cancelled' });
    expect((await storedSubmission(submission._id)).state).toBe('accepted');
  });
});
