/**
 * Finds the crop that puts a portrait inside the photo standard: scale and position, never rotation or mirroring.
 * The official ranges are half-planes over (scale, vertical offset), so the solver is exact: it intersects them and
 * takes the point nearest to the target. Refuses to invent anything but background at the top and the sides.
 */
import { PhotoStandard } from '../photo-standard/photo-standard';
import { Remedy } from '../verdict/verdict';

/** What the solver needs to know of a portrait, in pixels of the source picture, y downwards. */
export interface PortraitMeasures {
  readonly imageWidth: number;
  readonly imageHeight: number;
  readonly hairTopY: number;
  readonly chinY: number;
  /** Height of the middle between the eyes. */
  readonly eyesY: number;
  /** Cheek to cheek. */
  readonly faceWidth: number;
  readonly faceCentreX: number;
  /** The picture's edge cuts the hair: the top of the head is not in the picture. */
  readonly hairCutOff: boolean;
  /** The figure reaches this side of the picture, so nothing may be added beyond it. */
  readonly touchesLeft: boolean;
  readonly touchesRight: boolean;
}

/** The crop in source pixels (it may reach beyond the top and the free sides) and its scale to the finished picture. */
export interface Framing {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Finished pixels per source pixel; above 1 the source is enlarged. */
  readonly scale: number;
}

export type FramingOutcome =
  | { readonly ok: true; readonly framing: Framing }
  | {
      readonly ok: false;
      readonly remedy: Extract<
        Remedy,
        'head-cut-off' | 'step-back' | 'show-shoulders' | 'move-to-middle' | 'hair-too-high'
      >;
      /** How far the ranges are from meeting, in finished pixels of head height, 1 to the picture's height; their least height where the hair is cut off. */
      readonly missingPx: number;
    };

// The finished picture is measured again with a landmark noise of 2–3 px, so the solver keeps a distance from the ends
// of the ranges, as much of this as the picture allows.
const WANTED_MARGIN_PX = 6;
const MARGIN_HALVINGS = 8;

interface ScaleBound {
  readonly scale: number;
  readonly remedy: 'step-back' | 'show-shoulders' | 'move-to-middle' | 'hair-too-high';
}

/**
 * Solves the framing for one portrait.
 * @returns the crop nearest to the standard's target, or which rule cannot be met and what to do about it.
 */
export function framePortrait(portrait: PortraitMeasures, standard: PhotoStandard): FramingOutcome {
  if (portrait.hairCutOff) return { ok: false, remedy: 'head-cut-off', missingPx: standard.hairTopPx.min };
  const margin = largestMargin(portrait, standard);
  if (margin !== null) {
    const interval = scaleInterval(portrait, standard, margin);
    return { ok: true, framing: place(portrait, standard, margin, interval) };
  }
  const { least, most } = scaleInterval(portrait, standard, 0);
  const headHeight = portrait.chinY - portrait.hairTopY;
  // A head with tall hair fails at the upper bound whatever the lower one is.
  const remedy =
    most.remedy === 'hair-too-high' && least.remedy === 'step-back' ? 'hair-too-high' : least.remedy;
  // Where the middle of the face lies outside the picture no scale would do: more than all of it is not missing.
  return {
    ok: false,
    remedy,
    missingPx: clamp((least.scale - most.scale) * headHeight, 1, standard.heightPx),
  };
}

/** The distance that can be kept from every range's end, up to the wanted one; null where no crop exists at all. */
function largestMargin(portrait: PortraitMeasures, standard: PhotoStandard): number | null {
  const fits = (margin: number) => {
    const { least, most } = scaleInterval(portrait, standard, margin);
    return least.scale <= most.scale;
  };
  if (fits(WANTED_MARGIN_PX)) return WANTED_MARGIN_PX;
  if (!fits(0)) return null;
  let [possible, impossible] = [0, WANTED_MARGIN_PX];
  for (let i = 0; i < MARGIN_HALVINGS; i++) {
    const middle = (possible + impossible) / 2;
    if (fits(middle)) possible = middle;
    else impossible = middle;
  }
  return possible;
}

