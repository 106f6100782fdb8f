/**
 * The real models for tests: built into dist/models when they are missing or out of date (0.3 s when not),
 * run by the portable library. Refuses nothing; a test that needs it fails when the packages are missing.
 */
import { resolve } from 'node:path';
import { createModelRuntime } from '../../cloudfunctions/photo-engine/inference/create-model-runtime';
import { type ModelRuntime } from '../../cloudfunctions/photo-engine/inference/model-runtime';
import { buildModels } from '../../local/build/models/model-folder';

/** The folder that the build writes. */
export const MODEL_FOLDER = resolve(__dirname, '../../dist/models');

export function testModelRuntime(): ModelRuntime {
  buildModels(MODEL_FOLDER);
  return createModelRuntime(MODEL_FOLDER);
}
