/**
 * Whether a threshold holds for people on whom it was not set: it is set on one half of them, as `npm run tune` sets it,
 * and tried on the other half, both ways round. Pure; refuses to look at anything but measured rows.
 */
import { type MeasureRule } from '../../miniprogram/shared/verdict/check-rules';
import { isWithin } from '../../miniprogram/shared/verdict/judge-measure';
import { type Limits } from '../../miniprogram/shared/verdict/verdict';
import { type LabelledValues, tuneMeasure } from '../tune/tune-check';

/** One person's value, with the half that the person belongs to. */
export interface PersonValue {
  readonly half: 0 | 1;
  readonly value: number;
}

export interface HalfResult {
  /** The range that was set on the other half. */
  readonly limits: Limits;
  /** Share of this half's bad photos outside the range, and of its good ones. */
  readonly caught: number;
  readonly falseAlarms: number;
}

/** What each half's range does on the other half. @param falseAlarm share of good photos that may be outside, 0..1 */
export function triedOnOtherHalf(
  rule: MeasureRule,
  good: readonly PersonValue[],
  bad: readonly PersonValue[],
  falseAlarm: number,
): HalfResult[] {
  const valuesOf = (list: readonly PersonValue[], half: number) =>
    list.filter((one) => one.half === half).map(({ value }) => value);
  const half = (index: number): LabelledValues => ({
    good: valuesOf(good, index),
    bad: valuesOf(bad, index),
  });
  return [0, 1].flatMap((set) => {
    const tried = half(1 - set);
    if (half(set).good.length === 0 || tried.good.length === 0 || tried.bad.length === 0) return [];
    const { limits } = tuneMeasure(rule, half(set), undefined, falseAlarm, [falseAlarm]).curve[0]!;
    const outside = (values: readonly number[]) =>
      values.filter((value) => !isWithin(value, limits)).length / values.length;
    return [{ limits, caught: outside(tried.bad), falseAlarms: outside(tried.good) }];
  });
}
