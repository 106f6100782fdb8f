/**
 * ONNX Runtime compiled to WebAssembly: the default, because it runs on every Node the cloud offers.
 * One thread, so no workers start; the wasm-only build, so no WebGPU code is carried. It refuses to
 * fetch: its binary is handed over as bytes.
 */
import { setFlagsFromString } from 'node:v8';
import * as ort from 'onnxruntime-web/wasm';
import { inTurn } from './in-turn';
import { loadOnce } from './model-cache';
import { type ModelName, type ModelRuntime, readModel, type ReadModelFile } from './model-runtime';
import { ortModel } from './ort-model';
import { releaseBytes } from './release-bytes';

/** The smallest binary of onnxruntime-web that serves the wasm-only build (14 MB, 3.4 MB zipped). */
export const WASM_BINARY = 'ort-wasm-simd-threaded.wasm';

/**
 * How much a wasm function runs before V8 compiles it anew with its optimising compiler. On one core that
 * compiler competes with the work: with V8's own budget (1.8 MB) the first photo's models cost 1,300 ms of
 * processor time, with this 440 ms, and from the fifth photo on both take the same (measured on Node 20,
 * 2026-11, sessions and nine passes). The budget is read when a module is compiled, so it is put back at
 * once and other modules are not affected. V8 ignores the flag where it does not know it.
 */
const TIERING_BUDGET = 300_000_000;
const V8_TIERING_BUDGET = 1_800_000;

/**
 * Optimising the graph at load time costs 50 ms and more of every cold start and gains nothing measurable:
 * local/build/models already writes the graph in its final form. Only person-parts would run faster, by a twentieth, and its
 * weights, kept in eight bits, would be widened for good.
 * Switching off the library's arena or its memory pattern changes neither its time nor its memory. Packing the weights
 * anew at load time ("prepacking") keeps a second copy of them, 20 MB when all four models had theirs in single
 * precision, and makes no look faster on WebAssembly (measured 2026-11).
 */
const SESSION_OPTIONS = {
  executionProviders: ['wasm'],
  graphOptimizationLevel: 'disabled',
  extra: { session: { disable_prepacking: '1' } },
} as const;

/**
 * The library keeps one wasm instance per process and yields in the middle of its calls; two calls at once
 * disturb each other's stack (seen as "Cannot read properties of null" with three sessions at once). So
 * everything that enters it waits in one line.
 */
const enter = inTurn();
let started = false;

async function createSession(read: ReadModelFile, name: ModelName): Promise<ort.InferenceSession> {
  const model = await readModel(read, name);
  try {
    return started
      ? await ort.InferenceSession.create(model, SESSION_OPTIONS)
      : await firstSession(read, model);
  } finally {
    // The library has its own copy.
    releaseBytes(model);
  }
}

async function firstSession(read: ReadModelFile, model: Uint8Array): Promise<ort.InferenceSession> {
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.proxy = false;
  const binary = await read(WASM_BINARY);
  ort.env.wasm.wasmBinary = binary;
  setFlagsFromString(`--wasm-tiering-budget=${TIERING_BUDGET}`);
  try {
    const session = await ort.InferenceSession.create(model, SESSION_OPTIONS);
    started = true;
    return session;
  } finally {
    setFlagsFromString(`--wasm-tiering-budget=${V8_TIERING_BUDGET}`);
    delete ort.env.wasm.wasmBinary;
    // 14 MB that the library's closure would hold for good; V8 keeps a copy of its own.
    releaseBytes(binary);
  }
}

/** A runtime whose files come from `read`; nothing is read before the first model is asked for. */
export function wasmRuntime(read: ReadModelFile): ModelRuntime {
  return {
    backend: 'wasm',
    library: `onnxruntime-web ${ort.env.versions.web ?? ort.env.versions.common}`,
    model: loadOnce(async (name) => {
      const session = await enter(() => createSession(read, name));
      const model = ortModel(session, (data, shape) => new ort.Tensor('float32', data, shape));
      return { run: (picture) => enter(() => model.run(picture)) };
    }),
  };
}
