/**
 * docs/quality.md has two authors: `npm run quality` writes how good the checks are, `npm run robustness` what any
 * picture at all gets. Each replaces its own part and keeps the other's.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** The robustness part begins with this line and goes on to the end. */
export const ROBUSTNESS_HEADING = '## Any picture at all';

export interface QualityDocument {
  readonly checks: string;
  readonly robustness: string;
}

/** Both parts of the document's text; a part that is not there is empty. */
export function partsOf(text: string): QualityDocument {
  const at = text.indexOf(ROBUSTNESS_HEADING);
  return at < 0
    ? { checks: text, robustness: '' }
    : { checks: text.slice(0, at), robustness: text.slice(at) };
}

/** The document's text, its parts a line apart, one line end at its end. */
export function textOf({ checks, robustness }: QualityDocument): string {
  return `${[checks, robustness]
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('\n\n')}\n`;
}

/** Replaces one part of the file and keeps the other. */
export function writePart(path: string, part: Partial<QualityDocument>): void {
  const before = partsOf(existsSync(path) ? readFileSync(path, 'utf8') : '');
  writeFileSync(path, textOf({ ...before, ...part }));
}
