/**
 * What a batch, or a reviewer for one student, may change about the checks: let a check warn instead of block, and
 * set its range on photos from real phones, as far as the photo standard leaves it open.
 * Refuses to soften what the finished picture cannot do without.
 */
import { DomainError } from '../errors';
import { CheckId } from '../verdict/check-ids';
import { CheckOverrides, effectiveRules, FIXED_CHECKS } from '../verdict/check-overrides';
import { CHECK_RULES, CheckRule, CheckRules } from '../verdict/check-rules';

export interface CheckSettings {
  /** Checks that only warn. */
  readonly onlyWarn: readonly CheckId[];
  /** Ranges and severities with their evidence, as `npm run tune` writes them; absent: as measured for everybody. */
  readonly overrides?: CheckOverrides;
}

export const DEFAULT_CHECK_SETTINGS: CheckSettings = { onlyWarn: [] };

/** Without these there is no picture inside the official standard, whatever a person says. */
export const ALWAYS_BLOCKING: readonly CheckId[] = FIXED_CHECKS;

export function maySoften(check: CheckId): boolean {
  return !ALWAYS_BLOCKING.includes(check);
}

/** @throws DomainError INVALID_REQUEST {path} for a check that must go on blocking */
export function requireSoftenable(checks: readonly CheckId[], path: string): void {
  if (!checks.every(maySoften)) throw new DomainError('INVALID_REQUEST', { path });
}

/** The rules in force with these checks softened; a check that must block stays as it is. */
export function softened(rules: CheckRules, checks: readonly CheckId[]): CheckRules {
  const soft = new Set(checks.filter(maySoften));
  const entries = Object.entries(rules) as [CheckId, CheckRule][];
  return Object.fromEntries(
    entries.map(([id, rule]) => [id, soft.has(id) ? { ...rule, severity: 'warn' } : rule]),
  ) as CheckRules;
}

/**
 * The rules in force for a batch. An override that a later version of the program no longer leaves open is left out:
 * a batch that was set up before goes on working, with the rule that holds for everybody.
 */
export function rulesFor({ onlyWarn, overrides = {} }: CheckSettings): CheckRules {
  const entries = Object.entries(overrides) as [CheckId, CheckOverrides[CheckId]][];
  const usable = Object.fromEntries(entries.filter(([id, override]) => isUsable({ [id]: override })));
  return softened(effectiveRules(CHECK_RULES, usable), onlyWarn);
}

/** @throws DomainError INVALID_REQUEST {path} for an override that the standard does not leave open */
export function requireUsableOverrides({ overrides = {} }: CheckSettings): void {
  effectiveRules(CHECK_RULES, overrides);
}

function isUsable(overrides: CheckOverrides): boolean {
  try {
    effectiveRules(CHECK_RULES, overrides);
    return true;
  } catch (error) {
    if (error instanceof DomainError) return false;
    throw error;
  }
}
