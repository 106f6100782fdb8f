/**
 * What the place of a face says about where to stand, from boxes that VisionKit reports. Pure; the head's place in
 * the frame comes from the same overlay that is drawn on the screen.
 */
import { PositionHint } from '../shared/framing/live-hint';
import { Rectangle } from '../shared/framing/overlay';

// VisionKit's box runs from the brows to the chin and is about .8 of the head's width in our outline.
const BOX_TO_HEAD_WIDTH = 0.8;
// A head a fifth smaller or larger than the outline still gives a crop inside the standard.
const SIZE_TOLERANCE = 0.22;
// A third of the head beside the outline is more than the free sides of a 3:4 view take up.
const PLACE_TOLERANCE = 0.33;

/**
 * @param faces boxes in frame pixels
 * @param head the outline's head in frame pixels
 * @returns the hint, or null where the face is in its place
 */
export function facePosition(faces: readonly Rectangle[], head: Rectangle): PositionHint | null {
  const [face, other] = faces;
  if (face === undefined) return 'no-face';
  if (other !== undefined) return 'several-people';
  const size = face.width / (head.width * BOX_TO_HEAD_WIDTH);
  if (size > 1 + SIZE_TOLERANCE) return 'step-back';
  if (size < 1 - SIZE_TOLERANCE) return 'come-closer';
  const offset = Math.abs(face.left + face.width / 2 - (head.left + head.width / 2));
  return offset > head.width * PLACE_TOLERANCE ? 'move-to-middle' : null;
}
