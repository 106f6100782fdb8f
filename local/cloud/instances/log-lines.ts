/** What the functions wrote to stdout and stderr, the last lines of it. */

export interface LogLine {
  readonly at: string;
  readonly function: string;
  readonly instance: number;
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
}

const KEPT_LINES = 2000;
const MAXIMUM_LINE = 8192; // a function that prints a picture must not fill the memory

export class LogLines {
  private readonly lines: LogLine[] = [];
  private readonly listener: (line: LogLine) => void;

  constructor(listener: (line: LogLine) => void) {
    this.listener = listener;
  }

  all(): readonly LogLine[] {
    return [...this.lines];
  }

  /** Collects a stream line by line. */
  collect(stream: NodeJS.ReadableStream, origin: Pick<LogLine, 'function' | 'instance' | 'stream'>): void {
    let unfinished = '';
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => {
      const parts = (unfinished + text).split('\n');
      unfinished = (parts.pop() ?? '').slice(0, MAXIMUM_LINE);
      for (const part of parts) this.add(origin, part);
    });
    stream.on('end', () => {
      if (unfinished !== '') this.add(origin, unfinished);
    });
  }

  private add(origin: Pick<LogLine, 'function' | 'instance' | 'stream'>, text: string): void {
    const line = { at: new Date().toISOString(), ...origin, text: text.slice(0, MAXIMUM_LINE) };
    this.lines.push(line);
    if (this.lines.length > KEPT_LINES) this.lines.shift();
    this.listener(line);
  }
}
