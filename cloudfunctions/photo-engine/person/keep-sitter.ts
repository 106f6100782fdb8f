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
  const { width, height, data } = mask;
  const kept = new Uint8Array(data.length);
  const open: number[] = [];
  const reach = (at: number): void => {
    if (kept[at] === 1 || data[at]! <= HOLDS) return;
    kept[at] = 1;
    open.push(at);
  };
  for (let at = 0; at < data.length; at++) if (isSitter(at)) reach(at);
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const x = at % width;
    if (x > 0) reach(at - 1);
    if (x < width - 1) reach(at + 1);
    if (at >= width) reach(at - width);
    if (at < width * (height - 1)) reach(at + width);
  }
  for (let at = 0; at < data.length; at++) if (kept[at] === 0 && data[at]! > HOLDS) data[at] = 0;
  return mask;
}
