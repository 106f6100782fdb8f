/** docs/quality.md has several authors, and none loses another's part. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { partsOf, textOf, writePart } from '../../../scripts/quality/quality-document';
import {
  differingPictures,
  type NodeRun,
  sameBytesReport,
} from '../../../scripts/quality/same-bytes/same-bytes-report';
import { isRobust, robustnessReport, type RobustnessRun } from '../../../scripts/quality/robustness-report';

const run = (changes: Partial<RobustnessRun> = {}): RobustnessRun => ({
  data: new Map([['developed', 90]]),
  generated: new Map([
    ['IMAGE_DAMAGED', 12],
    ['developed', 3],
  ]),
  from: 0,
  slowest: { name: 'generated file 7', seconds: 1.25 },
  memoryMegabytes: 400,
  ...changes,
});

const PICTURES = ['a/one.jpg', 'a/two.jpg'];
/** Answers as `outcome hash`. */
const nodeRun = (node: string, ...answers: readonly string[]): NodeRun => ({
  node,
  answers: answers.map((answer) => {
    const [outcome, sha256] = answer.split(' ') as [string, string];
    return { outcome, sha256 };
  }),
});
const [ONE, TWO] = ['developed x', 'IMAGE_EMPTY y'] as const;

test('each part is replaced alone, and writing twice changes nothing', () => {
  const folder = mkdtempSync(join(tmpdir(), 'quality-'));
  const path = join(folder, 'quality.md');
  writePart(path, { checks: '# Checks\n\nold\n' });
  const sameBytes = sameBytesReport(PICTURES, [nodeRun('v20', ONE, TWO)]);
  writePart(path, { sameBytes });
  writePart(path, { robustness: robustnessReport(run()) });
  writePart(path, { checks: '# Checks\n\nnew\n' });
  const text = readFileSync(path, 'utf8');
  expect(text).toContain('# Checks\n\nnew');
  expect(text).not.toContain('# Checks\n\nold');
  expect(text).toContain(`${robustnessReport(run())}\n\n${sameBytes}\n`);
  writePart(path, { robustness: robustnessReport(run()) });
  expect(readFileSync(path, 'utf8')).toBe(text);
  expect(textOf(partsOf(text))).toBe(text);
  rmSync(folder, { recursive: true });
});

test('counts both kinds of files, the commonest outcome first', () => {
  const report = robustnessReport(run());
  expect(report).toContain('| developed | 90 | 3 |\n| IMAGE_DAMAGED | 0 | 12 |');
  expect(report).toContain('numbers 0 to 14');
  expect(report).toContain('Reached: yes');
});

test.each<[string, Partial<RobustnessRun>]>([
  ['a crash', { generated: new Map([['CRASH out of bounds', 1]]) }],
  ['more than five seconds', { slowest: { name: 'a', seconds: 5.1 } }],
  ['more than 800 MB', { memoryMegabytes: 801 }],
])('not robust: %s', (_what, changes) => {
  expect(isRobust(run())).toBe(true);
  expect(isRobust(run(changes))).toBe(false);
  expect(robustnessReport(run(changes))).toContain('Reached: **no**');
});

test.each<[string, readonly string[]]>([
  ['another hash', [ONE, 'IMAGE_EMPTY z']],
  ['another outcome', [ONE, 'IMAGE_DAMAGED y']],
  ['no answer', [ONE]],
])('a picture that a run gives %s is named, and not counted for that run', (_, answers) => {
  const [first, again, other] = [
    nodeRun('v20', ONE, TWO),
    nodeRun('v20', ONE, TWO),
    nodeRun('v22', ...answers),
  ] as const;
  expect(differingPictures(PICTURES, [first, again])).toEqual([]);
  expect(differingPictures(PICTURES, [first, again, other])).toEqual(['a/two.jpg']);
  const report = sameBytesReport(PICTURES, [first, again, other]);
  expect(report).toContain('2 pictures, 1 of them developed');
  expect(report).toContain('| v20 | – |\n| v20 | 2 |\n| v22 | 1 |');
  expect(report).toContain('Different: a/two.jpg.');
  expect(sameBytesReport(PICTURES, [first, again])).toContain('Different: none.');
});
