/**
 * What a batch, or a reviewer for one student, may change about the checks: let a check warn instead of block.
 * Refuses to soften what the finished picture cannot do without, and to make anything stricter than it was measured.
 */
import { DomainError } from '../errors';
import { CheckId } from '../verdict/check-ids';
import { CheckRule, CheckRules } from '../verdict/check-rules';

export interface CheckSettings {
  /** Checks that only warn. */
  readonly onlyWarn: readonly CheckId[];
}

export const DEFAULT_CHECK_SETTINGS: CheckSettings = { onlyWarn: [] };

/** Without these there is no picture inside the official standard, whatever a person says. */
export const ALWAYS_BLOCKING: readonly CheckId[] = ['single-face', 'resolution', 'framing'];

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
