/**
 * The last word on what was measured of the finished file: whatever misses the standard is refused.
 * Nothing leaves the engine that has not passed here.
 */
import { DomainError } from '../../../miniprogram/shared/errors';
import { outsideStandard, type ResultGeometry } from '../../../miniprogram/shared/framing/result-geometry';
import { type PhotoStandard } from '../../../miniprogram/shared/photo-standard/photo-standard';
import { type MeasuredResult } from './measure-result';

/**
 * @param measured null: not exactly one person
 * @returns the measures of a file inside the standard
 * @throws DomainError RESULT_OUT_OF_STANDARD with details.items
 */
export function verifyResult(measured: MeasuredResult | null, standard: PhotoStandard): ResultGeometry {
  if (measured === null) throw new DomainError('RESULT_OUT_OF_STANDARD', { items: ['face'] });
  const { geometry, jpegQuality, bitsPerPixel, metadata } = measured;
  const items: string[] = outsideStandard(geometry, standard);
  if (jpegQuality !== undefined && jpegQuality < standard.jpegQualityAtLeast) items.push('quality');
  if (bitsPerPixel !== 24) items.push('colour-depth');
  if (metadata) items.push('metadata');
  if (items.length > 0) throw new DomainError('RESULT_OUT_OF_STANDARD', { items });
  return geometry;
}
