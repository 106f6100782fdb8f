/**
 * A verdict: what was measured on a photo, what is allowed, and what follows. A bad photo is data, not an error.
 * Refuses to hold words; `miniprogram/copy/` has a sentence for each check and remedy.
 */
import { CheckId } from './check-ids';

export type Severity = 'warn' | 'block';
export type CheckOutcome = 'passed' | 'warned' | 'blocked' | 'not-assessed';

/** `ratio` is dimensionless; `stops` is a base-2 logarithm of light; `ied` is in inter-eye distances. */
export type Unit =
  'count' | 'px' | 'degrees' | 'ratio' | 'stops' | 'ied' | 'ied2' | 'grey-levels' | 'delta-e' | 'share';

/** Acceptable values, both ends included; a missing end is open. */
export interface Limits {
  readonly min?: number;
  readonly max?: number;
}

/** Why a measure could not be taken. Never a pass and never a bad score. */
export const NOT_ASSESSED_REASONS = [
  'no-face',
  'part-outside-picture',
  'light-too-low',
  'nothing-to-measure',
] as const;
export type NotAssessedReason = (typeof NOT_ASSESSED_REASONS)[number];

/** One measured quantity with the limits that were in force. */
export interface MeasureResult {
  readonly name: string;
  readonly value: number;
  readonly unit: Unit;
  /** Outside: worth a remark. */
  readonly allowed: Limits;
  /** Outside: the photo must be retaken; absent where the measure can only warn. */
  readonly tolerated?: Limits;
  readonly outcome: 'passed' | 'warned' | 'blocked';
}

interface AssessedCheck {
  readonly id: CheckId;
  readonly outcome: 'passed' | 'warned' | 'blocked';
  /** Never empty; the first is the check's native value in reports. */
  readonly measures: readonly [MeasureResult, ...MeasureResult[]];
  /** What to do, where one check has several remedies (`framing`: step back, come closer …). */
  readonly remedy?: Remedy;
}

interface UnassessedCheck {
  readonly id: CheckId;
  readonly outcome: 'not-assessed';
  readonly reason: NotAssessedReason;
}

export type CheckResult = AssessedCheck | UnassessedCheck;

/** Remedies where the check's id alone does not say what to do next. */
export const REMEDIES = [
  'nobody-seen',
  'several-people',
  'head-cut-off',
  'step-back',
  'come-closer',
  'show-shoulders',
  'move-to-middle',
  'hair-too-high',
  'turn-to-window',
  'too-dark',
  'too-bright',
  'close-lips',
  'hide-teeth',
  'hold-still',
  'edge-unsure',
  'clothes-like-wall',
] as const;
export type Remedy = (typeof REMEDIES)[number];

export interface Verdict {
  readonly outcome: 'passed' | 'warned' | 'blocked';
  /** One for each of CHECK_IDS, in that order. */
  readonly checks: readonly CheckResult[];
}

const RANK: Record<CheckOutcome, number> = { passed: 0, 'not-assessed': 0, warned: 1, blocked: 2 };

/** The worst outcome of all checks; a check that could not be assessed neither passes nor fails the photo. */
export function verdictOf(checks: readonly CheckResult[]): Verdict {
  const worst = checks.reduce((rank, check) => Math.max(rank, RANK[check.outcome]), 0);
  return { outcome: worst === 2 ? 'blocked' : worst === 1 ? 'warned' : 'passed', checks };
}

/** The measure that decided a check's outcome: the first of the worst ones. */
export function decidingMeasure(check: AssessedCheck): MeasureResult {
  return check.measures.find((measure) => measure.outcome === check.outcome) ?? check.measures[0];
}

/** Ids of the checks with this outcome, in reading order. */
export function checksWith(verdict: Verdict, outcome: CheckOutcome): CheckId[] {
  return verdict.checks.filter((check) => check.outcome === outcome).map((check) => check.id);
}
