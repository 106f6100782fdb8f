/**
 * What a mask says about where the person's true edge is, before any colour is looked at. Refuses to know the picture:
 * only which look the mask comes from and what kind of wall it was.
 * All numbers from the portraits of the tuning half of the matting benchmark, 2026-11.
 */
import { type MaskEdge } from './figure-mask';
import { DARK_BELOW, type WallBehind } from './wall-behind';

export interface EdgePrior {
  /** Where the true edge is expected, pixels inside the mask's (of the result), and how widely around that. */
  readonly shift: number;
  readonly width: number;
  /** How much of the Gaussians' opinion on colour a histogram replaces where there is one. */
  readonly histogram: number;
  /** The least spread that a mixture of colours can have beyond what both sides show, levels. */
  readonly noise: number;
}

const PRIORS: Readonly<Record<MaskEdge, EdgePrior>> = {
  blurred: { shift: 0.6, width: 2, histogram: 0.8, noise: 2.5 },
  sharp: { shift: -1.5, width: 1, histogram: 0.6, noise: 2.5 },
};
/**
 * Before a dark wall the second look loses the outermost hair, and levels lie closer together. The mean error of the
 * cut-out × 1000 before the benchmark's dark plain wall goes from 5.9 to 5.5 by both, before its dark clutter from 5.4
 * to 4.9 by the first; there the second makes it worse.
 */
const DARK_SHIFT = -3;
const DARK_PLAIN_NOISE = 0.5;
/** Luma from which down a wall is as dark as these numbers mean; the benchmark's dark walls have 33–48. */
const DARKEST = 50;

export function edgePrior(edge: MaskEdge, { kind, luma }: WallBehind): EdgePrior {
  const prior = PRIORS[edge];
  if (edge === 'blurred') return prior;
  const dark = Math.min(1, Math.max(0, (DARK_BELOW - luma) / (DARK_BELOW - DARKEST)));
  const towards = (from: number, to: number): number => from + (to - from) * dark;
  return {
    ...prior,
    shift: towards(prior.shift, DARK_SHIFT),
    noise: kind === 'plain' ? towards(prior.noise, DARK_PLAIN_NOISE) : prior.noise,
  };
}
