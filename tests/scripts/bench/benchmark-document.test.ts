/** The document of the benchmarks: a section that was run takes the place of its older self and of nothing else. */
import { type MeasuredBenchmark } from '../../../scripts/bench/benchmark';
import { withSections } from '../../../scripts/bench/benchmark-document';

const ORDER = ['speed', 'size', 'live'];
const EMPTY = [
  '# Benchmarks',
  'Written by hand.',
  '<!-- measured by npm run bench -- --write; do not edit below -->',
  '<!-- end of the measured part -->',
  'Also by hand.',
].join('\n\n');

function measured(name: string, figure: number, day = '2026-11-22'): MeasuredBenchmark {
  return {
    name,
    title: `Title of ${name}`,
    measured: `Measured ${day} on a machine.`,
    markdown: `| ms |\n| --- |\n| ${figure} |`,
    figures: { figure },
    referenceMilliseconds: 200,
    times: [{ what: 'all', milliseconds: figure, ratio: figure / 200 }],
  };
}

it('writes each section with its own day between the marker lines and leaves the rest alone', () => {
  const document = withSections(EMPTY, [measured('speed', 700)], ORDER);
  expect(document).toContain('Written by hand.');
  expect(document).toContain('Also by hand.');
  expect(document).toContain('## Title of speed\n\nMeasured 2026-11-22 on a machine.\n\n| ms |');
});

it('replaces what was run and keeps what was not', () => {
  const before = withSections(EMPTY, [measured('speed', 700, '2026-11-01'), measured('size', 8)], ORDER);
  const after = withSections(before, [measured('speed', 650)], ORDER);
  expect(after).toContain('| 650 |');
  expect(after).not.toContain('| 700 |');
  expect(after).not.toContain('2026-11-01');
  expect(after).toContain('| 8 |');
});

it('keeps the order of the command whatever was run first', () => {
  const once = withSections(EMPTY, [measured('live', 1)], ORDER);
  const twice = withSections(once, [measured('speed', 700), measured('size', 8)], ORDER);
  const places = ORDER.map((name) => twice.indexOf(`<!-- section: ${name} -->`));
  expect(places).toEqual([...places].sort((a, b) => a - b));
});

it('drops sections that no command writes any more', () => {
  const before = withSections(EMPTY, [measured('gone', 1)], [...ORDER, 'gone']);
  expect(withSections(before, [measured('size', 8)], ORDER)).not.toContain('Title of gone');
});

it('the same run twice gives the same document', () => {
  const once = withSections(EMPTY, [measured('speed', 700), measured('size', 8)], ORDER);
  expect(withSections(once, [measured('size', 8)], ORDER)).toBe(once);
});

it('refuses a document without its marker lines', () => {
  expect(() => withSections('# Benchmarks', [], ORDER)).toThrow('marker lines');
});
