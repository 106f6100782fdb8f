/**
 * One JSON line per call, and nothing personal in it: request id, function, action, code, milliseconds, those of
 * transfers to and from the storage among them. Work that goes on after a failure adds a line for it.
 * A bug adds its stack. Refuses free text from callers; error messages are blunted before they are written,
 * because libraries like to quote their input.
 */

export interface CallRecord {
  readonly requestId: string;
  readonly function: string;
  readonly action: string;
  /** `OK`, or the error code that was answered. */
  readonly code: string;
  readonly milliseconds: number;
  /** Of these, the time that pictures travelled to and from the storage; absent where none did. */
  readonly transferMilliseconds?: number;
  readonly error?: LoggedError;
}

export interface LoggedError {
  readonly name: string;
  readonly message: string;
  readonly stack: readonly string[];
}

/** One of many pieces of work of a call, which failed while the others went on. */
export interface FailureRecord {
  readonly requestId: string;
  readonly function: string;
  /** Which kind of work; never which person's. */
  readonly failed: string;
  readonly error: LoggedError;
}

export type LogWriter = (line: string) => void;

const toStandardOutput: LogWriter = (line) => process.stdout.write(`${line}\n`);

/** Writes the one line of a call. */
export function logCall(record: CallRecord, write: LogWriter = toStandardOutput): void {
  write(JSON.stringify(record));
}

/** Writes a line about something that failed and that the call lives on after. */
export function logFailure(record: FailureRecord, write: LogWriter = toStandardOutput): void {
  write(JSON.stringify(record));
}

/** Runs of four digits or more and of Chinese characters: numbers of people, names, file names. */
const PERSONAL = /\d{4,}|[\u3400-\u9fff]+/g;
const MAXIMUM_MESSAGE = 300;
const MAXIMUM_FRAMES = 12;

/** What may be kept of an unexpected error: its kind, its blunted message and where it happened. */
export function describeError(error: unknown): LoggedError {
  if (!(error instanceof Error)) return { name: typeof error, message: '', stack: [] };
  return {
    name: error.name,
    message: withCause(error).slice(0, MAXIMUM_MESSAGE).replace(PERSONAL, '…'),
    stack: (error.stack ?? '')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line.startsWith('at '))
      .slice(0, MAXIMUM_FRAMES),
  };
}

function withCause({ message, cause }: Error): string {
  return cause instanceof Error ? `${message}: ${cause.message}` : message;
}
