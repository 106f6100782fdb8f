/** Short facts on one line, joined by dots. */

const NO_BREAK = '\u00a0';

/**
 * A line ends after a dot rather than inside a piece: 还剩 60 天 · | 截止 2027年2月28日 24:00. A piece that is too long
 * for the largest letters may still end before its last word. Empty pieces are left out.
 */
export function joined(...pieces: readonly (string | undefined)[]): string {
  return pieces
    .filter((piece): piece is string => piece !== undefined && piece !== '')
    .map((piece) => piece.replace(' ', NO_BREAK))
    .join(`${NO_BREAK}· `);
}
