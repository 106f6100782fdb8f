/**
 * The outline that the camera page draws: the standard's target seen through the camera's view, so that a head that
 * fills the outline gives a crop near the target. Same numbers as the solver; refuses to know the platform.
 */
import { PhotoStandard } from '../photo-standard/photo-standard';

export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Lengths in the units of the view (for example css pixels). */
export interface Overlay {
  /** What will become the finished picture. */
  readonly crop: Rectangle;
  /** The head from hair top to chin; an ellipse fits into it. */
  readonly head: Rectangle;
  /** Height of the eyes. */
  readonly eyesY: number;
  /** Height from which the shoulders should be seen. */
  readonly shouldersY: number;
}

// Share of the view that the crop may take: room is left around it because a hand-held phone sways, and because
// background may be added at the top and sides but the body may not.
const CROP_SHARE = 0.9;
// Means over 102 studio heads whose heads were 335 px tall: face widths 189–247, eyes 146–180 px under the hair top.
const MEAN_FACE_WIDTH_PX = 218;
const MEAN_EYES_UNDER_HAIR_PX = 163;
// The head with its hair is wider than cheek to cheek.
const HEAD_TO_FACE_WIDTH = 1.18;

/** The overlay for a view of this size. The crop keeps the standard's aspect and stands in the middle. */
export function overlayFor(
  standard: PhotoStandard,
  view: { readonly width: number; readonly height: number },
): Overlay {
  const scale = CROP_SHARE * Math.min(view.width / standard.widthPx, view.height / standard.heightPx);
  const crop: Rectangle = {
    left: (view.width - standard.widthPx * scale) / 2,
    top: (view.height - standard.heightPx * scale) / 2,
    width: standard.widthPx * scale,
    height: standard.heightPx * scale,
  };
  const headWidth = MEAN_FACE_WIDTH_PX * HEAD_TO_FACE_WIDTH * scale;
  const head: Rectangle = {
    left: (view.width - headWidth) / 2,
    top: crop.top + standard.target.hairTopPx * scale,
    width: headWidth,
    height: standard.target.headHeightPx * scale,
  };
  return {
    crop,
    head,
    eyesY: head.top + MEAN_EYES_UNDER_HAIR_PX * scale,
    shouldersY: head.top + head.height * 1.25,
  };
}