interface ScaleInterval {
  readonly least: ScaleBound;
  readonly most: ScaleBound;
}

function scaleInterval(portrait: PortraitMeasures, standard: PhotoStandard, margin: number): ScaleInterval {
  const { imageWidth, imageHeight, hairTopY, eyesY, faceWidth, faceCentreX } = portrait;
  const { hairTopPx, eyesPx, faceWidthPx, widthPx, heightPx, centreOffsetPx } = standard;
  const hairToEyes = Math.max(1e-6, eyesY - hairTopY);
  const halfWidth = widthPx / 2;
  const lower: ScaleBound[] = [
    { scale: (faceWidthPx.min + margin) / faceWidth, remedy: 'step-back' },
    { scale: (eyesPx.min + margin - (hairTopPx.max - margin)) / hairToEyes, remedy: 'step-back' },
    // The body must reach the bottom edge: below the lowest allowed eyes and hair top, the source must go on.
    {
      scale: (heightPx - hairTopPx.max + margin) / Math.max(1e-6, imageHeight - hairTopY),
      remedy: 'show-shoulders',
    },
    {
      scale: (heightPx - eyesPx.max + margin) / Math.max(1e-6, imageHeight - eyesY),
      remedy: 'show-shoulders',
    },
  ];
  const offCentre = Math.abs(faceCentreX - imageWidth / 2) > imageWidth * 0.08;
  const sideRemedy = offCentre ? 'move-to-middle' : 'step-back';
  const slack = Math.max(0, centreOffsetPx.max - margin);
  if (portrait.touchesLeft) {
    lower.push({ scale: (halfWidth - slack) / Math.max(1e-6, faceCentreX), remedy: sideRemedy });
  }
  if (portrait.touchesRight) {
    lower.push({ scale: (halfWidth - slack) / Math.max(1e-6, imageWidth - faceCentreX), remedy: sideRemedy });
  }
  if (portrait.touchesLeft && portrait.touchesRight)
    lower.push({ scale: widthPx / imageWidth, remedy: sideRemedy });
  const upper: ScaleBound[] = [
    { scale: (faceWidthPx.max - margin) / faceWidth, remedy: 'step-back' },
    { scale: (eyesPx.max - margin - (hairTopPx.min + margin)) / hairToEyes, remedy: 'hair-too-high' },
  ];
  return {
    least: lower.reduce((worst, bound) => (bound.scale > worst.scale ? bound : worst)),
    most: upper.reduce((worst, bound) => (bound.scale < worst.scale ? bound : worst)),
  };
}

function place(
  portrait: PortraitMeasures,
  standard: PhotoStandard,
  margin: number,
  interval: ScaleInterval,
): Framing {
  const { imageWidth, imageHeight, hairTopY, chinY, eyesY, faceCentreX } = portrait;
  const { widthPx, heightPx, hairTopPx, eyesPx, target } = standard;
  // Never larger than the source where the ranges leave a choice.
  const wanted = Math.min(target.headHeightPx / (chinY - hairTopY), 1);
  const scale = clamp(wanted, interval.least.scale, interval.most.scale);
  const lowestTop = Math.max(
    scale * hairTopY - (hairTopPx.max - margin),
    scale * eyesY - (eyesPx.max - margin),
  );
  const highestTop = Math.min(
    scale * hairTopY - (hairTopPx.min + margin),
    scale * eyesY - (eyesPx.min + margin),
    scale * imageHeight - heightPx,
  );
  const top = clamp(scale * hairTopY - target.hairTopPx, lowestTop, highestTop);
  const left = clamp(
    scale * faceCentreX - widthPx / 2,
    portrait.touchesLeft ? 0 : -Infinity,
    portrait.touchesRight ? scale * imageWidth - widthPx : Infinity,
  );
  return { left: left / scale, top: top / scale, width: widthPx / scale, height: heightPx / scale, scale };
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
