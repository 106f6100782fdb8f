/** Shows how far a long command is, on a terminal only; a pipe or a file stays clean. */

export interface Progress {
  /** One more is done. */
  step(label: string): void;
  /** Clears the line. */
  end(): void;
}

export function startProgress(total: number, stream: NodeJS.WriteStream = process.stderr): Progress {
  if (!stream.isTTY) return { step: () => undefined, end: () => undefined };
  const started = performance.now();
  let done = 0;
  return {
    step(label) {
      done++;
      const left = ((performance.now() - started) / done) * (total - done);
      const width = Math.max(20, stream.columns || 80);
      const line = `${done}/${total}  ${Math.round((100 * done) / total)} %  about ${Math.ceil(left / 1000)} s left  ${label}`;
      stream.write(`\r\x1b[2K${line.slice(0, width - 1)}`);
    },
    end() {
      stream.write('\r\x1b[2K');
    },
  };
}
