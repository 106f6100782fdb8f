/** What one pixel's colour says about its alpha, between a person of one dark colour and a wall of a near one. */
import { createPlane } from '../../../cloudfunctions/photo-engine/image/resample';
import { createImage } from '../../../cloudfunctions/photo-engine/image/rgba-image';
import { colourModel } from '../../../cloudfunctions/photo-engine/matte/colour-model';
import { edgePosterior } from '../../../cloudfunctions/photo-engine/matte/edge-posterior';

const SIDE = 16;
const [PERSON, WALL] = [24, 40];

/** Expected alpha of a pixel of the wall's colour that the mask puts right on its edge. */
function alphaOfWall(noise: number): number {
  const image = createImage(SIDE, SIDE);
  const left = new Uint8Array(SIDE * SIDE).map((_, at) => (at % SIDE < SIDE / 2 ? 1 : 0));
  left.forEach((person, at) => image.data.fill(person === 1 ? PERSON : WALL, at * 4, at * 4 + 4));
  const at = SIDE / 2;
  const { mean } = edgePosterior(image, Int32Array.of(at), createPlane(SIDE, SIDE), {
    person: colourModel(image, left, SIDE)!,
    wall: colourModel(
      image,
      left.map((person) => 1 - person),
      SIDE,
    )!,
    histogram: undefined,
    light: 0.01,
    widen: 3,
    prior: { shift: 0, width: 1, histogram: 0, noise },
  });
  return mean[at]!;
}

describe('edgePosterior', () => {
  it('takes the wall’s colour for wall, the more surely the less noise is granted', () => {
    expect(alphaOfWall(2.5)).toBeLessThan(0.5);
    expect(alphaOfWall(0.5)).toBeLessThan(alphaOfWall(2.5));
  });
});
