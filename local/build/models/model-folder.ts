/**
 * Builds `dist/models`: the models as ONNX split into byte planes, the wasm binary of ONNX Runtime that runs
 * them, and a manifest with hashes and origins. Unchanged inputs cost no work, and the same inputs always give
 * the same bytes.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { splitBytePlanes } from '../../../cloudfunctions/photo-engine/inference/byte-planes';
import { modelFile } from '../../../cloudfunctions/photo-engine/inference/model-runtime';
import { convertToOnnx } from './convert-to-onnx';
import { MODELS, type ModelSource, WASM_RUNTIME_SOURCE } from './model-sources';
import { ONNX_OPSET } from './onnx-graph';
import { readModelSource } from './read-model-source';
import { readTfliteModel } from './tflite-model';

const PRODUCER = 'graduation-photo-capture';
export const MANIFEST = 'manifest.json';
const FILE_FORM = '../../../cloudfunctions/photo-engine/inference/byte-planes.ts';
const WIRE_FORMAT = '../../protobuf/protobuf-wire.ts';

export interface ModelManifest {
  /** Hash over the sources and the converter: what decides whether anything has to be built. */
  readonly inputs: string;
  readonly opset: number;
  readonly models: readonly {
    readonly name: string;
    readonly file: string;
    readonly bytes: number;
    readonly sha256: string;
    readonly source: {
      readonly package: string;
      readonly version: string;
      readonly file: string;
      readonly sha256: string;
    };
    readonly licence: 'Apache-2.0';
  }[];
  /** The binary that onnxruntime-web needs beside the models (MIT). */
  readonly runtime: {
    readonly file: string;
    readonly bytes: number;
    readonly sha256: string;
    readonly version: string;
  };
}

/** Builds what is missing or out of date in `outDir`; gives the manifest and whether anything was built. */
export function buildModels(outDir: string): { readonly manifest: ModelManifest; readonly built: boolean } {
  const sources = MODELS.map(({ source, recipe }) => ({ source, recipe, ...readModelSource(source) }));
  const wasm = readModelSource(WASM_RUNTIME_SOURCE);
  const inputs = sha256(...sources.map(({ bytes }) => bytes), wasm.bytes, ...converterFiles());
  const known = upToDate(outDir, inputs);
  if (known) return { manifest: known, built: false };

  mkdirSync(outDir, { recursive: true });
  const models = sources.map(({ source, recipe, bytes, version }) => {
    const onnx = convertToOnnx(readTfliteModel(bytes), recipe).serialise(PRODUCER);
    const file = modelFile(recipe.name);
    const content = splitBytePlanes(onnx);
    writeWhole(join(outDir, file), content);
    return {
      name: recipe.name,
      file,
      bytes: content.length,
      sha256: sha256(content),
      source: { package: source.package, version, file: fileOf(source), sha256: sha256(bytes) },
      licence: 'Apache-2.0' as const,
    };
  });
  const runtime = {
    file: WASM_RUNTIME_SOURCE.name,
    bytes: wasm.bytes.length,
    sha256: sha256(wasm.bytes),
    version: wasm.version,
  };
  writeWhole(join(outDir, runtime.file), wasm.bytes);
  const manifest: ModelManifest = { inputs, opset: ONNX_OPSET, models, runtime };
  // Written last: a build that stopped half way is not taken for a finished one.
  writeWhole(join(outDir, MANIFEST), `${JSON.stringify(manifest, undefined, 2)}\n`);
  return { manifest, built: true };
}

/** Under another name first: whoever reads the folder at the same time sees the old file or the new one. */
function writeWhole(path: string, content: Uint8Array | string): void {
  const unfinished = `${path}.${process.pid}`;
  writeFileSync(unfinished, content);
  renameSync(unfinished, path);
}

function upToDate(outDir: string, inputs: string): ModelManifest | undefined {
  const path = join(outDir, MANIFEST);
  if (!existsSync(path)) return undefined;
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as ModelManifest;
  const whole = ({ file, sha256: expected }: { file: string; sha256: string }): boolean =>
    existsSync(join(outDir, file)) && sha256(readFileSync(join(outDir, file))) === expected;
  return manifest.inputs === inputs && [...manifest.models, manifest.runtime].every(whole)
    ? manifest
    : undefined;
}

/** The source text of the converter and of the forms that it writes: a changed converter is a changed input. */
function converterFiles(): Uint8Array[] {
  const own = readdirSync(__dirname).filter((name) => name.endsWith('.ts'));
  return [...own.sort(), FILE_FORM, WIRE_FORMAT].map((name) => readFileSync(join(__dirname, name)));
}

function fileOf({ file, packed }: ModelSource): string {
  return packed ? `${file}:${packed.path}` : file;
}

function sha256(...parts: readonly Uint8Array[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}
