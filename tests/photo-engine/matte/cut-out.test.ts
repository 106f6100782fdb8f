/** The whole cut-out: nothing of the person is changed, the mask is bettered, and no input makes it fail. */
import { createPlane, type Plane } from '../../../cloudfunctions/photo-engine/image/resample';
import { createImage, type RgbaImage } from '../../../cloudfunctions/photo-engine/image/rgba-image';
import { composeOver } from '../../../cloudfunctions/photo-engine/matte/compose';
import { type CutOut, cutOut } from '../../../cloudfunctions/photo-engine/matte/cut-out';
import { figureMask, type MaskEdge } from '../../../cloudfunctions/photo-engine/matte/figure-mask';
import { DARK_BELOW } from '../../../cloudfunctions/photo-engine/matte/wall-behind';
import {
  CLOTH,
  type Colour,
  figureAlpha,
  HAIR,
  meanDifference,
  paintFigure,
  PLAIN_WALL,
  roughMask,
} from './figure-builder';

const WIDTH = 240;
const HEIGHT = 320;
const BLUE = { red: 67, green: 142, blue: 219 };

const plain = (): Colour => PLAIN_WALL;
const checked = (x: number, y: number): Colour =>
  (Math.floor(x / 17) + Math.floor(y / 13)) % 2 === 0 ? [180, 90, 70] : [200, 190, 175];

const DARK_WALL: Colour = [70, 66, 62];
const NEAR_HAIR: Colour = [66, 60, 56];

/** Some levels up and down, the same every time. */
function addNoise({ data }: RgbaImage, levels: number): void {
  for (let at = 0; at < data.length; at++) {
    if (at % 4 !== 3) data[at]! += Math.round(levels * Math.sin(at * 12.9898));
  }
}

function mean(plane: Plane): number {
  return plane.data.reduce((sum, value) => sum + value, 0) / plane.data.length;
}

function expectNumbers({ data }: Plane): void {
  expect(data.every((value) => value >= 0 && value <= 1)).toBe(true);
}

/** As the first look gives it, unless said otherwise. */
function cut(picture: RgbaImage, mask: Plane, edge: MaskEdge = 'blurred'): CutOut {
  return cutOut(picture, figureMask(picture, mask, edge));
}

