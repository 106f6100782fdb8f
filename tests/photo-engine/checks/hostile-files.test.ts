/** Broken and hostile files get a verdict or a code, never a bug; the long run is scripts/quality/robustness.ts. */
import { createPhotoEngine } from '../../../cloudfunctions/photo-engine/photo-engine';
import { ERROR_CODES } from '../../../miniprogram/shared/errors';
import { answerTo, seedFiles } from '../../../scripts/quality/answer-to';
import { hostileFile } from '../../../scripts/quality/hostile-files';
import { MODEL_FOLDER } from '../../support/model-runtime';

const FILES = 200;

test(`${FILES} broken files: each a verdict or a coded refusal`, async () => {
  const engine = createPhotoEngine({ modelFolder: MODEL_FOLDER });
  const seeds = seedFiles();
  const known: readonly string[] = ['developed', 'blocked', ...ERROR_CODES];
  const unknown: string[] = [];
  for (let i = 0; i < FILES; i++) {
    const { outcome } = await answerTo(engine, hostileFile(i, seeds));
    if (!known.includes(outcome)) unknown.push(`file ${i}: ${outcome}`);
  }
  expect(unknown).toEqual([]);
}, 120_000);

test('the row of broken files is the same every time', () => {
  const seeds = seedFiles();
  for (const index of [0, 1, 2, 6, 7, 8]) {
    expect(hostileFile(index, seeds).equals(hostileFile(index, seeds))).toBe(true);
  }
});
