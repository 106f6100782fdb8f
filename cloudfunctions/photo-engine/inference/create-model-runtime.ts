/**
 * Chooses the inference library by the setting INFERENCE_BACKEND and reads the models from a folder.
 * Refuses unknown settings instead of falling back silently: a typing error must not cost the speed.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type InferenceBackend, type ModelRuntime, type ReadModelFile } from './model-runtime';
import { nativeRuntime } from './native-runtime';
import { wasmRuntime } from './wasm-runtime';

/** `undefined` and the empty string mean wasm. Throws Error on any other unknown word. */
export function inferenceBackend(setting: string | undefined): InferenceBackend {
  if (setting === undefined || setting === '' || setting === 'wasm') return 'wasm';
  if (setting === 'native') return 'native';
  throw new Error(`INFERENCE_BACKEND must be wasm or native, not ${setting}`);
}

/** A runtime over a folder that holds the models' files and, for wasm, the library's binary. */
export function createModelRuntime(folder: string, backend: InferenceBackend = 'wasm'): ModelRuntime {
  const read: ReadModelFile = (file) => readFile(join(folder, file));
  return backend === 'native' ? nativeRuntime(read) : wasmRuntime(read);
}
