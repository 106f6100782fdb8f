/**
 * Good portraits in other surroundings: dark clothes and walls that are not bright, in the studio's own light. All of
 * the portraits wear white before white; a rule that leans on that brightness is fair in the studio and unfair outside.
 * Nothing here is a reason to refuse a photo.
 */
import { type Rgb } from '../../miniprogram/shared/photo-standard/official-standard';
import { beforePlainWall, reshirted } from '../../tests/support/spoil-features';
import { type MadePhoto } from './variants';

const BLACK: Rgb = { red: 30, green: 30, blue: 32 };
const WALLS: Readonly<Record<string, Rgb>> = {
  'mid-grey': { red: 118, green: 118, blue: 120 },
  green: { red: 60, green: 120, blue: 75 },
  brown: { red: 120, green: 85, blue: 55 },
  black: { red: 30, green: 30, blue: 30 },
};

export const SURROUNDINGS: readonly MadePhoto[] = Object.entries(WALLS).map(([name, wall]) => ({
  name: `black shirt, ${name} wall`,
  make: (portrait) => beforePlainWall({ ...portrait, image: reshirted(portrait, BLACK) }, wall),
}));
