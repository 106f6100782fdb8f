/**
 * Measures a finished picture as a stranger would: from its bytes, with the models, against the background it should
 * have. Refuses to believe the plan that led to it, but for one thing that the bytes cannot tell: where the person has
 * the background's own colour (a white shirt before light grey), the cut-out says that it is the person.
 */
import { type ResultGeometry } from '../../../miniprogram/shared/framing/result-geometry';
import { type Rgb } from '../../../miniprogram/shared/photo-standard/official-standard';
import { decodeResult } from '../encode/decode-result';
import { findPeople } from '../face/find-people';
import { FIGURE, figureInRow, hairTop, faceSpan } from '../frame/portrait-measures';
import { createPlane, type Plane } from '../image/resample';
import { type RgbaImage } from '../image/rgba-image';
import { type ModelRuntime } from '../inference/model-runtime';
import { PicturePyramid } from '../inference/picture-pyramid';

export interface MeasuredResult {
  readonly geometry: ResultGeometry;
  readonly jpegQuality: number | undefined;
  readonly bitsPerPixel: number;
  readonly metadata: boolean;
}

// JPEG leaves a few levels of error beside an edge; a pixel this far from the background is the person.
const FIGURE_DISTANCE = 40;

/**
 * @param person the cut-out's alpha, of the picture's size
 * @returns the measures, or null when the picture shows not exactly one person, counted as in the photo
 * @throws DomainError IMAGE_DAMAGED when the file does not decode
 */
export async function measureResult(
  jpeg: Uint8Array,
  background: Rgb,
  person: Plane,
  runtime: ModelRuntime,
): Promise<MeasuredResult | null> {
  const { image, bytes, dotsPerInch, quality, bitsPerPixel, metadata } = decodeResult(jpeg);
  const pyramid = new PicturePyramid(image);
  const { count, largest } = await findPeople(pyramid, runtime);
  if (largest === null || count !== 1) return null;
  const { landmarks, geometry: face } = largest;
  const { faceWidth, faceCentreX, eyesY } = faceSpan(landmarks, face);
  const figure = figureOf(image, background, person);
  return {
    geometry: {
      widthPx: image.width,
      heightPx: image.height,
      densityDpi: dotsPerInch ?? 0,
      fileBytes: bytes,
      hairTopPx: hairTop(figure, faceCentreX, faceWidth, eyesY),
      eyesPx: eyesY,
      chinPx: face.chin.y,
      faceWidthPx: faceWidth,
      centreOffsetPx: faceCentreX - image.width / 2,
      bodyWidthPx: figureInRow(figure, image.height - 1, 0, image.width),
    },
    jpegQuality: quality,
    bitsPerPixel,
    metadata,
  };
}

/** 1 where the pixel differs from the background or was cut out as the person, 0 elsewhere. */
function figureOf(image: RgbaImage, { red, green, blue }: Rgb, person: Plane): Plane {
  const figure = createPlane(image.width, image.height);
  markFigure(image.data, red, green, blue, person.data, figure.data);
  return figure;
}

function markFigure(
  data: Uint8ClampedArray,
  red: number,
  green: number,
  blue: number,
  person: Float32Array,
  figure: Float32Array,
): void {
  for (let i = 0; i < figure.length; i++) {
    const difference =
      Math.abs(data[4 * i]! - red) + Math.abs(data[4 * i + 1]! - green) + Math.abs(data[4 * i + 2]! - blue);
    if (difference > FIGURE_DISTANCE || person[i]! > FIGURE) figure[i] = 1;
  }
}
