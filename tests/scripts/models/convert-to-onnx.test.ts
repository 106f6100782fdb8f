/** The converted models compute what the originals define: same input, reference executor against ONNX Runtime. */
import {
  type ModelName,
  type PlanarPicture,
} from '../../../cloudfunctions/photo-engine/inference/model-runtime';
import { PicturePyramid } from '../../../cloudfunctions/photo-engine/inference/picture-pyramid';
import { type Region, sampleRegion } from '../../../cloudfunctions/photo-engine/inference/sample-region';
import { convertToOnnx } from '../../../scripts/models/convert-to-onnx';
import { MODELS } from '../../../scripts/models/model-sources';
import { readMessage } from '../../../scripts/models/protobuf-wire';
import { readModelSource } from '../../../scripts/models/read-model-source';
import { readTfliteModel, type TfliteModel } from '../../../scripts/models/tflite-model';
import { testModelRuntime } from '../../support/model-runtime';
import { portrait } from '../../support/portrait';
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

describe('converted models', () => {
  it.each<[ModelName, string, Region, number, number]>([
    // Largest difference allowed, in the unit of the output: logits, or pixels of the model's picture.
    ['face-detector', 'the whole picture', WHOLE, -1, 1e-3],
    ['face-mesh', 'a face', FACE, 0, 1e-2],
    ['face-mesh', 'a face cut by the edge', CUT_FACE, 0, 1e-2],
    ['person-mask', 'the whole picture', WHOLE, 0, 1e-2],
    ['person-parts', 'the whole picture', WHOLE, -1, 1e-2],
  ])('%s gives the reference’s numbers for %s', async (name, _, region, black, tolerance) => {
    const { model, recipe, side } = modelOf(name);
    const pyramid = new PicturePyramid(portrait('f1_front.jpg'));
    const picture = sampleRegion(pyramid, region, {
      width: side,
      height: side,
      black,
      white: 1,
      outside: 'edge',
    });
    const expected = executeTflite(model, asRows(picture));
    const computed = await (await runtime.model(name)).run(picture);
    for (const { tensor, name: output, shape } of recipe.outputs) {
      const reference = expected.get(tensor)!;
      const values = computed[output]!;
      expect(values).toHaveLength(reference.length);
      // What has a value for each of many places stays in planes: the detector's boxes, the person's parts.
      const planes = output === 'boxes' || name === 'person-parts' ? shape[0]! : 1;
      const area = reference.length / planes;
      const differences = reference.map((value, i) =>
        Math.abs(values[(i % planes) * area + Math.floor(i / planes)]! - value),
      );
      expect(Math.max(...chunkMaxima(differences))).toBeLessThan(tolerance);
    }
  });

  it.each(MODELS.map(({ recipe }) => recipe.name as ModelName))(
    '%s uses the standard operator set only',
    (name) => {
      const { model, recipe } = modelOf(name);
      const file = readMessage(convertToOnnx(model, recipe).serialise('test'));
      const operatorSets = file
        .filter(({ field }) => field === 8)
        .map(({ value }) => readMessage(value as Uint8Array));
      const domains = operatorSets.map((set) =>
        new TextDecoder().decode(set.find(({ field }) => field === 1)!.value as Uint8Array),
      );
      expect(domains).toEqual(['']);
    },
  );

  it('has no Transpose of a picture left', () => {
    const { model, recipe } = modelOf('person-mask');
    expect(Buffer.from(convertToOnnx(model, recipe).serialise('test')).includes('Transpose')).toBe(false);
  });

  it('refuses to ask for a tensor that the model does not have', () => {
    const { model, recipe } = modelOf('person-mask');
    const outputs = [{ tensor: 'hair', name: 'hair', shape: [1] }];
    expect(() => convertToOnnx(model, { ...recipe, outputs })).toThrow(/no tensor hair/);
  });
});

/** Math.max takes only so many arguments. */
function chunkMaxima(values: Float32Array): number[] {
  return Array.from({ length: Math.ceil(values.length / 1000) }, (_, i) =>
    Math.max(...values.subarray(i * 1000, (i + 1) * 1000)),
  );
}
