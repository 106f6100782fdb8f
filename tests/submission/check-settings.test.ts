/** A batch's changes to the checks: in force when a photo is judged, and kept with its verdict. */
import { type PhotoDocument } from '../../cloudfunctions/submission/photo-document';
import { submitPhoto } from '../../cloudfunctions/submission/submit-photo/submit-photo';
import { collection } from '../../cloudfunctions/platform/database';
import { type DevelopOptions } from '../../cloudfunctions/photo-engine/develop-options';
import { type CheckSettings, rulesFor } from '../../miniprogram/shared/batch/check-settings';
import { CHECK_RULES } from '../../miniprogram/shared/verdict/check-rules';
import { aCall } from '../support/call-builder';
import { fakeEngineThatDevelops } from '../support/fake-photo-engine';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';
import { anUpload, boundSubmission, storedBatch } from '../support/submission-builder';

let testCloud: TestCloud;
beforeAll(async () => {
  testCloud = await startTestCloud();
});
afterAll(() => testCloud.close());

const settings: CheckSettings = {
  onlyWarn: ['sharp'],
  overrides: {
    'even-light': {
      measures: {
        cheeks: { allowed: { max: 0.3 }, tolerated: { max: 0.6 }, evidence: '80 photos of two phones' },
      },
    },
  },
};

async function judgedIn(checkSettings: CheckSettings | undefined) {
  const call = aCall();
  const batch = await storedBatch(checkSettings && { checkSettings });
  const { _id: submissionId } = await boundSubmission(call, batch);
  const seen: DevelopOptions[] = [];
  const engine = fakeEngineThatDevelops();
  const { photo } = await submitPhoto(
    call,
    { submissionId, ...(await anUpload(call)), ticks: [] },
    {
      develop: (bytes, options) => {
        seen.push(options);
        return engine.develop(bytes, options);
      },
    },
  );
  const stored = await collection<PhotoDocument>('photos').get(photo.id);
  return { rules: seen[0]!.rules, stored: stored!.checkSettings };
}

test('a batch that changed nothing is judged by the rules for everybody', async () => {
  const { rules, stored } = await judgedIn(undefined);
  expect(rules).toEqual(CHECK_RULES);
  expect(stored).toEqual({ onlyWarn: [] });
});

test('what a batch changed is in force and kept with the photo', async () => {
  const { rules, stored } = await judgedIn(settings);
  expect(rules.sharp.severity).toBe('warn');
  expect(rules['even-light'].measures.cheeks).toMatchObject({
    allowed: { max: 0.3 },
    tolerated: { max: 0.6 },
  });
  expect(rules['head-roll']).toEqual(CHECK_RULES['head-roll']);
  expect(stored).toEqual(settings);
});

test('an override that the program no longer leaves open falls back to the rule for everybody', () => {
  const rules = rulesFor({
    onlyWarn: [],
    overrides: {
      ...settings.overrides,
      'head-yaw': { measures: { yaw: { tolerated: { min: -40, max: 40 }, evidence: 'an older version' } } },
    },
  });
  expect(rules['head-yaw']).toEqual(CHECK_RULES['head-yaw']);
  expect(rules['even-light'].measures.cheeks!.allowed).toEqual({ max: 0.3 });
});
