/**
 * The mask from which a framed person is cut out: the first look's where the wall is plain and light, a second look's
 * before any other wall. Refuses to spend the second look (0.4 s) where it changes nothing.
 */
import { flagsAbove } from '../image/flags';
import { type Plane } from '../image/resample';
import { type RgbaImage } from '../image/rgba-image';
import { type ModelRuntime } from '../inference/model-runtime';
import { FIGURE } from '../frame/portrait-measures';
import { figureMask, type FigureMask } from '../matte/figure-mask';
import { DARK_BELOW } from '../matte/wall-behind';
import { keepSitter } from './keep-sitter';
import { secondLook } from './second-look';

/**
 * @param picture framed at the size of the result
 * @param first the first look's mask of it, same size
 */
export async function bestMask(picture: RgbaImage, first: Plane, runtime: ModelRuntime): Promise<FigureMask> {
  const seen = figureMask(picture, first, 'blurred');
  // Before such a wall colour alone finds the edge: a better mask changes nothing there (docs/matting.md).
  if (seen.wall.kind === 'plain' && seen.wall.luma >= DARK_BELOW) return seen;
  const everybody = await secondLook(picture, first, runtime);
  const mask = keepSitter(everybody, flagsAbove(first.data, FIGURE));
  return figureMask(picture, mask, 'sharp', first);
}
