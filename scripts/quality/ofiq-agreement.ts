/** Our recomputed measures of ISO/IEC 29794-5 against the values that BSI published for the same portraits. */
import { readFileSync } from 'node:fs';
import { decodePhoto, PHOTO_LIMITS } from '../../cloudfunctions/photo-engine/decode/decode-photo';
import { faceGeometry } from '../../cloudfunctions/photo-engine/face/face-geometry';
import { type Landmarks } from '../../cloudfunctions/photo-engine/face/face-mesh';
import { findPeople } from '../../cloudfunctions/photo-engine/face/find-people';
import { headPose } from '../../cloudfunctions/photo-engine/face/head-pose';
import { type ModelRuntime } from '../../cloudfunctions/photo-engine/inference/model-runtime';
import { PicturePyramid } from '../../cloudfunctions/photo-engine/inference/picture-pyramid';
import {
  type OfiqMeasure,
  ofiqMeasures,
  type OfiqValues,
} from '../../cloudfunctions/photo-engine/ofiq/ofiq-measures';
import { type ReferenceLandmarks } from '../../tests/support/reference-landmarks';
import { type LabelledPortrait } from './portraits';
import { mean, rankCorrelation, standardError } from './statistics';

export interface Agreement {
  readonly measure: OfiqMeasure;
  readonly on: 'all' | 'smiles';
  /** Mean absolute difference of the mapped values, 0..100. */
  readonly difference: number;
  /** Of that mean. */
  readonly standardError: number;
  /** The same with the landmarks of an independent executor of the mesh in the place of ours. */
  readonly byReferenceLandmarks: number;
  /** The largest of the differences. */
  readonly largest: number;
  /** The difference that was reached beforehand on 201 portraits. */
  readonly wanted: number;
  /** Spearman's rank correlation of the mapped values, −1..1, and that of the 201 portraits. */
  readonly rankCorrelation: number;
  readonly rankCorrelationBefore: number;
  readonly photos: number;
}

/** What was measured beforehand with another mesh on 201 portraits, of which these are a part; one decimal where not two. */
const WANTED: readonly Pick<Agreement, 'measure' | 'on' | 'wanted' | 'rankCorrelationBefore'>[] = [
  { measure: 'LuminanceMean', on: 'all', wanted: 0.8, rankCorrelationBefore: 0.999 },
  { measure: 'LuminanceVariance', on: 'all', wanted: 0.6, rankCorrelationBefore: 0.996 },
  { measure: 'UnderExposurePrevention', on: 'all', wanted: 0.05, rankCorrelationBefore: 1 },
  { measure: 'DynamicRange', on: 'all', wanted: 0.1, rankCorrelationBefore: 0.996 },
  { measure: 'InterEyeDistance', on: 'all', wanted: 1.9, rankCorrelationBefore: 0.976 },
  { measure: 'MarginAboveTheFace', on: 'all', wanted: 1.1, rankCorrelationBefore: 0.972 },
  { measure: 'MarginBelowTheFace', on: 'all', wanted: 2.8, rankCorrelationBefore: 0.976 },
  { measure: 'MouthClosed', on: 'smiles', wanted: 2.2, rankCorrelationBefore: 0.935 },
  { measure: 'IlluminationUniformity', on: 'all', wanted: 1.9, rankCorrelationBefore: 0.836 },
];

/**
 * @param portraits the 512-pixel copies, on which the published values were computed
 * @param reference landmarks of these copies
 */
export async function ofiqAgreement(
  portraits: readonly LabelledPortrait[],
  reference: ReferenceLandmarks,
  runtime: ModelRuntime,
): Promise<Agreement[]> {
  const pairs: {
    readonly portrait: LabelledPortrait;
    readonly own: OfiqValues;
    readonly other: OfiqValues;
  }[] = [];
  for (const portrait of portraits) {
    const { image } = await decodePhoto(readFileSync(portrait.path), {
      limits: { ...PHOTO_LIMITS, minimumSide: 400 },
    });
    const { largest } = await findPeople(new PicturePyramid(image), runtime);
    if (largest === null) throw new Error(`no face in ${portrait.file}`);
    const measured = (landmarks: Landmarks): OfiqValues =>
      ofiqMeasures({ image, landmarks, face: faceGeometry(landmarks), pose: headPose(landmarks) });
    const points = reference[portrait.file];
    if (points === undefined) throw new Error(`no reference landmarks for ${portrait.file}`);
    const other = Float32Array.from(points.flat());
    pairs.push({ portrait, own: measured(largest.landmarks), other: measured(other) });
  }
  return WANTED.map((row) => {
    const counted = pairs.filter(({ portrait }) => row.on === 'all' || portrait.set === 'smile');
    const differences = (of: 'own' | 'other'): number[] =>
      counted.map(({ portrait, [of]: values }) =>
        Math.abs(values[row.measure] - portrait.ofiq[row.measure]!),
      );
    return {
      ...row,
      difference: mean(differences('own')),
      standardError: standardError(differences('own')),
      byReferenceLandmarks: mean(differences('other')),
      largest: Math.max(...differences('own')),
      rankCorrelation: rankCorrelation(
        counted.map(({ own }) => own[row.measure]),
        counted.map(({ portrait }) => portrait.ofiq[row.measure]!),
      ),
      photos: counted.length,
    };
  });
}
