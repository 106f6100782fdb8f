/**
 * Takes out of a person mask whoever else is in it: the segmentation knows people, not whose portrait it is, and a
 * photograph on the wall or somebody far behind would stand in the official picture as a second head. Refuses to judge
 * them: how large another face may be is the check `single-face`'s, and what touches the sitter stays with the sitter.
 * Measured (another portrait pasted on the wall of six sitters at six places, 2026-11): without it 14 of 36 finished
 * pictures showed some of it, 7 of them without any remark; with it one, whose photograph touches the hair.
 */
import { type Plane } from '../image/resample';

/**
 * Above this a pixel holds two parts together. Low, so that hair that the mask sees as a shadow stays with its head.
 */
const HOLDS = 0.1;

/**
 * Sets to 0 what hangs together above `HOLDS` and nowhere reaches the sitter. Changes the mask in place.
 * @param isSitter whether the pixel of this index surely is the sitter's, where it is part of anybody
 */
export function keepSitter(mask: Plane, isSitter: (at: number) => boolean): Plane {
  const { data } = mask;
  const kept = new Uint8Array(data.length);
  for (let at = 0; at < data.length; at++) if (data[at]! > HOLDS && isSitter(at)) kept[at] = 1;
  // From the upper left and from the lower right in turn, until nothing is added.
  for (let grows = true; grows;) grows = [spread(mask, kept, 1), spread(mask, kept, -1)].includes(true);
  for (let at = 0; at < data.length; at++) if (kept[at] === 0 && data[at]! > HOLDS) data[at] = 0;
  return mask;
}

/** One pass over all pixels, forwards or backwards: each is kept if one that lies behind it is. @returns whether any was added */
function spread({ width, height, data }: Plane, kept: Uint8Array, step: 1 | -1): boolean {
  let added = false;
  const [firstRow, firstColumn] = step === 1 ? [0, 0] : [height - 1, width - 1];
  for (let y = firstRow; y >= 0 && y < height; y += step) {
    let behind = 0;
    for (let x = firstColumn; x >= 0 && x < width; x += step) {
      const at = y * width + x;
      if (kept[at] === 0) {
        const reached = behind === 1 || kept[at - step * width] === 1;
        if (reached && data[at]! > HOLDS) {
          kept[at] = 1;
          added = true;
        }
      }
      behind = kept[at]!;
    }
  }
  return added;
}
