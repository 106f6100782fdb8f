/**
 * docs/quality.md has several authors: `npm run quality` writes how good the checks are, `npm run robustness` what any
 * picture at all gets, `npm run same-bytes` whether answers repeat, each with --write. Each replaces its own part and
 * keeps the others'. Refuses nothing: whether a run may be written, complete-run.ts says.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** The line that a part begins with; the first part goes from the document's beginning to the next one's. */
export const ROBUSTNESS_HEADING = '## Any picture at all';
export const SAME_BYTES_HEADING = '## Same bytes in, same bytes out';

export interface QualityDocument {
  readonly checks: string;
  readonly robustness: string;
  readonly sameBytes: string;
}

/** All parts of the document's text; a part that is not there is empty. */
export function partsOf(text: string): QualityDocument {
  const [before, sameBytes] = cutBefore(SAME_BYTES_HEADING, text);
  const [checks, robustness] = cutBefore(ROBUSTNESS_HEADING, before);
  return { checks, robustness, sameBytes };
}

function cutBefore(heading: string, text: string): [string, string] {
  const at = text.indexOf(heading);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at)];
}

/** The document's text, its parts a line apart, one line end at its end. */
export function textOf({ checks, robustness, sameBytes }: QualityDocument): string {
  return `${[checks, robustness, sameBytes]
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('\n\n')}\n`;
}

/** Replaces one part of the file and keeps the others. */
export function writePart(path: string, part: Partial<QualityDocument>): void {
  const before = partsOf(existsSync(path) ? readFileSync(path, 'utf8') : '');
  writeFileSync(path, textOf({ ...before, ...part }));
}
