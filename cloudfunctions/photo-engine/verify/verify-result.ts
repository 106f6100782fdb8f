/**
 * The last word: the finished file is decoded and measured again, and whatever misses the standard is refused.
 * Nothing leaves the engine that has not passed here.
 */
import { DomainError } from '../../../miniprogram/shared/errors';
import { outsideStandard, type ResultGeometry } from '../../../miniprogram/shared/framing/result-geometry';
import { type PhotoStandard } from '../../../miniprogram/shared/photo-standard/photo-standard';
import { type Plane } from '../image/resample';
import { type ModelRuntime } from '../inference/model-runtime';
import { measureResult } from './measure-result';

/**
 * @param person the cut-out's alpha, of the result's size
 * @returns what was measured on the finished file
 * @throws DomainError RESULT_OUT_OF_STANDARD with details.items
 */
export async function verifyResult(
  jpeg: Uint8Array,
  standard: PhotoStandard,
  person: Plane,
  runtime: ModelRuntime,
): Promise<ResultGeometry> {
  const measured = await measureResult(jpeg, standard.background, person, runtime);
  if (measured === null) throw new DomainError('RESULT_OUT_OF_STANDARD', { items: ['face'] });
  const { geometry, jpegQuality, bitsPerPixel, metadata } = measured;
  const items: string[] = outsideStandard(geometry, standard);
  if (jpegQuality !== undefined && jpegQuality < standard.jpegQualityAtLeast) items.push('quality');
  if (bitsPerPixel !== 24) items.push('colour-depth');
  if (metadata) items.push('metadata');
  if (items.length > 0) throw new DomainError('RESULT_OUT_OF_STANDARD', { items });
  return geometry;
}
