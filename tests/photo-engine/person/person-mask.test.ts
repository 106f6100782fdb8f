import { detectFaces } from '../../../cloudfunctions/photo-engine/face/detect-faces';
import { type FaceGeometry, faceGeometry } from '../../../cloudfunctions/photo-engine/face/face-geometry';
import { faceMesh } from '../../../cloudfunctions/photo-engine/face/face-mesh';
import { type Plane } from '../../../cloudfunctions/photo-engine/image/resample';
import { PicturePyramid } from '../../../cloudfunctions/photo-engine/inference/picture-pyramid';
import { sampleRegion } from '../../../cloudfunctions/photo-engine/inference/sample-region';
import { maskCrops } from '../../../cloudfunctions/photo-engine/person/mask-crops';
import { personMask } from '../../../cloudfunctions/photo-engine/person/person-mask';
import { testModelRuntime } from '../../support/model-runtime';
import { portrait, portraitAlpha, portraitFile, readPicture } from '../../support/portrait';

const runtime = testModelRuntime();

async function faceOf(picture: PicturePyramid): Promise<FaceGeometry> {
  const [face] = await detectFaces(picture, runtime);
  return faceGeometry((await faceMesh(picture, runtime, face!)).landmarks);
}

async function maskOf(name: string, width: number, height: number): Promise<Plane> {
  const picture = new PicturePyramid(portrait(name));
  return personMask(picture, runtime, await faceOf(picture), { width, height });
}

function meanDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return Array.from(a).reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0) / a.length;
}

describe('one look of the segmentation model', () => {
  // What @mediapipe/selfie_segmentation itself answers; see tests/support/record-mediapipe-values.ts.
  it.each(['f1_front', 'm1_yaw25', 'm1_wall-brick'])(
    'at %s is within 0.005 alpha of MediaPipe’s own',
    async (name) => {
      const recorded = readPicture(portraitFile(`mediapipe/${name}-mask.png`));
      const image = portrait(`${name}.jpg`);
      const whole = {
        centreX: image.width / 2,
        centreY: image.height / 2,
        width: image.width,
        height: image.height,
        rotation: 0,
      };
      const input = sampleRegion(new PicturePyramid(image), whole, {
        width: 256,
        height: 256,
        black: 0,
        white: 1,
        outside: 'edge',
      });
      const { logits } = await (await runtime.model('person-mask')).run(input);
      // The recording is 225×300: the model's 256×256, enlarged to the picture and reduced again.
      const alpha = Float32Array.from({ length: recorded.width * recorded.height }, (_, i) => {
        const x = ((i % recorded.width) + 0.5) * (256 / recorded.width);
        const y = (Math.floor(i / recorded.width) + 0.5) * (256 / recorded.height);
        return valueAt(logits!, x - 0.5, y - 0.5);
      });
      expect(
        meanDifference(
          alpha,
          Array.from({ length: alpha.length }, (_, i) => recorded.data[4 * i]! / 255),
        ),
      ).toBeLessThan(0.005);
    },
  );
});

/** The probability at a place between the cells of a 256×256 grid of logits. */
function valueAt(logits: Float32Array, x: number, y: number): number {
  const [left, top] = [Math.min(254, Math.max(0, Math.floor(x))), Math.min(254, Math.max(0, Math.floor(y)))];
  const [shareX, shareY] = [Math.min(1, Math.max(0, x - left)), Math.min(1, Math.max(0, y - top))];
  const p = (dx: number, dy: number): number => 1 / (1 + Math.exp(-logits[(top + dy) * 256 + left + dx]!));
  return (
    (p(0, 0) * (1 - shareX) + p(1, 0) * shareX) * (1 - shareY) +
    (p(0, 1) * (1 - shareX) + p(1, 1) * shareX) * shareY
  );
}

describe('the person mask', () => {
  it.each(['f1_front', 'm1_front'])('of %s lies close to the true alpha', async (name) => {
    const { data } = await maskOf(`${name}.jpg`, 900, 1200);
    // 0.003 and 0.005 when written.
    expect(meanDifference(data, portraitAlpha(name))).toBeLessThan(0.007);
  });

  it('is surely the person inside and surely the wall outside', async () => {
    const { data, width } = await maskOf('f1_front.jpg', 450, 600);
    const at = (x: number, y: number): number => data[y * width + x]!;
    expect(at(225, 280)).toBeGreaterThan(0.99); // nose
    expect(at(225, 580)).toBeGreaterThan(0.99); // chest
    expect(at(20, 20)).toBeLessThan(0.01);
    expect(at(430, 20)).toBeLessThan(0.01);
  });

  it('says the same at any size', async () => {
    const [large, small] = [await maskOf('f1_front.jpg', 900, 1200), await maskOf('f1_front.jpg', 90, 120)];
    const picked = small.data.map(
      (_, i) => large.data[(Math.floor(i / 90) * 10 + 5) * 900 + (i % 90) * 10 + 5]!,
    );
    expect(meanDifference(small.data, picked)).toBeLessThan(0.005);
  });

  it('has a value for every pixel when the face is far out at the edge', async () => {
    const picture = new PicturePyramid(portrait('f1_front.jpg'));
    const face = { ...(await faceOf(picture)), eyes: { x: 5, y: 5 } };
    const { data } = await personMask(picture, runtime, face, { width: 64, height: 64 });
    expect(data.every((value) => value >= 0 && value <= 1)).toBe(true);
  });

  it('looks at the whole picture first, then closer', () => {
    const face = { eyes: { x: 450, y: 500 }, eyesToChin: 250 } as FaceGeometry;
    const crops = maskCrops(900, 1200, face);
    expect(crops.map(({ name }) => name)).toEqual(['whole', 'upper-body', 'head']);
    expect(crops[0]!.region).toEqual({ centreX: 450, centreY: 600, width: 900, height: 1200, rotation: 0 });
    expect(crops.map(({ region }) => region.width)).toEqual([900, 1000, 750]);
  });
});
