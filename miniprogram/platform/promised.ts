/**
 * The one bridge from WeChat's callbacks to promises. Every failure becomes a `PlatformError` with a known problem,
 * or `Cancelled`. Refuses to retry or to show anything.
 */
import { FailResult, errorOf } from './problem';
import { Problem } from '../shared/failure';

export interface Callbacks<Result> {
  readonly success: (result: Result) => void;
  readonly fail: (failure: FailResult) => void;
}

/**
 * Runs one function of `wx`.
 * @param start calls the function with the two callbacks it is given
 * @param otherwise the problem of a failure that no pattern knows
 */
export function promised<Result>(
  start: (callbacks: Callbacks<Result>) => unknown,
  otherwise: Problem = 'unexpected',
): Promise<Result> {
  return new Promise((resolve, reject) => {
    try {
      start({
        success: resolve,
        fail: (failure) => {
          reject(errorOf(failure, otherwise));
        },
      });
    } catch (error) {
      // A function that this WeChat does not have throws at once.
      reject(errorOf({ errMsg: error instanceof Error ? error.message : String(error) }, 'unsupported'));
    }
  });
}
