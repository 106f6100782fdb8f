/** Tables for people: columns that line up although Chinese characters are two cells wide. Bars only on a terminal. */

/** Cells that a text takes on a terminal: East Asian wide and full-width forms count two. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += isWide(character.codePointAt(0)!) ? 2 : 1;
  return width;
}

/** Unicode's East Asian Width W and F, as far as names, classes and our own words go. */
function isWide(code: number): boolean {
  return (
    (code >= 0x1100 && code <= 0x115f) ||
    (code >= 0x2e80 && code <= 0xa4cf) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xfe4f) ||
    (code >= 0xff00 && code <= 0xff60) ||
    (code >= 0xffe0 && code <= 0xffe6) ||
    (code >= 0x20000 && code <= 0x3fffd)
  );
}

export type Cell = string | number | null;

/** Numbers to the right, text to the left; null is a dash. */
export function table(headings: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const text = rows.map((row) => row.map((cell) => (cell === null ? '-' : String(cell))));
  const widths = headings.map((heading, column) =>
    Math.max(displayWidth(heading), ...text.map((row) => displayWidth(row[column] ?? ''))),
  );
  const isNumber = (column: number) =>
    rows.length > 0 && rows.every((row) => typeof row[column] !== 'string');
  const lineOf = (cells: readonly string[]) =>
    cells
      .map((cell, column) => {
        const padding = ' '.repeat(widths[column]! - displayWidth(cell));
        return isNumber(column) ? padding + cell : cell + padding;
      })
      .join('  ')
      .trimEnd();
  return [lineOf(headings), widths.map((width) => '-'.repeat(width)).join('  '), ...text.map(lineOf)].join(
    '\n',
  );
}

/** Lines of "name: value", the names lined up. */
export function facts(pairs: readonly (readonly [name: string, value: string | number])[]): string {
  const width = Math.max(...pairs.map(([name]) => displayWidth(name)));
  return pairs
    .map(([name, value]) => `${name}${' '.repeat(width - displayWidth(name))}  ${value}`)
    .join('\n');
}

export interface Bar {
  /** Shows how far it is. */
  show(done: number, total: number, label: string): void;
  /** Clears the line. */
  end(): void;
}

const BAR_CELLS = 24;

/** A bar on a terminal; nothing in a pipe or a file. */
export function progressBar(stream: NodeJS.WriteStream = process.stderr): Bar {
  if (!stream.isTTY) return { show: () => undefined, end: () => undefined };
  return {
    show(done, total, label) {
      const share = total === 0 ? 1 : done / total;
      const filled = Math.round(share * BAR_CELLS);
      const bar = `${'█'.repeat(filled)}${'░'.repeat(BAR_CELLS - filled)}`;
      stream.write(`\r\x1b[2K${bar} ${Math.round(share * 100)} %  ${done}/${total}  ${label}`);
    },
    end: () => void stream.write('\r\x1b[2K'),
  };
}
