import fc from 'fast-check';
import { wrapPixels } from '../../../cloudfunctions/photo-engine/image/rgba-image';
import { PicturePyramid } from '../../../cloudfunctions/photo-engine/inference/picture-pyramid';
import {
  mirrored,
  pointOfRegion,
  type Region,
  sampleRegion,
} from '../../../cloudfunctions/photo-engine/inference/sample-region';

const SIDE = 16;
/** Red grows to the right, green downwards, blue is constant. */
const ramp = new PicturePyramid(
  wrapPixels(
    SIDE,
    SIDE,
    Uint8ClampedArray.from({ length: SIDE * SIDE * 4 }, (_, i) => {
      const pixel = i >> 2;
      return [(pixel % SIDE) * 16, Math.floor(pixel / SIDE) * 16, 50, 255][i % 4]!;
    }),
  ),
);
const WHOLE: Region = { centreX: 8, centreY: 8, width: 16, height: 16, rotation: 0 };
const RAW = { width: SIDE, height: SIDE, black: 0, white: 255, outside: 'edge' } as const;

const at = (planes: Float32Array, plane: number, x: number, y: number, side = SIDE): number =>
  planes[plane * side * side + y * side + x]!;

describe('sampling a region', () => {
  it('gives the picture itself for the whole picture at its own size', () => {
    const { planes } = sampleRegion(ramp, WHOLE, RAW);
    for (let y = 0; y < SIDE; y++) {
      for (let x = 0; x < SIDE; x++) {
        expect([0, 1, 2].map((plane) => at(planes, plane, x, y))).toEqual([x * 16, y * 16, 50]);
      }
    }
  });

  it('spreads black and white over the model’s range', () => {
    const { planes } = sampleRegion(ramp, WHOLE, { ...RAW, black: -1, white: 1 });
    expect(at(planes, 0, 0, 0)).toBeCloseTo(-1, 6);
    expect(at(planes, 2, 3, 3)).toBeCloseTo((50 / 255) * 2 - 1, 6);
  });

  it('interpolates between pixels', () => {
    const shifted = sampleRegion(ramp, { ...WHOLE, centreX: 8.25, centreY: 8.5 }, RAW);
    expect(at(shifted.planes, 0, 4, 4)).toBeCloseTo(4.25 * 16, 4);
    expect(at(shifted.planes, 1, 4, 4)).toBeCloseTo(4.5 * 16, 4);
  });

  it('turns clockwise: a region turned by a quarter has its upper edge on the picture’s right', () => {
    const { planes } = sampleRegion(ramp, { ...WHOLE, rotation: Math.PI / 2 }, RAW);
    expect(at(planes, 0, 5, 0)).toBeCloseTo(15 * 16, 3); // top row of the result: rightmost column
    expect(at(planes, 1, 5, 0)).toBeCloseTo(5 * 16, 3);
  });

  it('shows black or the nearest edge outside the picture', () => {
    const region: Region = { ...WHOLE, centreX: -8 };
    expect(at(sampleRegion(ramp, region, { ...RAW, outside: 'black', black: -1 }).planes, 2, 3, 8)).toBe(-1);
    expect(at(sampleRegion(ramp, region, RAW).planes, 2, 3, 8)).toBe(50);
  });

  it('is undone by mirroring twice, and mirrors rows, not columns', () => {
    const once = mirrored(sampleRegion(ramp, WHOLE, RAW));
    expect(at(once.planes, 0, 0, 3)).toBe(15 * 16);
    expect(at(once.planes, 1, 0, 3)).toBe(3 * 16);
    expect(mirrored(once).planes).toEqual(sampleRegion(ramp, WHOLE, RAW).planes);
  });

  it('puts a point of the region where its pixel was taken from', () => {
    const inner = fc.double({ min: 0.2, max: 0.8, noNaN: true });
    const angle = fc.double({ min: -3, max: 3, noNaN: true });
    fc.assert(
      fc.property(
        inner,
        inner,
        angle,
        fc.integer({ min: 0, max: 7 }),
        fc.integer({ min: 0, max: 7 }),
        (cx, cy, rotation, x, y) => {
          const region: Region = { centreX: 4 + 8 * cx, centreY: 4 + 8 * cy, width: 3, height: 3, rotation };
          const { planes } = sampleRegion(ramp, region, { ...RAW, width: 8, height: 8 });
          const point = pointOfRegion(region, (x + 0.5) / 8, (y + 0.5) / 8);
          expect(at(planes, 0, x, y, 8)).toBeCloseTo((point.x - 0.5) * 16, 2);
          expect(at(planes, 1, x, y, 8)).toBeCloseTo((point.y - 0.5) * 16, 2);
        },
      ),
    );
  });
});
