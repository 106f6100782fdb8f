/**
 * Ctrl-C, an orderly kill and the closing of the window (SIGHUP; Node gives it on Windows too, where the system ends the
 * process some seconds later): what a command has opened is closed before the process ends. A second Ctrl-C ends it at
 * once. Refuses to guess what that is: who opens something says how it is closed.
 */
import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

let stopping = false;

/** True from the signal on: what fails then fails because everything is being closed, and is nothing to tell. */
export function isStopping(): boolean {
  return stopping;
}

/**
 * @param endsWith the exit code where a signal is the normal end; otherwise what a shell reports for such an end
 * @returns takes the handlers away, for when everything was closed without a signal
 */
export function closeOnSignals(close: () => Promise<void>, endsWith?: number): () => void {
  const handlers = SIGNALS.map((signal) => {
    const handler = (): void => {
      stopping = true;
      const exitCode = endsWith ?? 128 + constants.signals[signal];
      close().then(
        () => process.exit(exitCode),
        (error: unknown) => {
          console.error(error);
          process.exit(exitCode);
        },
      );
    };
    process.once(signal, handler);
    return { signal, handler };
  });
  return () => {
    for (const { signal, handler } of handlers) process.off(signal, handler);
  };
}
