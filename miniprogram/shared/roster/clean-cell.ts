/** What a cell of a list says, whatever the programs on its way put around it. The one place that decides it. */

/** Cells that people fill so that they are not empty. */
const NOTHING = /^(?:[-—–/\\]+|无|空|null|n\/a)$/i;

/** Null for nothing. Undoes what exports do to keep numbers as text: ="0123" and a leading apostrophe. */
export function cleanCell(raw: string): string | null {
  const text = raw
    .replace(/^="(.*)"$/s, '$1')
    .replace(/^'/, '')
    .replace(/[\u00a0\u3000\ufeff\u200b]/g, ' ')
    .trim();
  return text === '' || NOTHING.test(text) ? null : text;
}
