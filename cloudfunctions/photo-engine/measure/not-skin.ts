/** Whether a pixel cannot be this person's bare skin: hair, cloth or deep shadow over it. */
import { type Lab } from './lab';

// Against the median of the skin: this dark, or fairly dark and without its colour. Shaded lids keep their colour.
const DARK = 0.5;
const FAIRLY_DARK = 0.8;
const COLOUR_LEFT = 0.5;

export function isNotSkin(colour: Lab, skin: Lab): boolean {
  if (colour.lightness < skin.lightness * DARK) return true;
  const chroma = Math.hypot(colour.a, colour.b);
  return colour.lightness < skin.lightness * FAIRLY_DARK && chroma < Math.hypot(skin.a, skin.b) * COLOUR_LEFT;
}
