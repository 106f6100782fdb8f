/** Verdicts without a photo: everything passed, unless a check is named with another outcome. */
import { CHECK_IDS, type CheckId } from '../../miniprogram/shared/verdict/check-ids';
import { CHECK_RULES } from '../../miniprogram/shared/verdict/check-rules';
import { type CheckOutcome, type Verdict, verdictOf } from '../../miniprogram/shared/verdict/verdict';

export type OutcomesByCheck = Partial<Record<CheckId, CheckOutcome>>;

export function aVerdict(outcomes: OutcomesByCheck = {}): Verdict {
  return verdictOf(
    CHECK_IDS.map((id) => {
      const [name, rule] = Object.entries(CHECK_RULES[id].measures)[0]!;
      const outcome = outcomes[id] ?? 'passed';
      if (outcome === 'not-assessed') return { id, outcome, reason: 'nothing-to-measure' };
      return { id, outcome, measures: [{ name, value: 0, unit: rule.unit, allowed: rule.allowed, outcome }] };
    }),
  );
}
