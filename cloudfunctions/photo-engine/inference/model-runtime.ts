/**
 * How the engine runs a model: name in, planes in, numbers out. The engine's stages know only these
 * types, so that the library behind them (wasm by default, native by a setting) can change without
 * them. Nothing here reads a network address: models and the wasm binary come as bytes from the caller.
 */

import { joinBytePlanes } from './byte-planes';
import { releaseBytes } from './release-bytes';

/** The models that `local/build/models` builds, as ONNX. */
export const MODEL_NAMES = ['face-detector', 'face-mesh', 'person-mask', 'person-parts'] as const;
export type ModelName = (typeof MODEL_NAMES)[number];

/** The library that computes: 'wasm' runs on any Node, 'native' needs glibc ≥ 2.28 and its own package. */
export type InferenceBackend = 'wasm' | 'native';

/** A picture as planes, one after the other: red, green, blue, each `height` rows, in the model's own range. */
export interface PlanarPicture {
  readonly planes: Float32Array;
  readonly width: number;
  readonly height: number;
}

export interface Model {
  /** The model's outputs by name, as the recipe in local/build/models names them. Fresh arrays on every call. */
  run(picture: PlanarPicture): Promise<Readonly<Record<string, Float32Array>>>;
}

export interface ModelRuntime {
  readonly backend: InferenceBackend;
  /** Name and version of the library, for the record of a photo. */
  readonly library: string;
  /** Loads a model at the first call and keeps it. Rejects with Error when its file is missing or damaged. */
  model(name: ModelName): Promise<Model>;
}

/**
 * Gives the bytes of one file of `dist/models` (or of a function's folder, where they lie side by side), anew at each
 * call: they are released as soon as they are loaded.
 */
export type ReadModelFile = (file: string) => Promise<Uint8Array>;

/** Name of a model's file, which holds the .onnx split into byte planes (see byte-planes.ts). */
export function modelFile(name: ModelName): string {
  return `${name}.onnx.planes`;
}

/** The model's ONNX bytes, the caller's own. */
export async function readModel(read: ReadModelFile, name: ModelName): Promise<Uint8Array> {
  const planes = await read(modelFile(name));
  const model = joinBytePlanes(planes);
  releaseBytes(planes);
  return model;
}

/** The named output, or an Error that says which model broke its contract. */
export function outputOf(
  outputs: Readonly<Record<string, Float32Array>>,
  name: string,
  length: number,
): Float32Array {
  const values = outputs[name];
  if (values?.length !== length) {
    throw new Error(`model output ${name} has ${values?.length ?? 'no'} values, expected ${length}`);
  }
  return values;
}
