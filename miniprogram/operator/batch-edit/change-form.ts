/** What taps and typing make of the form. Pure; each gives back the part that changes. */
import { CheckId } from '../../shared/verdict/check-ids';
import { BatchForm, CohortForm, EMPTY_COHORT } from './batch-form';

export function withCohortField(
  { cohorts }: BatchForm,
  index: number,
  field: keyof CohortForm,
  value: string,
): Partial<BatchForm> {
  return { cohorts: cohorts.map((cohort, at) => (at === index ? { ...cohort, [field]: value } : cohort)) };
}

export function withAnotherCohort({ cohorts }: BatchForm): Partial<BatchForm> {
  return { cohorts: [...cohorts, EMPTY_COHORT] };
}

export function withoutCohort({ cohorts }: BatchForm, index: number): Partial<BatchForm> {
  return { cohorts: cohorts.filter((_, at) => at !== index) };
}

/** Ticks a check, or takes its tick away. */
export function withCheck({ onlyWarn }: BatchForm, id: CheckId): Partial<BatchForm> {
  return { onlyWarn: onlyWarn.includes(id) ? onlyWarn.filter((one) => one !== id) : [...onlyWarn, id] };
}
