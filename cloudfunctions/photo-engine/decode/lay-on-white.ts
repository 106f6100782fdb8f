/**
 * Transparent pixels laid on white, as every viewer shows them: the engine and the finished photo know no transparency.
 * Refuses to touch an opaque pixel.
 */
import { type RgbaImage } from '../image/rgba-image';

/**
 * In place.
 * @returns whether there was anything transparent; a camera's picture has nothing
 */
export function layOnWhite({ data }: RgbaImage): boolean {
  let transparent = false;
  for (let at = 0; at < data.length; at += 4) {
    const alpha = data[at + 3]!;
    if (alpha === 255) continue;
    transparent = true;
    for (let channel = at; channel < at + 3; channel++) {
      data[channel] = 255 + ((data[channel]! - 255) * alpha) / 255;
    }
    data[at + 3] = 255;
  }
  return transparent;
}
