import fc from 'fast-check';
import { wrapPixels } from '../../../cloudfunctions/photo-engine/image/rgba-image';
import { PicturePyramid } from '../../../cloudfunctions/photo-engine/inference/picture-pyramid';

/** A picture whose red channel is given and whose other channels are constant. */
function grey(width: number, height: number, value: (x: number, y: number) => number) {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < width * height; i++)
    data.set([value(i % width, Math.floor(i / width)), 7, 9, 255], 4 * i);
  return wrapPixels(width, height, data);
}

describe('a picture and its halvings', () => {
  it.each([
    [2, 1, 64],
    [1, 1, 64],
    [0.51, 1, 64],
    [0.5, 0.5, 32],
    [0.26, 0.5, 32],
    [0.2, 0.25, 16],
  ])('at a density of %d gives the level of scale %d', (density, scale, width) => {
    const level = new PicturePyramid(grey(64, 48, () => 100)).level(density);
    expect([level.scale, level.image.width]).toEqual([scale, width]);
  });

  it('averages blocks of four pixels', () => {
    const picture = new PicturePyramid(grey(4, 2, (x, y) => [10, 20, 30, 40][x]! + y));
    const { image } = picture.level(0.5);
    expect([image.width, image.height]).toEqual([2, 1]);
    expect([...image.data]).toEqual([16, 7, 9, 255, 36, 7, 9, 255]);
  });

  it('keeps an even colour and makes each level once', () => {
    const side = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(side, side, fc.integer({ min: 0, max: 255 }), (width, height, value) => {
        const picture = new PicturePyramid(grey(width, height, () => value));
        const { image } = picture.level(0.01);
        expect(picture.level(0.01).image).toBe(image);
        expect(image.data.filter((_, i) => i % 4 === 0).every((red) => red === value)).toBe(true);
      }),
    );
  });

  it('stops at a single row or column', () => {
    const { image, scale } = new PicturePyramid(grey(64, 1, () => 5)).level(0.01);
    expect([image.width, image.height, scale]).toEqual([64, 1, 1]);
  });
});
