/**
 * What a thrown error means for the page that meets it. Refuses to be silent about bugs: what nobody foresaw goes to
 * the console and becomes the failure that says so.
 */
import { Cancelled, PlatformError } from '../platform/problem';
import { DomainError, ErrorCode, ErrorDetails } from '../shared/errors';
import { Failure } from '../shared/failure';

/** A refusal together with the id of the call that brought it. */
export class AnswerRefused extends DomainError {
  readonly requestId: string;

  constructor(code: ErrorCode, details: ErrorDetails, requestId: string) {
    super(code, details);
    this.requestId = requestId;
  }
}

/** The failure that an error stands for; null when the person cancelled. */
export function failureOf(error: unknown): Failure | null {
  if (error instanceof Cancelled) return null;
  if (error instanceof AnswerRefused) {
    return { kind: 'refused', code: error.code, details: error.details, requestId: error.requestId };
  }
  if (error instanceof PlatformError) return { kind: 'problem', problem: error.problem };
  console.error(error);
  return { kind: 'bug' };
}
