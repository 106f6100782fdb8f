/**
 * Sets a measure's range on labelled photos: what is allowed is what all but a stated share of the good photos keep,
 * what is tolerated is what every good photo keeps. Pure; refuses to set anything on too few photos, and to go beyond
 * what the photo standard leaves open.
 */
import { type MeasureOverride } from '../../miniprogram/shared/verdict/check-overrides';
import { type MeasureRule } from '../../miniprogram/shared/verdict/check-rules';
import { isWithin } from '../../miniprogram/shared/verdict/judge-measure';
import { type Limits } from '../../miniprogram/shared/verdict/verdict';
import { areaUnderCurve, badness, shareAbove, thresholdAt } from '../quality/statistics';

export interface LabelledValues {
  readonly good: readonly number[];
  readonly bad: readonly number[];
}

export interface CurvePoint {
  readonly falseAlarm: number;
  readonly limits: Limits;
  /** Share of the bad photos outside; NaN without bad photos. */
  readonly caught: number;
}

export interface TunedMeasure {
  readonly auc: number;
  readonly curve: readonly CurvePoint[];
  /** Absent: the photos do not justify a change, for this reason. */
  readonly override?: MeasureOverride;
  readonly kept?: 'too-few-photos' | 'fixed-by-the-standard';
}

const CURVE = [0, 0.01, 0.02, 0.05, 0.1] as const;

/**
 * @param widest how far the range may be moved; undefined: not at all
 * @param falseAlarm the share of good photos that may get a remark, 0..1
 * @param shares the shares for which the curve has a point
 */
export function tuneMeasure(
  rule: MeasureRule,
  { good, bad }: LabelledValues,
  widest: Limits | undefined,
  falseAlarm: number,
  shares: readonly number[] = CURVE,
): TunedMeasure {
  const fine = good.map((value) => badness(value, rule.allowed));
  const wrong = bad.map((value) => badness(value, rule.allowed));
  const at = (share: number): CurvePoint => {
    const threshold = thresholdAt(fine, share);
    return {
      falseAlarm: share,
      limits: limitsAt(threshold, rule.allowed),
      caught: shareAbove(wrong, threshold),
    };
  };
  const result = { auc: areaUnderCurve(fine, wrong), curve: shares.map(at) };
  if (widest === undefined) return { ...result, kept: 'fixed-by-the-standard' };
  // With fewer, one photo is a larger share than the one that was asked for.
  if (good.length < 1 / falseAlarm) return { ...result, kept: 'too-few-photos' };
  const { limits } = at(falseAlarm);
  const allowed = narrowed(limits, widest);
  const tolerated = rule.tolerated && narrowed(wider(at(0).limits, rule.tolerated), widest);
  const stopped = allowed.min !== limits.min || allowed.max !== limits.max;
  const evidence =
    evidenceFor(allowed, { good, bad }) + (stopped ? '; the standard allows no wider range' : '');
  return { ...result, override: { allowed, ...(tolerated && { tolerated }), evidence } };
}

/** What this range does to these photos; it stands in every verdict that is judged by it. */
function evidenceFor(allowed: Limits, { good, bad }: LabelledValues): string {
  const outside = (values: readonly number[]) => {
    const share = values.filter((value) => !isWithin(value, allowed)).length / values.length;
    return `${(100 * share).toFixed(1)} % of ${values.length}`;
  };
  const caught = bad.length === 0 ? '' : `, ${outside(bad)} bad ones caught`;
  return `tuned: ${outside(good)} good photos remarked on${caught}`;
}

/** The range outside which the badness is above the threshold. */
function limitsAt(threshold: number, { min, max }: Limits): Limits {
  if (min === undefined) return { max: threshold };
  if (max === undefined) return { min: -threshold };
  const middle = (min + max) / 2;
  return { min: middle - threshold, max: middle + threshold };
}

/** The part of the range that lies inside another. */
function narrowed({ min, max }: Limits, outer: Limits): Limits {
  return {
    ...(min !== undefined && { min: isWithin(min, outer) ? min : outer.min! }),
    ...(max !== undefined && { max: isWithin(max, outer) ? max : outer.max! }),
  };
}

/** The range that holds both. */
function wider(one: Limits, other: Limits): Limits {
  return {
    ...(one.min !== undefined && { min: Math.min(one.min, other.min ?? one.min) }),
    ...(one.max !== undefined && { max: Math.max(one.max, other.max ?? one.max) }),
  };
}
