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

/** Red and blue, or green shifted down to where red and blue are: two sums of four bytes fit beside each other. */
const EVERY_OTHER = 0x00ff00ff;
const ROUNDING = 0x00020002;
const OPAQUE = 0xff000000;

/** Each pixel the rounded mean of a 2×2 block; an odd last row or column is dropped. */
function halve(source: RgbaImage): RgbaImage {
  if (source.width < 2 || source.height < 2) return source;
  const target = createImage(source.width >> 1, source.height >> 1);
  const from = wordsOf(source);
  const to = wordsOf(target);
  for (let y = 0, out = 0; y < target.height; y++) {
    let above = 2 * y * source.width;
    let below = above + source.width;
    for (let x = 0; x < target.width; x++, above += 2, below += 2, out++) {
      const a = from[above]!;
      const b = from[above + 1]!;
      const c = from[below]!;
      const d = from[below + 1]!;
      const even = (a & EVERY_OTHER) + (b & EVERY_OTHER) + (c & EVERY_OTHER) + (d & EVERY_OTHER) + ROUNDING;
      const odd =
        ((a >>> 8) & EVERY_OTHER) +
        ((b >>> 8) & EVERY_OTHER) +
        ((c >>> 8) & EVERY_OTHER) +
        ((d >>> 8) & EVERY_OTHER) +
        ROUNDING;
      to[out] = ((even >>> 2) & EVERY_OTHER) | (((odd >>> 2) & EVERY_OTHER) << 8) | OPAQUE;
    }
  }
  return target;
}

/** The pixels as one number each; a copy where another library placed them at an odd address. */
function wordsOf({ data }: RgbaImage): Uint32Array {
  const { buffer, byteOffset, byteLength } = data.byteOffset % 4 === 0 ? data : data.slice();
  return new Uint32Array(buffer, byteOffset, byteLength / 4);
}
