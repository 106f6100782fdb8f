/** A failure as the panel shows it. Pure. */
import { FailureWords, failureWords } from '../../copy/failure-words';
import { SentFile } from '../../copy/error-words';
import { Failure } from '../../shared/failure';

export interface FailureView extends FailureWords {
  /** Empty where no number is known: there is no call button then. */
  readonly telephone: string;
}

/**
 * @param telephone of the page; a refusal that names its school's own goes first
 * @param sent what was refused or cannot be read, where the page is about a file
 */
export function failureView(failure: Failure, telephone: string, sent?: SentFile): FailureView;
export function failureView(failure: Failure | null, telephone: string, sent?: SentFile): FailureView | null;
export function failureView(failure: Failure | null, telephone: string, sent?: SentFile): FailureView | null {
  if (failure === null) return null;
  return { ...failureWords(failure, sent), telephone: schoolTelephone(failure) || telephone };
}

/** Whom the refusal itself says to call; empty where it knows nobody. */
function schoolTelephone(failure: Failure): string {
  const telephone = failure.kind === 'refused' ? failure.details['telephone'] : undefined;
  return typeof telephone === 'string' ? telephone : '';
}
