/**
 * ONNX Runtime compiled to WebAssembly: the default, because it runs on every Node the cloud offers.
 * One thread, so no workers start; the wasm-only build, so no WebGPU code is carried. It refuses to
 * fetch: its binary is handed over as bytes.
 */
import * as ort from 'onnxruntime-web/wasm';
import { loadOnce } from './model-cache';
import { type ModelRuntime, type ReadModelFile } from './model-runtime';
import { ortModel } from './ort-model';

/** The smallest binary of onnxruntime-web that serves the wasm-only build (14 MB, 3.4 MB zipped). */
export const WASM_BINARY = 'ort-wasm-simd-threaded.wasm';

/** A runtime whose files come from `read`; nothing is read before the first model is asked for. */
export function wasmRuntime(read: ReadModelFile): ModelRuntime {
  let ready: Promise<void> | undefined;
  const prepare = async (): Promise<void> => {
    ort.env.wasm.numThreads = 1;
    ort.env.wasm.proxy = false;
    ort.env.wasm.wasmBinary ??= await read(WASM_BINARY);
  };
  return {
    backend: 'wasm',
    library: `onnxruntime-web ${ort.env.versions.web ?? ort.env.versions.common}`,
    model: loadOnce(async (name) => {
      await (ready ??= prepare());
      const bytes = await read(`${name}.onnx`);
      const session = await ort.InferenceSession.create(bytes, {
        executionProviders: ['wasm'],
        graphOptimizationLevel: 'all',
      });
      return ortModel(session, (data, shape) => new ort.Tensor('float32', data, shape));
    }),
  };
}
