/**
 * docs/benchmarks.md as the command keeps it: people write around the marker lines, the command between them. Each
 * section carries its own name and its own "Measured …" line, so that running one leaves the others as they were.
 * Refuses a document that has lost its marker lines: it would overwrite what a person wrote.
 */
import { type MeasuredBenchmark } from './benchmark';

const BEGIN = '<!-- measured by npm run bench -- --write; do not edit below -->';
const END = '<!-- end of the measured part -->';
const SECTION = /^<!-- section: (\S+) -->$/m;

/**
 * The document with these sections in the place of older ones of the same name.
 * @param order names of all sections in the order of the document; sections of other names are dropped
 * @throws Error when a marker line is missing
 */
export function withSections(
  document: string,
  measured: readonly MeasuredBenchmark[],
  order: readonly string[],
): string {
  const begin = document.indexOf(BEGIN);
  const end = document.indexOf(END);
  if (begin === -1 || end < begin) throw new Error('docs/benchmarks.md has lost its marker lines');
  const sections = sectionsIn(document.slice(begin + BEGIN.length, end));
  for (const one of measured) sections.set(one.name, sectionText(one));
  const texts = order.flatMap((name) => sections.get(name) ?? []);
  return `${document.slice(0, begin)}${[BEGIN, ...texts, END].join('\n\n')}${document.slice(end + END.length)}`;
}

/** Name to text, the marker line included. What stands before the first marker belongs to nobody and goes. */
function sectionsIn(part: string): Map<string, string> {
  const pieces = part.split(SECTION).slice(1);
  const sections = new Map<string, string>();
  for (let at = 0; at + 1 < pieces.length; at += 2) {
    sections.set(pieces[at]!, `<!-- section: ${pieces[at]!} -->\n\n${pieces[at + 1]!.trim()}`);
  }
  return sections;
}

function sectionText({ name, title, measured, markdown }: MeasuredBenchmark): string {
  return `<!-- section: ${name} -->\n\n## ${title}\n\n${measured}\n\n${markdown.trim()}`;
}
