/** A measured document is written only when that is asked for, and only by a run over everything it speaks of. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../../../local/cli/support/command';
import { missingRows, requireComplete } from '../../../scripts/quality/complete-run';
import { AS_IT_IS, type MeasuredPhoto } from '../../../scripts/quality/measure-variants';
import { type LabelledPortrait } from '../../../scripts/quality/portraits';
import { qualityCommand } from '../../../scripts/quality/quality';
import { robustnessCommand } from '../../../scripts/quality/robustness';
import { sameBytesCommand } from '../../../scripts/quality/same-bytes/same-bytes';
import { SURROUNDINGS } from '../../../scripts/quality/surroundings';
import { VARIANTS } from '../../../scripts/quality/variants';
import { recordedOutput } from '../../support/recorded-output';

const documentText = () => readFileSync(join(__dirname, '../../../docs/quality.md'), 'utf8');
const before = documentText();
afterEach(() => {
  expect(documentText()).toBe(before);
});

test.each([
  ['quality, some portraits', qualityCommand, ['--every', '2'], '--every leaves portraits out'],
  ['quality, some variants', qualityCommand, ['--only', 'blur'], '--only leaves variants out'],
  ['robustness, fewer files', robustnessCommand, ['--files', '40'], 'generated files'],
  ['robustness, later files', robustnessCommand, ['--from', '1'], 'generated files'],
  ['robustness, no data', robustnessCommand, ['--no-data'], 'without the measuring data'],
  ['same-bytes, one Node', sameBytesCommand, ['--node', '20.20.2'], 'without Node 18'],
  ['same-bytes, no data', sameBytesCommand, ['--no-data'], 'without the measuring data'],
] as const)('%s: not to be written, said before anything is measured', async (_, command, args, lack) => {
  const output = recordedOutput();
  expect(await runCommand(command, ['--write', ...args], output)).toBe(1);
  expect(output.errors.join('\n')).toContain('--write is for complete runs, and this one is none');
  expect(output.errors.join('\n')).toContain(lack);
  expect(output.lines).toEqual([]);
});

test.each([
  ['quality', qualityCommand, ['--every', 'x']],
  ['robustness', robustnessCommand, ['--files', '1e3']],
  ['robustness', robustnessCommand, ['--quick']],
  ['same-bytes', sameBytesCommand, ['--no-report']],
] as const)('%s %j: the usage and exit code 1', async (name, command, args) => {
  const output = recordedOutput();
  expect(await runCommand(command, args, output)).toBe(1);
  expect(output.errors.join('\n')).toContain(`npm run ${name}`);
});

test('without --write a part is measured and printed', async () => {
  const output = recordedOutput();
  // Its exit code says whether the limits held; here the memory is that of the process that runs all these tests.
  await runCommand(robustnessCommand, ['--files', '3', '--no-data'], output);
  expect(output.lines.join('\n')).toContain('3 broken and');
});

const portrait: LabelledPortrait = {
  file: 'a.jpg',
  path: 'a.jpg',
  set: 'neutral',
  monk: 2,
  teeth: 'no',
  ears: '',
  brows: 'clear',
  ofiq: {},
};
const made = [...SURROUNDINGS, ...VARIANTS].map(({ name }) => name);
const rows: readonly MeasuredPhoto[] = [AS_IT_IS, ...made].map((variant) => ({
  file: 'a.jpg',
  variant,
  checks: {},
}));

test('rows of an earlier run are complete when every portrait is there, the compliant ones in all surroundings and spoiled in every way', () => {
  const smile: LabelledPortrait = { ...portrait, file: 'b.jpg', set: 'smile' };
  const smiled: MeasuredPhoto = { file: 'b.jpg', variant: AS_IT_IS, checks: {} };
  expect(missingRows([...rows, smiled], [portrait, smile])).toBeUndefined();
  expect(missingRows(rows, [portrait, smile])).toContain('1 of');
  expect(missingRows(rows.slice(1), [portrait])).toContain('1 of');
  expect(missingRows(rows.slice(0, 1), [portrait])).toContain(`${made.length} of`);
});

test('all that a run lacks is named', () => {
  expect(() => {
    requireComplete('one', undefined, 'two');
  }).toThrow('one; two.');
  expect(() => {
    requireComplete(undefined);
  }).not.toThrow();
});
