/** A wall as one smooth surface: falling light and shadows belong to it, other things do not, and do not bend it. */
import { createImage, type RgbaImage } from '../../../cloudfunctions/photo-engine/image/rgba-image';
import { flagsOnSurface, wallSurface } from '../../../cloudfunctions/photo-engine/matte/wall-surface';

const [WIDTH, HEIGHT] = [120, 90];
type Colour = readonly [number, number, number];

/** A wall whose light falls from the left to the right. */
function wall(paint: (x: number, y: number, light: number) => Colour = beige): RgbaImage {
  const image = createImage(WIDTH, HEIGHT);
  for (let y = 0, at = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++, at += 4) {
      image.data.set([...paint(x, y, 1 - (0.3 * x) / WIDTH), 255], at);
    }
  }
  return image;
}

function beige(_x: number, _y: number, light: number): Colour {
  return [220 * light, 205 * light, 180 * light];
}

const all = new Uint8Array(WIDTH * HEIGHT).fill(1);
const at = (x: number, y: number) => y * WIDTH + x;
const green: Colour = [40, 140, 60];

describe('wallSurface', () => {
  it('holds a plain wall wholly, in falling light', () => {
    expect(wallSurface(wall(), all)!.share).toBe(1);
  });

  it.each([
    ['lighter', [255, 255, 255] as Colour],
    ['darker', [20, 20, 30] as Colour],
    ['of another hue', green],
  ])('is not bent by two fifths of something %s', (_, colour) => {
    const image = wall((x, y, light) => (y % 5 < 2 ? colour : beige(x, y, light)));
    expect(wallSurface(image, all)!.share).toBeCloseTo(0.6, 1);
  });

  it('is none of a few pixels', () => {
    const few = new Uint8Array(all.length);
    few.fill(1, 0, 2 * WIDTH);
    expect(wallSurface(wall(), few)).toBeUndefined();
  });

  it('looks at the wall alone', () => {
    const image = wall((x, y, light) => (x < WIDTH / 2 ? green : beige(x, y, light)));
    const right = all.map((_, place) => (place % WIDTH < WIDTH / 2 ? 0 : 1));
    expect(wallSurface(image, right)!.share).toBe(1);
  });
});

describe('flagsOnSurface', () => {
  const image = wall((x, y, light) => {
    if (x < 20 && y < 20) return green;
    // Inside what a shadow may take, and beyond it.
    if (x >= 100 && y < 20) return beige(x, y, light * 0.85);
    if (x >= 100 && y >= 70) return beige(x, y, light * 0.5);
    return beige(x, y, light);
  });
  const surface = wallSurface(image, all)!;

  it.each([
    ['the wall', 60, 45, 1],
    ['its far corner', 2, 80, 1],
    ['a soft shadow on it', 110, 10, 1],
    ['something of another hue', 10, 10, 0],
    ['what is half as light', 110, 80, 0],
  ])('%s', (_, x, y, flag) => {
    expect(flagsOnSurface(surface, image, all)[at(x, y)]).toBe(flag);
  });

  it('leaves out what it is not asked for', () => {
    const asked = all.slice();
    asked[at(60, 45)] = 0;
    const flags = flagsOnSurface(surface, image, asked);
    expect([flags[at(60, 45)], flags[at(61, 45)]]).toEqual([0, 1]);
  });
});
