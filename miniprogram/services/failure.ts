/**
 * Everything that can stop a step, in the one form that pages show: a refusal of the cloud, a problem on the phone,
 * or a bug. Refuses words; `copy/failure-words.ts` has them.
 */
import { Cancelled, PlatformError, Problem } from '../platform/problem';
import { DomainError, ErrorCode, ErrorDetails } from '../shared/errors';

export type Failure =
  | {
      readonly kind: 'refused';
      readonly code: ErrorCode;
      readonly details: ErrorDetails;
      /** Finds the call in the cloud's log. */
      readonly requestId: string;
    }
  | { readonly kind: 'problem'; readonly problem: Problem }
  | { readonly kind: 'bug' };

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

/** A failure that goes away by itself: the same request may be sent again later. */
export function isPassing(failure: Failure): boolean {
  if (failure.kind === 'problem') return ['offline', 'timed-out', 'server-trouble'].includes(failure.problem);
  return (
    failure.kind === 'refused' &&
    ['TEMPORARILY_UNAVAILABLE', 'TOO_MANY_REQUESTS', 'CONFLICT', 'INTERNAL'].includes(failure.code)
  );
}
