/** Short facts on one line, joined by dots. */

const NO_BREAK = '\u00a0';

/** A line ends after a dot and never inside a piece: 还剩 60 天 · | 截止 2027年2月28日 24:00. Empty pieces are left out. */
export function joined(...pieces: readonly (string | undefined)[]): string {
  return pieces
    .filter((piece): piece is string => piece !== undefined && piece !== '')
    .map((piece) => piece.replace(/ /g, NO_BREAK))
    .join(`${NO_BREAK}· `);
}
