/** A failure as the panel shows it. Pure. */
import { FailureWords, failureWords } from '../../copy/failure-words';
import { Failure } from '../../services/failure';

export interface FailureView extends FailureWords {
  /** Empty where no number is known: there is no call button then. */
  readonly telephone: string;
}

export function failureView(failure: Failure | null, telephone: string): FailureView | null {
  return failure === null ? null : { ...failureWords(failure), telephone };
}
