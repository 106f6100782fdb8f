/**
 * A photo engine that says what a test tells it to say, for use cases whose subject is not the picture: races,
 * crashes, limits. The real engine runs in tests/functions/photo.test.ts.
 */
import { createHash } from 'node:crypto';
import { aVerdict } from './verdict-builder';
import { type DevelopOutcome, type PhotoRecord } from '../../cloudfunctions/photo-engine/develop-outcome';
import { type PhotoEngine } from '../../cloudfunctions/photo-engine/photo-engine';
import { type CheckId } from '../../miniprogram/shared/verdict/check-ids';

export type FakePhotoEngine = Pick<PhotoEngine, 'develop'>;

const FAKE_RESULT = Buffer.from('a finished picture');

/** Finds every photo good. */
export function fakeEngineThatDevelops(): FakePhotoEngine {
  return {
    develop: (bytes) =>
      Promise.resolve<DevelopOutcome>({
        kind: 'developed',
        verdict: aVerdict(),
        jpeg: FAKE_RESULT,
        geometry: {
          widthPx: 480,
          heightPx: 640,
          densityDpi: 300,
          fileBytes: FAKE_RESULT.length,
          hairTopPx: 80,
          eyesPx: 240,
          chinPx: 415,
          faceWidthPx: 220,
          bodyWidthPx: 300,
          centreOffsetPx: 0,
        },
        record: recordOf(bytes),
      }),
  };
}

/** Blocks every photo for this reason. */
export function fakeEngineThatBlocks(reason: CheckId = 'sharp'): FakePhotoEngine {
  return {
    develop: (bytes) =>
      Promise.resolve({
        kind: 'blocked',
        verdict: aVerdict({ [reason]: 'blocked' }),
        record: recordOf(bytes),
      }),
  };
}

/** Fails with this error, as often as it is asked. */
export function fakeEngineThatThrows(error: Error): FakePhotoEngine {
  return { develop: () => Promise.reject(error) };
}

/** Lets something happen while the photo is being developed. */
export function fakeEngineDuringWhich(
  event: () => Promise<unknown>,
  engine: FakePhotoEngine = fakeEngineThatDevelops(),
): FakePhotoEngine {
  return {
    develop: async (bytes, options) => {
      await event();
      return engine.develop(bytes, options);
    },
  };
}

function recordOf(bytes: Uint8Array): PhotoRecord {
  return {
    originalSha256: createHash('sha256').update(bytes).digest('hex'),
    resultSha256: null,
    original: { format: 'jpeg', width: 1500, height: 2000, bytes: bytes.length },
    operations: [],
    engineVersion: 'fake',
    models: {},
    stageMilliseconds: {},
    peakMemoryMegabytes: 0,
  };
}
