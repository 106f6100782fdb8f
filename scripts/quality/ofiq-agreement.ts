/** Our recomputed measures of ISO/IEC 29794-5 against the values that BSI published for the same portraits. */
import { readFileSync } from 'node:fs';
import { decodePhoto, PHOTO_LIMITS } from '../../cloudfunctions/photo-engine/decode/decode-photo';
import { findPeople } from '../../cloudfunctions/photo-engine/face/find-people';
import { type ModelRuntime } from '../../cloudfunctions/photo-engine/inference/model-runtime';
import { PicturePyramid } from '../../cloudfunctions/photo-engine/inference/picture-pyramid';
import { ofiqMeasures, type OfiqMeasure } from '../../cloudfunctions/photo-engine/ofiq/ofiq-measures';
import { type LabelledPortrait } from './portraits';

export interface Agreement {
  readonly measure: OfiqMeasure;
  readonly on: 'all' | 'smiles';
  /** Mean absolute difference of the mapped values, 0..100. */
  readonly difference: number;
  /** The largest of the differences. */
  readonly largest: number;
  /** The difference that was reached beforehand on 201 portraits. */
  readonly wanted: number;
  readonly photos: number;
}

const WANTED: readonly Pick<Agreement, 'measure' | 'on' | 'wanted'>[] = [
  { measure: 'LuminanceMean', on: 'all', wanted: 0.8 },
  { measure: 'LuminanceVariance', on: 'all', wanted: 0.6 },
  { measure: 'UnderExposurePrevention', on: 'all', wanted: 0.05 },
  { measure: 'DynamicRange', on: 'all', wanted: 0.1 },
  { measure: 'InterEyeDistance', on: 'all', wanted: 1.9 },
  { measure: 'MarginAboveTheFace', on: 'all', wanted: 1.1 },
  { measure: 'MarginBelowTheFace', on: 'all', wanted: 2.8 },
  { measure: 'MouthClosed', on: 'smiles', wanted: 2.2 },
  { measure: 'IlluminationUniformity', on: 'all', wanted: 1.9 },
];

/** @param portraits the 512-pixel copies, on which the published values were computed */
export async function ofiqAgreement(
  portraits: readonly LabelledPortrait[],
  runtime: ModelRuntime,
): Promise<Agreement[]> {
  const differences = new Map<string, number[]>();
  for (const portrait of portraits) {
    const { image } = await decodePhoto(readFileSync(portrait.path), {
      limits: { ...PHOTO_LIMITS, minimumSide: 400 },
    });
    const { largest } = await findPeople(new PicturePyramid(image), runtime);
    if (largest === null) throw new Error(`no face in ${portrait.file}`);
    const { landmarks, geometry: face, pose } = largest;
    const values = ofiqMeasures({ image, landmarks, face, pose });
    for (const { measure, on } of WANTED) {
      if (on === 'smiles' && portrait.set !== 'smile') continue;
      const list = differences.get(measure) ?? [];
      differences.set(measure, [...list, Math.abs(values[measure] - portrait.ofiq[measure]!)]);
    }
  }
  return WANTED.map((row) => {
    const list = differences.get(row.measure) ?? [];
    return {
      ...row,
      difference: list.reduce((sum, value) => sum + value, 0) / list.length,
      largest: Math.max(...list),
      photos: list.length,
    };
  });
}
