/**
 * An end to waiting for what WeChat may never answer: on some phones and networks a function calls back neither success
 * nor failure, and the page that waits for it would stand still without a word. Refuses to cancel what was begun; whoever
 * began it tidies up what comes late.
 */
import { PlatformError } from './problem';
import { Problem } from '../shared/failure';

/**
 * @param patienceMs how long nothing may happen
 * @param problem what it is when nothing did
 * @param begin is given what it calls whenever something moved, so that the patience starts anew
 * @throws PlatformError with that problem, beside whatever the work itself throws
 */
export function withinPatience<Result>(
  patienceMs: number,
  problem: Problem,
  begin: (moved: () => void) => Promise<Result>,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    let over = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const startAnew = (): void => {
      clearTimeout(timer);
      if (over) return;
      timer = setTimeout(() => {
        over = true;
        reject(new PlatformError(problem, `nothing happened for ${patienceMs} ms`));
      }, patienceMs);
    };
    startAnew();
    void begin(startAnew)
      .then(resolve, reject)
      .then(() => {
        over = true;
        clearTimeout(timer);
      });
  });
}
