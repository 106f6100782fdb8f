/** The converted models compute what the originals define: same input, reference executor against ONNX Runtime. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type ModelName,
  type PlanarPicture,
} from '../../../../cloudfunctions/photo-engine/inference/model-runtime';
import { splitBytePlanes } from '../../../../cloudfunctions/photo-engine/inference/byte-planes';
import { PicturePyramid } from '../../../../cloudfunctions/photo-engine/inference/picture-pyramid';
import { type Region, sampleRegion } from '../../../../cloudfunctions/photo-engine/inference/sample-region';
import { WASM_BINARY, wasmRuntime } from '../../../../cloudfunctions/photo-engine/inference/wasm-runtime';
import { convertToOnnx } from '../../../../local/build/models/convert-to-onnx';
import { MODELS } from '../../../../local/build/models/model-sources';
import { readMessage } from '../../../../local/protobuf/protobuf-wire';
import { readModelSource } from '../../../../local/build/models/read-model-source';
import { readTfliteModel, type TfliteModel } from '../../../../local/build/models/tflite-model';
import { MODEL_FOLDER, testModelRuntime } from '../../../support/model-runtime';
import { portrait } from '../../../support/portrait';
import { executeTflite } from './reference-executor';

const runtime = testModelRuntime();

function modelOf(name: ModelName): {
  model: TfliteModel;
  recipe: (typeof MODELS)[number]['recipe'];
  side: number;
} {
  const { source, recipe } = MODELS.find((entry) => entry.recipe.name === name)!;
  const model = readTfliteModel(readModelSource(source).bytes);
  return { model, recipe, side: model.tensors[model.inputs[0]!]!.shape[1]! };
}

/** Planes as rows of pixels, the order of the original models. */
function asRows({ planes, width, height }: PlanarPicture): Float32Array {
  const area = width * height;
  return Float32Array.from(planes, (_, i) => planes[(i % 3) * area + Math.floor(i / 3)]!);
}

/** Around the face of f1_front.jpg, as the mesh looks; with the face cut by the region's edge; the whole picture. */
const FACE: Region = { centreX: 447, centreY: 560, width: 600, height: 600, rotation: 0.05 };
const CUT_FACE: Region = { ...FACE, centreX: 620, centreY: 760, rotation: -0.3 };
const WHOLE: Region = { centreX: 450, centreY: 600, width: 1200, height: 1200, rotation: 0 };
/** The picture's own 900 × 1200 pixels, as a second look sees what is framed: person-parts was trained on stretched pictures. */
const STRETCHED: Region = { centreX: 450, centreY: 600, width: 900, height: 1200, rotation: 0 };

