/**
 * Turns a measured value into an outcome by the limits in force: the one place where a number becomes a judgement.
 */
import { CheckId } from './check-ids';
import { CheckRule, MeasureRule } from './check-rules';
import { CheckResult, decidingMeasure, Limits, MeasureResult, NotAssessedReason, Remedy } from './verdict';

/** What a check's own file returns: values by the names that its rule declares, or why there are none. */
export type Measurement =
  | {
      readonly kind: 'measured';
      readonly values: Readonly<Record<string, number>>;
      /** What to do, by the name of the measure that decides; absent where the check's own words say it. */
      readonly remedies?: Readonly<Record<string, Remedy>>;
    }
  | { readonly kind: 'not-assessed'; readonly reason: NotAssessedReason };

/** True when the value lies inside the limits, ends included. NaN never does. */
export function isWithin(value: number, limits: Limits): boolean {
  return value >= (limits.min ?? -Infinity) && value <= (limits.max ?? Infinity);
}

/** The outcome of one check. Measures that the rule declares and the measurement lacks are left out. */
export function judgeMeasurement(id: CheckId, rule: CheckRule, measurement: Measurement): CheckResult {
  if (measurement.kind === 'not-assessed') return { id, outcome: 'not-assessed', reason: measurement.reason };
  const cap = rule.severity === 'warn' ? 'warned' : 'blocked';
  const measures: MeasureResult[] = [];
  for (const [name, measureRule] of Object.entries(rule.measures)) {
    const value = measurement.values[name];
    if (value === undefined || Number.isNaN(value)) continue;
    measures.push(judgeValue(name, measureRule, value, cap));
  }
  const [first, ...others] = measures;
  if (first === undefined) return { id, outcome: 'not-assessed', reason: 'nothing-to-measure' };
  const outcomes = measures.map((measure) => measure.outcome);
  const outcome = outcomes.includes('blocked')
    ? 'blocked'
    : outcomes.includes('warned')
      ? 'warned'
      : 'passed';
  const result = { id, outcome, measures: [first, ...others] } as const;
  const remedy = outcome === 'passed' ? undefined : measurement.remedies?.[decidingMeasure(result).name];
  return { ...result, ...(remedy && { remedy }) };
}

function judgeValue(
  name: string,
  rule: MeasureRule,
  value: number,
  cap: 'warned' | 'blocked',
): MeasureResult {
  const blocked = rule.tolerated !== undefined && !isWithin(value, rule.tolerated);
  const warned = blocked || !isWithin(value, rule.allowed);
  const outcome = blocked ? cap : warned ? 'warned' : 'passed';
  return {
    name,
    value,
    unit: rule.unit,
    allowed: rule.allowed,
    ...(rule.tolerated && { tolerated: rule.tolerated }),
    outcome,
  };
}
