/** The tables that were transcribed into the code still say what the packages say. */
import { LEFT_EYE, LIPS, RIGHT_EYE } from '../../../cloudfunctions/photo-engine/face/attention-landmarks';
import { CANONICAL_FACE } from '../../../cloudfunctions/photo-engine/face/canonical-face';
import * as names from '../../../cloudfunctions/photo-engine/face/landmark-indices';
import { readTransformMatrixOptions } from '../../../local/build/models/mediapipe-operators';
import { FACE_GEOMETRY_SOURCE, MODELS } from '../../../local/build/models/model-sources';
import { readMessage } from '../../../local/protobuf/protobuf-wire';
import { readModelSource } from '../../../local/build/models/read-model-source';
import { readTfliteModel } from '../../../local/build/models/tflite-model';

describe('the attention mesh’s regions', () => {
  const mesh = MODELS.find(({ recipe }) => recipe.name === 'face-mesh')!;
  const regions = readTfliteModel(readModelSource(mesh.source).bytes).operators.flatMap((operator) =>
    operator.kind === 'CUSTOM' && operator.name === 'Landmarks2TransformMatrix'
      ? [readTransformMatrixOptions(operator.options)]
      : [],
  );

  it('are those that the model itself looks at again', () => {
    expect(regions.map(({ subset }) => subset)).toEqual([[...LIPS], [...LEFT_EYE], [...RIGHT_EYE]]);
  });

  it('are turned by the corners that the code calls left and right', () => {
    expect(regions.map((region) => [region.leftRotationIndex, region.rightRotationIndex])).toEqual([
      [names.MOUTH_CORNERS.left, names.MOUTH_CORNERS.right],
      [names.LEFT_EYE_CORNERS.outer, names.LEFT_EYE_CORNERS.inner],
      [names.RIGHT_EYE_CORNERS.inner, names.RIGHT_EYE_CORNERS.outer],
    ]);
  });
});

it('the canonical face is the package’s', () => {
  const metadata = readMessage(readModelSource(FACE_GEOMETRY_SOURCE).bytes);
  const inner = (field: number) =>
    metadata.filter((entry) => entry.field === field).map(({ value }) => readMessage(value as Uint8Array));
  const number = (fields: ReturnType<typeof readMessage>, field: number) =>
    fields.find((entry) => entry.field === field)!.value as number;
  // Mesh3d.vertex_buffer: x, y, z, u, v per vertex.
  const vertices = inner(1)[0]!
    .filter(({ field }) => field === 3)
    .map(({ value }) => value as number);
  const basis = inner(2).map((reference) => {
    const [landmark, weight] = [number(reference, 1), number(reference, 2)];
    const [x, y, z] = vertices.slice(5 * landmark, 5 * landmark + 3);
    return { landmark, weight, x, y, z };
  });
  expect(basis).toHaveLength(CANONICAL_FACE.length);
  basis.forEach((point, i) => {
    for (const key of ['landmark', 'weight', 'x', 'y', 'z'] as const)
      expect(CANONICAL_FACE[i]![key]).toBeCloseTo(point[key]!, 5);
  });
});

describe('named landmarks', () => {
  const mirrorOf = new Map<number, number>();
  LEFT_EYE.forEach((left, i) => mirrorOf.set(left, RIGHT_EYE[i]!));

  it.each([
    ['lid pairs', names.LEFT_LID_PAIRS.flat(), names.RIGHT_LID_PAIRS.flat()],
    ['lid contours', [...names.LEFT_LID_CONTOUR], [...names.RIGHT_LID_CONTOUR]],
    ['brows', [...names.LEFT_BROW], [...names.RIGHT_BROW]],
  ])('%s of both sides are mirror images', (_, left, right) => {
    expect(left.map((index) => mirrorOf.get(index))).toEqual(right);
  });

  it('contours close without repeating a point', () => {
    for (const closed of [
      names.FACE_OVAL,
      names.INNER_LIPS,
      names.OUTER_LIPS,
      names.LEFT_LID_CONTOUR,
      names.LEFT_BROW,
    ]) {
      expect(new Set<number>(closed).size).toBe(closed.length);
    }
  });

  it('lips are among the points the model refines', () => {
    const refined = new Set<number>(LIPS);
    for (const index of [...names.INNER_LIPS, ...names.OUTER_LIPS, ...names.INNER_LIP_PAIRS.flat()]) {
      expect(refined.has(index)).toBe(true);
    }
  });
});
