/** docs/quality.md has several authors, and none loses another's part. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { partsOf, textOf, writePart } from '../../../scripts/quality/quality-document';
import { differingPictures, sameBytesReport } from '../../../scripts/quality/same-bytes/same-bytes-report';
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
const nodeRun = (node: string, ...hashes: readonly string[]) => ({
  node,
  answers: hashes.map((sha256) => ({ outcome: 'developed', sha256 })),
});

test('each part is replaced alone, and writing twice changes nothing', () => {
  const folder = mkdtempSync(join(tmpdir(), 'quality-'));
  const path = join(folder, 'quality.md');
  writePart(path, { checks: '# Checks\n\nold\n' });
  const sameBytes = sameBytesReport(PICTURES, [nodeRun('v20', 'x', 'y')]);
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

test('a picture that any run answers otherwise than the first is named, and counted for that run', () => {
  const runs = [nodeRun('v20', 'x', 'y'), nodeRun('v20', 'x', 'y'), nodeRun('v22', 'x', 'z')];
  expect(differingPictures(PICTURES, runs.slice(0, 2))).toEqual([]);
  expect(differingPictures(PICTURES, runs)).toEqual(['a/two.jpg']);
  const report = sameBytesReport(PICTURES, runs);
  expect(report).toContain('| v20 | – |\n| v20 | 2 |\n| v22 | 1 |');
  expect(report).toContain('Different: a/two.jpg.');
  expect(sameBytesReport(PICTURES, runs.slice(0, 2))).toContain('Different: none.');
});

test('a run that answered fewer pictures differs in the rest', () => {
  expect(differingPictures(PICTURES, [nodeRun('v20', 'x', 'y'), nodeRun('v22', 'x')])).toEqual(['a/two.jpg']);
});
