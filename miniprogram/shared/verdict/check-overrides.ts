/**
 * What may be changed about the rules without changing the program: ranges and severities, set by an operator on
 * photos from real phones (`npm run tune`) or for one batch. Each change says where its numbers come from.
 * Refuses everything beyond what the photo standard leaves open, and checks whose rule is the standard itself.
 */
import { DomainError } from '../errors';
import { CHECK_IDS, CheckId } from './check-ids';
import { CheckRule, CheckRules, MeasureRule } from './check-rules';
import { isWithin } from './judge-measure';
import { Limits, Severity } from './verdict';

export interface MeasureOverride {
  /** Ends that are given replace the rule's; ends that the rule does not have cannot be added. */
  readonly allowed?: Limits;
  readonly tolerated?: Limits;
  /** Where the numbers come from: photos, date, false alarms. */
  readonly evidence: string;
}

export interface CheckOverride {
  readonly severity?: Severity;
  readonly measures?: Readonly<Record<string, MeasureOverride>>;
}

export type CheckOverrides = Readonly<Partial<Record<CheckId, CheckOverride>>>;

/** The rule of these is the photo standard itself: without them there is no picture inside it. */
export const FIXED_CHECKS: readonly CheckId[] = ['single-face', 'resolution', 'framing'];

/**
 * How far each range may be moved outwards: beyond, a photo is not what the notice asks for, whoever says so (a head
 * turned by more than 15° is a side face, an eye with a gap below .03 is closed). Inwards there is no limit but order.
 */
const WIDEST: Readonly<Partial<Record<CheckId, Readonly<Record<string, Limits>>>>> = {
  'head-yaw': { yaw: { min: -15, max: 15 } },
  'head-pitch': { pitch: { min: -20, max: 25 } },
  'head-roll': { roll: { min: -8, max: 8 } },
  'shoulders-level': { slope: { min: -15, max: 15 } },
  'not-backlit': { eyeWhites: { min: -3 }, bright: { max: 0.1 }, brightest: { min: 0.1 } },
  // 1 stop: one half of the face has half the light.
  'even-light': { cheeks: { max: 1 } },
  sharp: { detail: { min: 0.02 } },
  'natural-colour': { distance: { max: 25 } },
  'no-shine': { share: { max: 0.15 } },
  'eyes-open': { gap: { min: 0.03 } },
  'no-glare-on-glasses': { iris: { max: 0.5 }, lens: { max: 0.1 } },
  'mouth-closed': { gap: { max: 0.12 }, teeth: { max: 0.012 } },
  'brows-visible': {
    brows: { max: 1 },
    browContrast: { min: -0.5 },
    eyes: { max: 0.95 },
    // Below, not even the half of an iris is seen.
    eyeContrast: { min: 0.2 },
  },
  'ears-visible': { skin: { min: 0 } },
  'plain-clothes': { pattern: { max: 40 } },
  'clothes-not-background': { difference: { min: 10 } },
  collar: { skin: { max: 1 } },
  wall: { texture: { max: 40 }, certainty: { min: 0 }, body: { min: 0 } },
};

/** Remarks whose signal is good enough that a batch may make them block (docs/quality.md). */
const MAY_BECOME_BLOCKING: readonly CheckId[] = [
  'natural-colour',
  'no-shine',
  'plain-clothes',
  'clothes-not-background',
];

/** How far a measure's range may reach, or undefined where it is fixed. */
export function widestRange(check: CheckId, measure: string): Limits | undefined {
  return WIDEST[check]?.[measure];
}

/**
 * The rules in force.
 * @throws DomainError INVALID_REQUEST {path} for an override that the standard does not leave open
 */
export function effectiveRules(rules: CheckRules, overrides: CheckOverrides): CheckRules {
  requireValidOverrides(rules, overrides);
  const entries = CHECK_IDS.map((id): [CheckId, CheckRule] => [id, overridden(rules[id], overrides[id])]);
  return Object.fromEntries(entries) as CheckRules;
}

/** @throws DomainError INVALID_REQUEST {path}, the path of the first part that is wrong, e.g. `sharp.detail.allowed` */
export function requireValidOverrides(rules: CheckRules, overrides: CheckOverrides): void {
  for (const [id, override] of Object.entries(overrides) as [CheckId, CheckOverride][]) {
    requireThat(id, CHECK_IDS.includes(id) && !FIXED_CHECKS.includes(id));
    const rule = rules[id];
    const { severity, measures = {} } = override;
    requireThat(`${id}.severity`, severity === undefined || maySet(id, rule, severity));
    for (const [name, measure] of Object.entries(measures)) {
      const widest = widestRange(id, name);
      const base = rule.measures[name];
      requireThat(`${id}.${name}`, widest !== undefined && base !== undefined);
      requireMeasure(`${id}.${name}`, base!, measure, widest!);
    }
    // Without a measure whose range ends in a retake, the check would go on remarking only.
    const blocks = Object.values(overridden(rule, override).measures).some(({ tolerated }) => tolerated);
    requireThat(`${id}.severity`, severity !== 'block' || blocks);
  }
}

function maySet(id: CheckId, rule: CheckRule, severity: Severity): boolean {
  return severity === 'warn' || rule.severity === 'block' || MAY_BECOME_BLOCKING.includes(id);
}

function requireMeasure(path: string, base: MeasureRule, override: MeasureOverride, widest: Limits): void {
  requireThat(`${path}.evidence`, typeof override.evidence === 'string' && override.evidence.trim() !== '');
  const { allowed, tolerated } = measureOverridden(base, override);
  requireThat(`${path}.allowed`, hasSameEnds(allowed, base.allowed) && isInside(allowed, widest));
  if (tolerated === undefined) return;
  requireThat(`${path}.tolerated`, hasSameEnds(tolerated, base.allowed) && isInside(tolerated, widest));
  requireThat(`${path}.tolerated`, isInside(allowed, tolerated));
}

function overridden(rule: CheckRule, override: CheckOverride | undefined): CheckRule {
  if (override === undefined) return rule;
  const measures = Object.entries(rule.measures).map(([name, measure]): [string, MeasureRule] => {
    const change = override.measures?.[name];
    return [name, change === undefined ? measure : measureOverridden(measure, change)];
  });
  return { severity: override.severity ?? rule.severity, measures: Object.fromEntries(measures) };
}

function measureOverridden(
  base: MeasureRule,
  { allowed, tolerated, evidence }: MeasureOverride,
): MeasureRule {
  const wider = base.tolerated || tolerated ? { ...base.tolerated, ...tolerated } : undefined;
  return {
    unit: base.unit,
    allowed: { ...base.allowed, ...allowed },
    ...(wider && { tolerated: wider }),
    evidence,
  };
}

function hasSameEnds(limits: Limits, base: Limits): boolean {
  const { min, max } = limits;
  const finite = [min, max].every((end) => end === undefined || Number.isFinite(end));
  const ordered = min === undefined || max === undefined || min <= max;
  return (
    finite &&
    ordered &&
    (min === undefined) === (base.min === undefined) &&
    (max === undefined) === (base.max === undefined)
  );
}

/** Whether both ends of a range lie inside another range. */
function isInside(limits: Limits, outer: Limits): boolean {
  return [limits.min, limits.max].every((end) => end === undefined || isWithin(end, outer));
}

function requireThat(path: string, holds: boolean): void {
  if (!holds) throw new DomainError('INVALID_REQUEST', { path });
}