describe('converted models', () => {
  it.each<[ModelName, string, Region, number, number]>([
    // Largest difference allowed, in the unit of the output: logits, or pixels of the model's picture.
    ['face-detector', 'the whole picture', WHOLE, -1, 1e-3],
    ['face-mesh', 'a face', FACE, 0, 1e-2],
    ['face-mesh', 'a face cut by the edge', CUT_FACE, 0, 1e-2],
    ['person-mask', 'the whole picture', WHOLE, 0, 1e-2],
  ])('%s gives the reference’s numbers for %s', async (name, _, region, black, tolerance) => {
    const { model, recipe, side } = modelOf(name);
    const picture = lookAt(region, side, black);
    const expected = executeTflite(model, asRows(picture));
    const computed = await (await runtime.model(name)).run(picture);
    for (const { tensor, name: output, shape } of recipe.outputs) {
      const reference = expected.get(tensor)!;
      const values = computed[output]!;
      expect(values).toHaveLength(reference.length);
      // The detector's boxes stay in planes: sixteen values, each for all anchors.
      const planes = output === 'boxes' ? shape[0]! : 1;
      expect(largestDifference(asPlanes(reference, planes), values)).toBeLessThan(tolerance);
    }
  });

  it(
    'person-parts gives the reference’s numbers in single precision, and nearly so as it is stored',
    async () => {
      const { model, recipe, side } = modelOf('person-parts');
      const picture = lookAt(STRETCHED, side, -1);
      const reference = asPlanes(executeTflite(model, asRows(picture)).get('Identity')!, PARTS);
      expect(recipe.eightBitWeights).toBe(true);
      const whole = convertToOnnx(model, { ...recipe, eightBitWeights: false }).serialise('test');
      const exact = wasmRuntime((file) =>
        file === WASM_BINARY ? readFile(join(MODEL_FOLDER, file)) : Promise.resolve(splitBytePlanes(whole)),
      );
      const { logits: single } = await (await exact.model('person-parts')).run(picture);
      expect(largestDifference(reference, single!)).toBeLessThan(1e-2);

      // On four studio portraits 0.0002 on average (measured 2026-11).
      const { logits: stored } = await (await runtime.model('person-parts')).run(picture);
      expect(averageDifference(personShares(reference), personShares(stored!))).toBeLessThan(1.2e-4);
      expect(averageDifference(likeliestParts(reference), likeliestParts(stored!), differ)).toBeLessThan(
        5e-4,
      );
    },
    // The reference takes 7 s for these 4.1 billion products on one core, and the machine may be busy.
    60_000,
  );

  it.each(MODELS.map(({ recipe }) => recipe.name))('%s uses the standard operator set only', (name) => {
    const { model, recipe } = modelOf(name);
    const file = readMessage(convertToOnnx(model, recipe).serialise('test'));
    const operatorSets = file
      .filter(({ field }) => field === 8)
      .map(({ value }) => readMessage(value as Uint8Array));
    const domains = operatorSets.map((set) =>
      new TextDecoder().decode(set.find(({ field }) => field === 1)!.value as Uint8Array),
    );
    expect(domains).toEqual(['']);
  });

  it('widens weights just before they are read: ahead of all other nodes in the file', () => {
    const { model, recipe } = modelOf('person-parts');
    const kinds = nodesOf(convertToOnnx(model, recipe).serialise('test'));
    const widenings = kinds.filter((kind) => kind === 'DequantizeLinear').length;
    expect(widenings).toBeGreaterThan(30);
    expect(kinds.slice(0, widenings).every((kind) => kind === 'DequantizeLinear')).toBe(true);
  });

  it('ends person-parts with one convolution that gives the classes of four pixels at once', () => {
    const { model, recipe } = modelOf('person-parts');
    const kinds = nodesOf(convertToOnnx(model, recipe).serialise('test'));
    expect(kinds.slice(-3)).toEqual(['Conv', 'DepthToSpace', 'Reshape']);
  });

  it('has no Transpose of a picture left, but where the original itself folds its picture', () => {
    const { model, recipe } = modelOf('person-mask');
    expect(Buffer.from(convertToOnnx(model, recipe).serialise('test')).includes('Transpose')).toBe(false);
  });

  it('refuses to ask for a tensor that the model does not have', () => {
    const { model, recipe } = modelOf('person-mask');
    const outputs = [{ tensor: 'hair', name: 'hair', shape: [1] }];
    expect(() => convertToOnnx(model, { ...recipe, outputs })).toThrow(/no tensor hair/);
  });
});

/** The operators of an .onnx file in its order: GraphProto.node is field 1 of ModelProto.graph (7), op_type is 4. */
function nodesOf(file: Uint8Array): string[] {
  const fieldsOf = (bytes: number | Uint8Array, wanted: number): (number | Uint8Array)[] =>
    readMessage(bytes as Uint8Array)
      .filter(({ field }) => field === wanted)
      .map(({ value }) => value);
  return fieldsOf(file, 7)
    .flatMap((graph) => fieldsOf(graph, 1))
    .map((node) => new TextDecoder().decode(fieldsOf(node, 4)[0] as Uint8Array));
}

/** Background, hair, body skin, face skin, clothes, others. */
const PARTS = 6;

/** What a model of that side sees of f1_front.jpg. */
function lookAt(region: Region, side: number, black: number): PlanarPicture {
  const pyramid = new PicturePyramid(portrait('f1_front.jpg'));
  return sampleRegion(pyramid, region, { width: side, height: side, black, white: 1, outside: 'edge' });
}

/** `planes` values for each of many places, place by place → plane by plane. */
function asPlanes(rows: Float32Array, planes: number): Float32Array {
  const area = rows.length / planes;
  return rows.map((_, i) => rows[(i % area) * planes + Math.floor(i / area)]!);
}

function largestDifference(one: Float32Array, other: Float32Array): number {
  return one.reduce((largest, value, i) => Math.max(largest, Math.abs(value - other[i]!)), 0);
}

function averageDifference(
  one: Float32Array,
  other: Float32Array,
  difference = (a: number, b: number): number => Math.abs(a - b),
): number {
  return one.reduce((sum, value, i) => sum + difference(value, other[i]!), 0) / one.length;
}

const differ = (a: number, b: number): number => (a === b ? 0 : 1);

/** The logits of all parts at one pixel, for every pixel. */
function eachPixel(logits: Float32Array, rule: (parts: number[]) => number): Float32Array {
  const area = logits.length / PARTS;
  return Float32Array.from({ length: area }, (_, i) =>
    rule(Array.from({ length: PARTS }, (__, part) => logits[part * area + i]!)),
  );
}

/** How sure the model is that a pixel shows the person: the sigmoid of twice the lead of its likeliest part. */
function personShares(logits: Float32Array): Float32Array {
  return eachPixel(
    logits,
    ([background, ...parts]) => 1 / (1 + Math.exp(2 * (background! - Math.max(...parts)))),
  );
}

function likeliestParts(logits: Float32Array): Float32Array {
  return eachPixel(logits, (parts) => parts.indexOf(Math.max(...parts)));
}
