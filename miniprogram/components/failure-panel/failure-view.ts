/** A failure as the panel shows it. Pure. */
import { FailureWords, failureWords } from '../../copy/failure-words';
import { PictureOf } from '../../copy/error-words';
import { Failure } from '../../shared/failure';

export interface FailureView extends FailureWords {
  /** Empty where no number is known: there is no call button then. */
  readonly telephone: string;
}

/** @param picture what a refused or unreadable picture shows, where the page is about one */
export function failureView(
  failure: Failure | null,
  telephone: string,
  picture?: PictureOf,
): FailureView | null {
  return failure === null ? null : { ...failureWords(failure, picture), telephone };
}
