/** The words for any failure, and what the reader may do about it. */
import { COMMON_WORDS } from './app-words';
import { SentFile, errorWords } from './error-words';
import { PROBLEM_WORDS, problemWords } from './problem-words';
import { Words } from './words';
import { Failure, isPassing } from '../shared/failure';

export interface FailureWords extends Words {
  /** What to read out on the telephone; empty where nothing was logged. */
  readonly reference: string;
  readonly canRetry: boolean;
  /** Only the phone's settings help. */
  readonly needsSettings: boolean;
}

// Eight characters of a random id: enough to find one call in a day's log, short enough to be read out.
const REFERENCE_LENGTH = 8;

/** The short form of a request id, e.g. 3F9A0C21. */
export function shortReference(requestId: string): string {
  return requestId
    .replace(/[^0-9a-z]/gi, '')
    .slice(0, REFERENCE_LENGTH)
    .toUpperCase();
}

/** @param sent what was refused or cannot be read, where the page is about a file */
export function failureWords(failure: Failure, sent?: SentFile): FailureWords {
  // What nobody can name may go away too, and its words ask for another try.
  const unknown = failure.kind === 'bug' || (failure.kind === 'problem' && failure.problem === 'unexpected');
  const canRetry = unknown || isPassing(failure);
  switch (failure.kind) {
    case 'refused': {
      const short = failure.code === 'INTERNAL' ? shortReference(failure.requestId) : '';
      const reference = short === '' ? '' : COMMON_WORDS.reference(short);
      return {
        ...errorWords(failure.code, failure.details, sent),
        reference,
        canRetry,
        needsSettings: false,
      };
    }
    case 'problem': {
      const { problem } = failure;
      const needsSettings = problem === 'camera-refused' || problem === 'album-refused';
      return { ...problemWords(problem, sent), reference: '', canRetry, needsSettings };
    }
    case 'bug':
      return { ...PROBLEM_WORDS.unexpected, reference: '', canRetry, needsSettings: false };
  }
}
