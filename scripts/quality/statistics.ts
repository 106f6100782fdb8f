/** Figures of a detector: how well its values part bad photos from good ones. Pure arithmetic. */
import { type Limits } from '../../miniprogram/shared/verdict/verdict';

/** A value turned so that more means worse, by the ends of the range that the rule allows. */
export function badness(value: number, allowed: Limits): number {
  const { min, max } = allowed;
  if (min !== undefined && max !== undefined) return Math.abs(value - (min + max) / 2);
  return min === undefined ? value : -value;
}

/**
 * Area under the ROC curve: the chance that a bad photo has more badness than a good one, ties counted half.
 * NaN where either list is empty.
 */
export function areaUnderCurve(good: readonly number[], bad: readonly number[]): number {
  if (good.length === 0 || bad.length === 0) return NaN;
  let wins = 0;
  for (const b of bad) for (const g of good) wins += b > g ? 1 : b === g ? 0.5 : 0;
  return wins / (good.length * bad.length);
}

/**
 * The least badness above which at most this share of the good photos lies. A photo counts as an alarm above it.
 * @param share 0..1
 */
export function thresholdAt(good: readonly number[], share: number): number {
  const sorted = [...good].sort((a, b) => b - a);
  return sorted[Math.floor(share * sorted.length)] ?? -Infinity;
}

/** Share of values above the threshold; NaN for an empty list. */
export function shareAbove(values: readonly number[], threshold: number): number {
  return values.filter((value) => value > threshold).length / values.length;
}

/** NaN for an empty list. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Of the mean of a sample. NaN for fewer than two values. */
export function standardError(values: readonly number[]): number {
  const middle = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - middle) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1) / values.length);
}

/** Spearman's: the correlation of the two lists' ranks, equal values sharing theirs. NaN where one list does not vary. */
export function rankCorrelation(one: readonly number[], other: readonly number[]): number {
  const [a, b] = [ranksOf(one), ranksOf(other)];
  const product = (p: readonly number[], q: readonly number[]) =>
    p.reduce((sum, rank, at) => sum + (rank - mean(p)) * (q[at]! - mean(q)), 0);
  return product(a, b) / Math.sqrt(product(a, a) * product(b, b));
}

/** 0 for the least; equal values get the mean of the places that they take up. */
function ranksOf(values: readonly number[]): number[] {
  const sorted = [...values].sort((a, b) => a - b);
  return values.map((value) => (sorted.indexOf(value) + sorted.lastIndexOf(value)) / 2);
}
