/**
 * Clothes that come too near the colour behind the finished photo, as people call them. From the colours that the
 * check of the clothes holds against them, ΔE 1976 below 30: of shirts light blue and sky blue for the reference blue,
 * sky blue and denim for the deeper one, white and light grey for the two without a colour.
 */
import { Rgb } from '../shared/photo-standard/official-standard';
import { KNOWN_BACKGROUNDS } from '../shared/photo-standard/photo-standard';

const NEAR: Record<keyof typeof KNOWN_BACKGROUNDS, string> = {
  referenceBlue: '浅蓝',
  operatorBlue: '天蓝、牛仔蓝',
  white: '白色、浅灰',
  lightGrey: '白色、浅灰',
};

/** @returns null for a background that a batch has mixed itself */
export function coloursNear({ red, green, blue }: Rgb): string | null {
  const names = Object.keys(KNOWN_BACKGROUNDS) as (keyof typeof KNOWN_BACKGROUNDS)[];
  const name = names.find((one) => {
    const known: Rgb = KNOWN_BACKGROUNDS[one];
    return known.red === red && known.green === green && known.blue === blue;
  });
  return name === undefined ? null : NEAR[name];
}