describe('cutOut', () => {
  const truth = figureAlpha(WIDTH, HEIGHT);

  it.each([
    ['a plain wall', plain],
    ['a checked wall', checked],
  ])('leaves every byte of the person before %s: pixel-equal where alpha is 1', (_, wall) => {
    const picture = paintFigure(truth, wall);
    const { alpha, foreground } = cut(picture, roughMask(truth, 0));
    const result = composeOver(foreground, alpha, BLUE);
    let whole = 0;
    let different = 0;
    for (let at = 0; at < alpha.data.length; at++) {
      if (alpha.data[at] !== 1) continue;
      whole++;
      for (let c = 0; c < 3; c++) if (result.data[at * 4 + c] !== picture.data[at * 4 + c]) different++;
    }
    expect(whole).toBeGreaterThan(10_000);
    expect(different).toBe(0);
  });

  it('is the background, byte for byte, where alpha is 0', () => {
    const { alpha, foreground } = cut(paintFigure(truth, plain), roughMask(truth, 0));
    const { data } = composeOver(foreground, alpha, BLUE);
    const outside = alpha.data.findIndex((value) => value === 0);
    expect([...data.subarray(outside * 4, outside * 4 + 4)]).toEqual([BLUE.red, BLUE.green, BLUE.blue, 255]);
  });

  it.each([
    ['a plain wall', plain, 0],
    ['a plain wall, the mask four pixels off', plain, 4],
    ['a checked wall', checked, 0],
    ['a checked wall, the mask four pixels off', checked, 4],
  ])('is at least twice as near to the truth as the mask before %s', (_, wall, shift) => {
    const mask = roughMask(truth, shift);
    const { alpha } = cut(paintFigure(truth, wall), mask);
    expect(meanDifference(alpha, truth)).toBeLessThan(meanDifference(mask, truth) / 2);
  });

  it('learns a plain wall’s colours beside the sitter: light that falls towards the corners costs nothing', () => {
    const near = figureAlpha(160, 200);
    const falling = (x: number, y: number): Colour => {
      const light = 225 - 360 * ((x / 160 - 0.5) ** 2 + (y / 200 - 0.5) ** 2);
      return [light, light, 0.97 * light];
    };
    const mask = roughMask(near, 4);
    const errorBefore = (wall: (x: number, y: number) => Colour) =>
      meanDifference(cut(paintFigure(near, wall), mask).alpha, near);
    expect(figureMask(paintFigure(near, falling), mask, 'blurred').wall.kind).toBe('plain');
    expect(errorBefore(falling)).toBeLessThan(1.3 * errorBefore(plain));
  });

  it('follows a mask with a sharp edge more closely where colour says nothing', () => {
    const alike = paintFigure(truth, (_, y) => (y < 0.6 * HEIGHT ? HAIR : CLOTH));
    const error = (edge: MaskEdge) => meanDifference(cut(alike, truth, edge).alpha, truth);
    expect(error('sharp')).toBeLessThan(error('blurred'));
  });

  it('looks for hair further out before a dark wall than before a light one', () => {
    const image = paintFigure(truth, () => HAIR);
    const figure = figureMask(image, truth, 'sharp');
    const person = (luma: number) => mean(cutOut(image, { ...figure, wall: { kind: 'busy', luma } }).alpha);
    expect(person(DARK_BELOW / 2)).toBeGreaterThan(person(DARK_BELOW));
  });

  it('leaves no more noise of a plain wall around the person before a dark one, whose edge it looks for further out', () => {
    const image = paintFigure(truth, () => DARK_WALL);
    addNoise(image, 4);
    const figure = figureMask(image, truth, 'sharp');
    expect(figure.wall.kind).toBe('plain');
    const faint = (luma: number): number => {
      const { alpha } = cutOut(image, { ...figure, wall: { ...figure.wall, luma } });
      return alpha.data.filter((value, at) => value > 0 && truth.data[at] === 0).length;
    };
    expect(faint(DARK_BELOW / 2)).toBeLessThanOrEqual(faint(DARK_BELOW));
  });

  it('tells a person from a plain dark wall of nearly the same colours, however far off the mask is', () => {
    const image = paintFigure(truth, () => NEAR_HAIR);
    addNoise(image, 2);
    const figure = figureMask(image, roughMask(truth, 8), 'sharp');
    expect(figure.wall.kind).toBe('plain');
    const error = (luma: number): number => {
      const { alpha } = cutOut(image, { ...figure, wall: { ...figure.wall, luma } });
      return meanDifference(alpha, truth);
    };
    // Colours this near count as alike before a wall that is not dark.
    expect(error(DARK_BELOW / 2)).toBeLessThan(error(DARK_BELOW) / 2);
  });

  it.each(['blurred', 'sharp'] as const)('finds the outline by colour from a %s mask that is off', (edge) => {
    const mask = roughMask(truth, 2);
    const { alpha } = cut(paintFigure(truth, checked), mask, edge);
    expect(meanDifference(alpha, truth)).toBeLessThan(meanDifference(mask, truth) / 2);
  });

  it('leaves no rim of the wall: the edge over blue is the person over blue', () => {
    const picture = paintFigure(truth, plain);
    const wanted = paintFigure(truth, () => [BLUE.red, BLUE.green, BLUE.blue]);
    const { alpha, foreground } = cut(picture, roughMask(truth, 0));
    const result = composeOver(foreground, alpha, BLUE);
    let sum = 0;
    let count = 0;
    for (let at = 0; at < truth.data.length; at++) {
      if (truth.data[at]! <= 0.02 || truth.data[at]! >= 0.98) continue;
      for (let c = 0; c < 3; c++) sum += Math.abs(result.data[at * 4 + c]! - wanted.data[at * 4 + c]!);
      count += 3;
    }
    expect(sum / count).toBeLessThan(10);
  });

  it('gives the same answer twice', () => {
    const picture = paintFigure(truth, checked);
    const mask = roughMask(truth, 2);
    expect(cut(picture, mask)).toEqual(cut(picture, mask));
  });

  it('makes what lies outside the photo background', () => {
    const picture = paintFigure(truth, plain);
    for (let at = 0; at < WIDTH * 40; at++) picture.data[at * 4 + 3] = 0;
    const { alpha } = cut(picture, roughMask(truth, 0));
    expect(alpha.data.subarray(0, WIDTH * 40).every((value) => value === 0)).toBe(true);
  });

  it('makes what lies outside the photo background where the mask goes on with the person', () => {
    const picture = paintFigure(truth, plain);
    const below = (HEIGHT - 20) * WIDTH;
    for (let at = below; at < WIDTH * HEIGHT; at++) picture.data[at * 4 + 3] = 0;
    expect(truth.data[below + WIDTH / 2]).toBe(1);
    const { alpha } = cut(picture, roughMask(truth, 0));
    expect(alpha.data.subarray(below).every((value) => value === 0)).toBe(true);
    expect(alpha.data[below - 10 * WIDTH + WIDTH / 2]).toBe(1);
  });

  it('refuses a mask of another size', () => {
    expect(() => cut(createImage(4, 4), createPlane(4, 5))).toThrow(RangeError);
  });

  describe('with masks that leave nothing to learn from', () => {
    const masked = (value: (x: number, y: number) => number, width = WIDTH, height = HEIGHT): Plane => {
      const mask = createPlane(width, height);
      for (let at = 0; at < mask.data.length; at++) mask.data[at] = value(at % width, Math.floor(at / width));
      return mask;
    };
    const grey = (width: number, height: number): RgbaImage => {
      const image = createImage(width, height);
      image.data.fill(255).forEach((_, at) => (image.data[at] = at % 4 === 3 ? 255 : 120));
      return image;
    };
    const picture = paintFigure(truth, checked);

    it('nobody: nothing is cut out', () => {
      const { alpha } = cut(
        picture,
        masked(() => 0),
      );
      expect(mean(alpha)).toBe(0);
    });

    it('the person everywhere, to all borders: all is kept', () => {
      const { alpha } = cut(
        picture,
        masked(() => 1),
      );
      expect(mean(alpha)).toBe(1);
    });

    it('the person touches all borders and leaves four corners', () => {
      const cross = masked((x, y) => (Math.abs(x - WIDTH / 2) < 60 || Math.abs(y - HEIGHT / 2) < 80 ? 1 : 0));
      const { alpha, wall } = cut(picture, cross);
      expectNumbers(alpha);
      expect(Object.values(wall).every(Number.isFinite)).toBe(true);
    });

    it.each([
      ['a person of three pixels', masked((x, y) => (x > 100 && x < 104 && y > 100 && y < 104 ? 1 : 0))],
      ['undecided everywhere', masked(() => 0.5)],
      ['a wall of three pixels', masked((x, y) => (x < 3 && y < 3 ? 0 : 1))],
    ])('%s', (_, mask) => {
      const { alpha, foreground, wall } = cut(picture, mask);
      expectNumbers(alpha);
      expect(Object.values(wall).every(Number.isFinite)).toBe(true);
      expect(foreground.data.some((value) => value > 0)).toBe(true);
    });

    it('person and wall of one colour: the mask decides, softly', () => {
      const { alpha } = cut(grey(WIDTH, HEIGHT), roughMask(truth, 0));
      expectNumbers(alpha);
      expect(meanDifference(alpha, truth)).toBeLessThan(0.06);
    });

    it.each([
      [1, 1],
      [2, 3],
      [5, 5],
      [17, 9],
    ])('a picture of %i × %i pixels', (width, height) => {
      const mask = masked((x) => (x < width / 2 ? 1 : 0), width, height);
      const { alpha } = cut(grey(width, height), mask);
      expectNumbers(alpha);
    });
  });
});
