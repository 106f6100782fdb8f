/** What one pixel's colour says about its alpha, between a person of one dark colour and a wall of a near one. */
import { createPlane } from '../../../cloudfunctions/photo-engine/image/resample';
import { createImage } from '../../../cloudfunctions/photo-engine/image/rgba-image';
import { colourModel } from '../../../cloudfunctions/photo-engine/matte/colour-model';
import { edgePosterior } from '../../../cloudfunctions/photo-engine/matte/edge-posterior';

const SIDE = 16;
const [PERSON, WALL] = [24, 40];

/** What is expected of the edge, what the pixel's colour is, and how far outside the mask's edge it lies. */
interface Situation {
  readonly noise?: number;
  readonly contrast?: number;
  readonly outside?: number;
  /** The pixel's own colour. */
  readonly colour?: number;
}

/** Expected alpha of one pixel; of the wall's colour and right on the mask's edge unless said otherwise. */
function alphaOf({ noise = 0.5, contrast = 1, outside = 0, colour = WALL }: Situation): number {
  const image = createImage(SIDE, SIDE);
  const left = new Uint8Array(SIDE * SIDE).map((_, at) => (at % SIDE < SIDE / 2 ? 1 : 0));
  left.forEach((person, at) => image.data.fill(person === 1 ? PERSON : WALL, at * 4, at * 4 + 4));
  const person = colourModel(image, left, SIDE)!;
  const right = left.map((side) => 1 - side);
  const wall = colourModel(image, right, SIDE)!;
  const at = SIDE / 2;
  image.data.fill(colour, at * 4, at * 4 + 4);
  const depth = createPlane(SIDE, SIDE);
  depth.data[at] = -outside;
  const { mean } = edgePosterior(image, Int32Array.of(at), depth, {
    person,
    wall,
    histogram: undefined,
    light: 0.01,
    contrast,
    widen: 3,
    prior: { shift: 0, width: 1, histogram: 0, noise },
  });
  return mean[at]!;
}

describe('edgePosterior', () => {
  it('takes the wall’s colour for wall, the more surely the less noise is granted', () => {
    expect(alphaOf({ noise: 2.5 })).toBeLessThan(0.5);
    expect(alphaOf({ noise: 0.5 })).toBeLessThan(alphaOf({ noise: 2.5 }));
  });

  it('takes the wall’s colour for wall, the more surely the less contrast there is', () => {
    expect(alphaOf({ contrast: 0.6 })).toBeLessThan(alphaOf({ contrast: 1 }));
  });

  it('lets the person’s colour decide further outside the mask where the same distance means more', () => {
    const strand = { outside: 15, colour: PERSON, noise: 9 };
    expect(alphaOf({ ...strand, contrast: 0.5 })).toBeGreaterThan(2 * alphaOf({ ...strand, contrast: 1 }));
  });
});
