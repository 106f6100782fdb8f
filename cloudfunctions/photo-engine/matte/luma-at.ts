/** Brightness of one pixel as the wall's measures use it. Refuses to linearise: texture and darkness are seen in coded values. */
import { type RgbaImage } from '../image/rgba-image';

/** Rec. 709 luma of the coded values. */
export function lumaAt({ data }: RgbaImage, pixel: number): number {
  const at = pixel * 4;
  return 0.2126 * data[at]! + 0.7152 * data[at + 1]! + 0.0722 * data[at + 2]!;
}
