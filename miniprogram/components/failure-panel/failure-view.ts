/** A failure as the panel shows it. Pure. */
import { FailureWords, failureWords } from '../../copy/failure-words';
import { PictureOf } from '../../copy/error-words';
import { Failure } from '../../shared/failure';

export interface FailureView extends FailureWords {
  /** Empty where no number is known: there is no call button then. */
  readonly telephone: string;
}

/**
 * @param telephone of the page; a refusal that names its school's own goes first
 * @param picture what a refused or unreadable picture shows, where the page is about one
 */
export function failureView(failure: Failure, telephone: string, picture?: PictureOf): FailureView;
export function failureView(
  failure: Failure | null,
  telephone: string,
  picture?: PictureOf,
): FailureView | null;
export function failureView(
  failure: Failure | null,
  telephone: string,
  picture?: PictureOf,
): FailureView | null {
  if (failure === null) return null;
  return { ...failureWords(failure, picture), telephone: schoolTelephone(failure) || telephone };
}

/** Whom the refusal itself says to call; empty where it knows nobody. */
function schoolTelephone(failure: Failure): string {
  const telephone = failure.kind === 'refused' ? failure.details['telephone'] : undefined;
  return typeof telephone === 'string' ? telephone : '';
}
