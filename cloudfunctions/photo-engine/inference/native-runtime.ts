/**
 * ONNX Runtime as a native addon: three to ten times faster, for systems with glibc ≥ 2.28 (a container).
 * The package is found at run time and never bundled, so that the portable function carries none of it.
 */
import { createRequire } from 'node:module';
// The web package declares the same interface; the native one is no dependency (docs/dependencies.md).
import type * as Ort from 'onnxruntime-web';
import { loadOnce } from './model-cache';
import { type ModelRuntime, readModel, type ReadModelFile } from './model-runtime';
import { ortModel } from './ort-model';

/** Throws Error when onnxruntime-node is not installed beside the function or does not fit the system. */
export function nativeRuntime(read: ReadModelFile): ModelRuntime {
  const ort = createRequire(__filename)('onnxruntime-node') as typeof Ort;
  return {
    backend: 'native',
    library: `onnxruntime-node ${ort.env.versions.node ?? ort.env.versions.common}`,
    model: loadOnce(async (name) => {
      const options = {
        executionProviders: ['cpu'],
        graphOptimizationLevel: 'all',
        intraOpNumThreads: 1,
        interOpNumThreads: 1,
      } as const;
      const session = await ort.InferenceSession.create(await readModel(read, name), options);
      return ortModel(session, (data, shape) => new ort.Tensor('float32', data, shape));
    }),
  };
}
