/**
 * What a person types while a command runs, line by line, with the moment at which it arrived: a command that asks one
 * thing after the other must not take what was typed at the one for an answer to the next. Refuses to judge lines of a
 * file or a pipe: they were all written before, on purpose.
 */
import { createInterface } from 'node:readline';
import { type Readable } from 'node:stream';

export interface TypedLine {
  readonly text: string;
  /** Milliseconds of `performance.now()`; null where nobody sits at a keyboard. */
  readonly typedAt: number | null;
}

/** The lines until the input ends. */
export interface TypedLines extends AsyncIterable<TypedLine> {
  /** Stops listening; a terminal that is listened to keeps the process alive. */
  close(): void;
}

/** Listens from the call on, so that lines which came before anybody asked for them are known by their moment. */
export function typedLines(input: Readable & { readonly isTTY?: boolean }): TypedLines {
  const waiting: TypedLine[] = [];
  let ended = false;
  let wake = (): void => undefined;
  const reader = createInterface({ input });
  reader.on('line', (text) => {
    waiting.push({ text, typedAt: input.isTTY === true ? performance.now() : null });
    wake();
  });
  reader.on('close', () => {
    ended = true;
    wake();
  });
  return {
    close: () => {
      reader.close();
    },
    async *[Symbol.asyncIterator]() {
      for (;;) {
        const line = waiting.shift();
        if (line !== undefined) yield line;
        else if (ended) return;
        else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    },
  };
}
