/** The person's colours freed from the wall: recovered from known blends, and never touched where the person is whole. */
import { createPlane, type Plane } from '../../../cloudfunctions/photo-engine/image/resample';
import { createImage, type RgbaImage } from '../../../cloudfunctions/photo-engine/image/rgba-image';
import { colourModel } from '../../../cloudfunctions/photo-engine/matte/colour-model';
import { foregroundColours } from '../../../cloudfunctions/photo-engine/matte/foreground-colours';

const WIDTH = 60;
const HEIGHT = 80;
const HAIR = [52, 38, 30] as const;
const WALL = [226, 212, 188] as const;

/** A person on the left who fades into the wall over a ramp of this many pixels. */
function ramp(length: number): Plane {
  const alpha = createPlane(WIDTH, HEIGHT);
  for (let at = 0; at < alpha.data.length; at++) {
    alpha.data[at] = Math.min(Math.max(0.5 - ((at % WIDTH) - WIDTH / 2) / length, 0), 1);
  }
  return alpha;
}

function blend(alpha: Plane): RgbaImage {
  const image = createImage(WIDTH, HEIGHT);
  for (let at = 0; at < alpha.data.length; at++) {
    const a = alpha.data[at]!;
    for (let c = 0; c < 3; c++) image.data[at * 4 + c] = a * HAIR[c]! + (1 - a) * WALL[c]!;
    image.data[at * 4 + 3] = 255;
  }
  return image;
}

function freed(image: RgbaImage, alpha: Plane): Uint8ClampedArray {
  const side = (wanted: number) => Uint8Array.from(alpha.data, (value) => (value === wanted ? 1 : 0));
  const person = colourModel(image, side(1), 8)!;
  const wall = colourModel(image, side(0), 8)!;
  return foregroundColours(image, alpha, { person, wall, light: 0.01, contrast: 1 }).data;
}

describe('foregroundColours', () => {
  it.each([4, 8, 16])('finds the hair colour again in a blend over %i pixels', (length) => {
    const alpha = ramp(length);
    const data = freed(blend(alpha), alpha);
    for (let at = 0; at < alpha.data.length; at++) {
      const a = alpha.data[at]!;
      if (a < 0.2 || a >= 1) continue;
      for (let c = 0; c < 3; c++) expect(Math.abs(data[at * 4 + c]! - HAIR[c]!)).toBeLessThanOrEqual(12);
    }
  });

  it('leaves every byte where alpha is 1', () => {
    const alpha = ramp(6);
    const image = blend(alpha);
    const data = freed(image, alpha);
    for (let at = 0; at < alpha.data.length; at++) {
      if (alpha.data[at] !== 1) continue;
      expect([...data.subarray(at * 4, at * 4 + 4)]).toEqual([...image.data.subarray(at * 4, at * 4 + 4)]);
    }
  });
});
