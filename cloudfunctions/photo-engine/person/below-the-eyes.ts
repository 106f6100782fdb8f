/**
 * Which pixels of a mask surely are the sitter's, if they are anybody's: those straight below the middle between the
 * eyes, face and body, even where a scarf of the wall's colour parts them. Refuses to look at the mask.
 */
import { type Point } from '../face/detect-faces';

interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * @param eyes the middle between them, in pixels of the picture; of a face that the picture's side cuts it may lie outside,
 *   and the edge's own column then counts
 * @returns 1 where surely the sitter's, of the mask's size
 */
export function belowTheEyes(eyes: Point, picture: Size, mask: Size): Uint8Array {
  const sitter = new Uint8Array(mask.width * mask.height);
  const column = within(Math.floor((eyes.x * mask.width) / picture.width), mask.width);
  const row = within(Math.floor((eyes.y * mask.height) / picture.height), mask.height);
  for (let at = row * mask.width + column; at < sitter.length; at += mask.width) sitter[at] = 1;
  return sitter;
}

function within(place: number, size: number): number {
  return Math.min(Math.max(place, 0), size - 1);
}
