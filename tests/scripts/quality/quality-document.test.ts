/** docs/quality.md has two authors, and neither loses the other's part. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { partsOf, textOf, writePart } from '../../../scripts/quality/quality-document';
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

test('each part is replaced alone, and writing twice changes nothing', () => {
  const folder = mkdtempSync(join(tmpdir(), 'quality-'));
  const path = join(folder, 'quality.md');
  writePart(path, { checks: '# Checks\n\nfirst\n' });
  writePart(path, { robustness: robustnessReport(run()) });
  writePart(path, { checks: '# Checks\n\nsecond\n' });
  const text = readFileSync(path, 'utf8');
  expect(text).toContain('second');
  expect(text).not.toContain('first');
  expect(text).toContain(robustnessReport(run()));
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
