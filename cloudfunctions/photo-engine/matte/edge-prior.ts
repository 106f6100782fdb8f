/**
 * What is expected of the person's edge before any pixel near it is looked at: where it lies, and how far apart colours
 * are there. Refuses to know the picture: only which look the mask comes from and what kind of wall it was.
 * All numbers from the portraits of the tuning half of the matting benchmark, 2026-11.
 */
import { type MaskEdge } from './figure-mask';
import { DARK_BELOW, type WallBehind } from './wall-behind';

/** Where the true edge is expected: pixels inside the mask's edge (of the result), and how widely around that. */
export interface EdgePlace {
  readonly shift: number;
  readonly width: number;
}

/** What colours near the edge are like. */
export interface EdgeColours {
  /** How much of the Gaussians' opinion on colour a histogram replaces where there is one. */
  readonly histogram: number;
  /** The least spread that a mixture of colours can have beyond what both sides show, levels. */
  readonly noise: number;
  /**
   * How far apart colours lie, 1 but before plain, dark walls: there all levels move closer together, and with them the
   * spread that hair has and the distance that tells person and wall apart.
   */
  readonly contrast: number;
  /** Alpha up to which nothing is there but noise. */
  readonly noiseBelow: number;
}

export type EdgePrior = EdgePlace & EdgeColours;

const PLACES: Readonly<Record<MaskEdge, EdgePlace>> = {
  blurred: { shift: 0.6, width: 2 },
  sharp: { shift: -1.5, width: 1 },
};
const HISTOGRAMS: Readonly<Record<MaskEdge, number>> = { blurred: 0.8, sharp: 0.6 };
/**
 * Before a dark wall the second look loses the outermost hair: the mean error of the cut-out × 1000 before the
 * benchmark's dark clutter goes from 5.4 to 4.9 by this, before its dark plain wall from 5.9 to 5.2 by this and the
 * colours below. Clutter gains nothing from these. Each number is flat around its value.
 */
const DARK_SHIFT = -3;

type WallColours = Omit<EdgeColours, 'histogram'>;
const BEFORE_CLUTTER: WallColours = { noise: 2.5, contrast: 1, noiseBelow: 0.06 };
/** Such a wall leaves no noise in the alpha: not even the faintest strand has to go. */
const BEFORE_LIGHT: WallColours = { noise: 2.5, contrast: 1, noiseBelow: 0 };
const BEFORE_DARK: WallColours = { noise: 0.3, contrast: 0.6, noiseBelow: 0.06 };

/** Luma from which down a wall is as dark as these numbers mean; the benchmark's dark walls have 33–48. */
const DARKEST = 50;

export function edgePrior(edge: MaskEdge, { kind, luma }: WallBehind): EdgePrior {
  const { shift, width } = PLACES[edge];
  // A blurred mask is what a light wall gets: see best-mask.ts.
  const dark =
    edge === 'blurred' ? 0 : Math.min(1, Math.max(0, (DARK_BELOW - luma) / (DARK_BELOW - DARKEST)));
  const towards = (from: number, to: number): number => from + (to - from) * dark;
  const beforePlain: WallColours = {
    noise: towards(BEFORE_LIGHT.noise, BEFORE_DARK.noise),
    contrast: towards(BEFORE_LIGHT.contrast, BEFORE_DARK.contrast),
    noiseBelow: towards(BEFORE_LIGHT.noiseBelow, BEFORE_DARK.noiseBelow),
  };
  const { noise, contrast, noiseBelow } = kind === 'plain' ? beforePlain : BEFORE_CLUTTER;
  return {
    shift: towards(shift, DARK_SHIFT),
    width,
    histogram: HISTOGRAMS[edge],
    noise,
    contrast,
    noiseBelow,
  };
}
