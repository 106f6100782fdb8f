/** Cutting and scaling: places stay where they are, light is kept, nothing is invented outside. */
import fc from 'fast-check';
import { createPlane, resample, resamplePlane } from '../../../cloudfunctions/photo-engine/image/resample';
import { createImage, type RgbaImage } from '../../../cloudfunctions/photo-engine/image/rgba-image';

function filled(width: number, height: number, colourAt: (x: number, y: number) => number): RgbaImage {
  const image = createImage(width, height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 4;
      image.data.fill(colourAt(x, y), at, at + 3);
      image.data[at + 3] = 255;
    }
  }
  return image;
}

it('an even picture stays even at every size and place', () => {
  fc.assert(
    fc.property(
      fc.record({
        x: fc.double({ min: 0, max: 20, noNaN: true }),
        y: fc.double({ min: 0, max: 20, noNaN: true }),
        width: fc.double({ min: 4, max: 40, noNaN: true }),
        height: fc.double({ min: 4, max: 40, noNaN: true }),
      }),
      fc.integer({ min: 2, max: 50 }),
      (area, size) => {
        const result = resample(
          filled(64, 64, () => 137),
          area,
          size,
          size,
        );
        for (let i = 0; i < result.data.length; i += 4)
          expect([...result.data.subarray(i, i + 4)]).toEqual([137, 137, 137, 255]);
      },
    ),
    { numRuns: 60 },
  );
});

it('the whole picture at its own size is the picture', () => {
  const image = filled(17, 13, (x, y) => (x * 31 + y * 57) % 256);
  expect([...resample(image, { x: 0, y: 0, width: 17, height: 13 }, 17, 13).data]).toEqual([...image.data]);
});

it('a ramp keeps its place when reduced', () => {
  const image = filled(240, 4, (x) => x);
  const { data } = resample(image, { x: 40, y: 0, width: 160, height: 4 }, 40, 4);
  for (let x = 4; x < 36; x++) expect(Math.abs(data[x * 4]! - (40 + 4 * x + 1.5))).toBeLessThanOrEqual(1);
});

it('what lies outside the source comes out transparent', () => {
  const { data, width } = resample(
    filled(20, 20, () => 90),
    { x: -10, y: -10, width: 40, height: 40 },
    40,
    40,
  );
  const alphaAt = (x: number, y: number) => data[(y * width + x) * 4 + 3];
  expect([alphaAt(2, 20), alphaAt(37, 20), alphaAt(20, 2), alphaAt(20, 37)]).toEqual([0, 0, 0, 0]);
  expect(alphaAt(20, 20)).toBe(255);
});

it('a plane outside its source repeats its edge', () => {
  const plane = createPlane(4, 4);
  plane.data.fill(0.5);
  const result = resamplePlane(plane, { x: -4, y: -4, width: 12, height: 12 }, 12, 12);
  for (const value of result.data) expect(value).toBeCloseTo(0.5, 6);
});
