/**
 * What the place of a face says about where to stand: come closer, step back, to the middle. Optional and off unless
 * the deployment turns it on (`config.ts` says why). The head's place comes from the overlay on the screen.
 */
import { CameraFrame } from '../platform/camera';
import { FaceBox, startFaceTracker } from '../platform/face-tracker';
import { PositionHint } from '../shared/framing/live-hint';
import { Rectangle } from '../shared/framing/overlay';

export interface FaceGuidance {
  /** Looks at a frame and says what the newest answer means; null where the face is in its place or unknown. */
  readonly hintFor: (frame: CameraFrame, head: Rectangle) => PositionHint | null;
  readonly stop: () => void;
}

// VisionKit's box runs from the brows to the chin and is about .8 of the head's width in our outline.
const BOX_TO_HEAD_WIDTH = 0.8;
// A head a fifth smaller or larger than the outline still gives a crop inside the standard.
const SIZE_TOLERANCE = 0.22;
// A third of the head beside the outline is more than the free sides of a 3:4 view take up.
const PLACE_TOLERANCE = 0.33;

/** Starts the guidance; null where this phone cannot. */
export function startFaceGuidance(): FaceGuidance | null {
  const tracker = startFaceTracker();
  if (tracker === null) return null;
  return {
    hintFor: (frame, head) => {
      tracker.look(frame);
      const faces = tracker.faces();
      return faces === null ? null : facePosition(faces, head);
    },
    stop: tracker.stop,
  };
}

/**
 * @param faces boxes in frame pixels
 * @param head the outline's head in frame pixels
 * @returns the hint, or null where the face is in its place
 */
export function facePosition(faces: readonly FaceBox[], head: Rectangle): PositionHint | null {
  const [face, other] = faces;
  if (face === undefined) return 'no-face';
  if (other !== undefined) return 'several-people';
  const size = face.width / (head.width * BOX_TO_HEAD_WIDTH);
  if (size > 1 + SIZE_TOLERANCE) return 'step-back';
  if (size < 1 - SIZE_TOLERANCE) return 'come-closer';
  const offset = Math.abs(face.left + face.width / 2 - (head.left + head.width / 2));
  return offset > head.width * PLACE_TOLERANCE ? 'move-to-middle' : null;
}
