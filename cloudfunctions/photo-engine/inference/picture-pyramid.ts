/**
 * A picture and its halvings, made when first asked for. The models look at 192 or 256 pixels of a photo
 * of thousands; sampling those from the full picture would alias hair and cloth into noise. Alpha is not
 * looked at: decoded photos are opaque.
 */
import { createImage, type RgbaImage } from '../image/rgba-image';

export class PicturePyramid {
  private readonly levels: RgbaImage[];

  constructor(readonly full: RgbaImage) {
    this.levels = [full];
  }

  /**
   * The smallest level that still has at least `density` pixels per pixel of the full picture
   * (0 < density; 1 and above give the full picture), with its scale against the full picture.
   */
  level(density: number): { readonly image: RgbaImage; readonly scale: number } {
    let index = 0;
    while (0.5 ** (index + 1) >= density) {
      const next = (this.levels[index + 1] ??= halve(this.levels[index]!));
      if (next === this.levels[index]) break;
      index++;
    }
    const image = this.levels[index]!;
    return { image, scale: 0.5 ** index };
  }
}

/** Each pixel the rounded mean of a 2×2 block; an odd last row or column is dropped. */
function halve(source: RgbaImage): RgbaImage {
  if (source.width < 2 || source.height < 2) return source;
  const target = createImage(source.width >> 1, source.height >> 1);
  const { data: from, width: stride } = source;
  const to = target.data;
  for (let y = 0, out = 0; y < target.height; y++) {
    let above = 2 * y * stride * 4;
    let below = above + stride * 4;
    for (let x = 0; x < target.width; x++, above += 8, below += 8, out += 4) {
      to[out] = (from[above]! + from[above + 4]! + from[below]! + from[below + 4]! + 2) >> 2;
      to[out + 1] = (from[above + 1]! + from[above + 5]! + from[below + 1]! + from[below + 5]! + 2) >> 2;
      to[out + 2] = (from[above + 2]! + from[above + 6]! + from[below + 2]! + from[below + 6]! + 2) >> 2;
      to[out + 3] = 255;
    }
  }
  return target;
}
