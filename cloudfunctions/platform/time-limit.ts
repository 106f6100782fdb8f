/**
 * A limit for the waiting on what may never be answered: what the platform kills for it can say nothing any more. Refuses
 * to promise that the work ends: where it heeds no signal it goes on, and its outcome is dropped.
 */

/**
 * @param work gets a signal that ends what heeds one, such as `fetch`
 * @throws Error when the time is over
 */
export async function within<Result>(
  milliseconds: number,
  work: (limit: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const limit = AbortSignal.timeout(milliseconds);
  const timeIsOver = new Error(`No answer within ${milliseconds / 1000} s`);
  let end: () => void = () => undefined;
  const over = new Promise<never>((_, reject) => {
    end = () => {
      reject(timeIsOver);
    };
    limit.addEventListener('abort', end);
  });
  try {
    return await Promise.race([work(limit), over]);
  } finally {
    // Node keeps a signal that somebody listens to until its time; through the race it would keep the result too.
    limit.removeEventListener('abort', end);
  }
}
