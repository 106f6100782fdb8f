/**
 * Where the person mask looks. The model sees 256×256 pixels; three looks of growing closeness give it the
 * whole scene, the shoulders and the hair, and make its answer independent of how far away the person stands.
 * Measured (mean error × 1000; 13 rendered portraits against their true alpha | 13 studio portraits above the
 * chin against their even wall | the same with the picture shown 2.4 times smaller):
 *   whole picture alone              6.0 | 10.0 | 13.7
 *   whole picture, mirrored too      5.8 |  9.0 | 12.8
 *   these three, mirrored too        5.7 |  8.8 |  8.9
 * Crops without the whole picture fail where walls and shoulders are cut (9.0 and more on the rendered ones).
 */
import { type FaceGeometry } from '../face/face-geometry';
import { type Region } from '../inference/sample-region';

export interface MaskCrop {
  readonly name: 'whole' | 'upper-body' | 'head';
  readonly region: Region;
}

/** Sides of the square crops and how far their middle lies below the eyes, in T (eyes to chin). */
const UPPER_BODY = { side: 4, below: 0.5 } as const;
const HEAD = { side: 3, below: -0.1 } as const;

/** The three crops for a picture of this size with this face. */
export function maskCrops(width: number, height: number, face: FaceGeometry): readonly MaskCrop[] {
  const square = ({ side, below }: { readonly side: number; readonly below: number }): Region => ({
    centreX: face.eyes.x,
    centreY: face.eyes.y + below * face.eyesToChin,
    width: side * face.eyesToChin,
    height: side * face.eyesToChin,
    rotation: 0,
  });
  return [
    // Stretched to a square, as the model was trained (keep_aspect_ratio is off in MediaPipe's graph).
    { name: 'whole', region: { centreX: width / 2, centreY: height / 2, width, height, rotation: 0 } },
    { name: 'upper-body', region: square(UPPER_BODY) },
    { name: 'head', region: square(HEAD) },
  ];
}
