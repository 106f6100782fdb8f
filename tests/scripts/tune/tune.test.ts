/** `npm run tune` from the outside: what is wrong with the labels or the places is said before a photo is measured. */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../../../local/cli/support/command';
import { NotLabels, readLabelTable } from '../../../scripts/tune/label-table';
import { tuneCommand } from '../../../scripts/tune/tune';
import { portraitFile } from '../../support/portrait';
import { recordedOutput } from '../../support/recorded-output';

const labels = (text: string) => readLabelTable(Buffer.from(text));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tune-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});
const place = (name: string) => join(folder, name);

async function tune(...args: readonly string[]) {
  const output = recordedOutput();
  return { code: await runCommand(tuneCommand, args, output), output };
}

test('a cell of its own comes before "all", and an empty one is not known', () => {
  const [one, two] = labels('file,all,sharp\na.jpg,good,bad\nb.jpg,,good\n');
  expect([one!.labelFor('sharp'), one!.labelFor('wall')]).toEqual(['bad', 'good']);
  expect([two!.labelFor('sharp'), two!.labelFor('wall')]).toEqual(['good', undefined]);
});

test.each([
  ['no column of files', 'name,sharp\na.jpg,good\n', 'the column "file" is missing'],
  ['a column of no check', 'file,sharpness\na.jpg,good\n', 'no check is called "sharpness"'],
  ['a column twice', 'file,sharp,sharp\na.jpg,good,bad\n', 'the column "sharp" is there twice'],
  ['a cell that is no label', 'file,sharp\na.jpg,good\nb.jpg,Good\n', 'row 3, sharp: "Good" is neither'],
  ['a row without a file', 'file,sharp\n,good\n', 'row 2 names no file'],
  ['rows of different length', 'file,sharp\na.jpg\n', 'differ in length'],
  ['no photo', 'file,sharp\n', 'names no photo'],
  ['a photo twice', 'file,all\na.jpg,good\nb.jpg,good\na.jpg,bad\n', 'row 4 names the same file as row 2'],
])('refused as a whole: %s', (_, text, message) => {
  expect(() => labels(text)).toThrow(NotLabels);
  expect(() => labels(text)).toThrow(message);
});

test('a picture given as table is refused without being printed', () => {
  expect(() => readLabelTable(readFileSync(portraitFile('m1_front.jpg')))).toThrow('no CSV but binary data');
});

test.each<[string, (csv: string) => readonly string[], RegExp]>([
  ['no labels', () => [folder], /--labels is missing/],
  ['labels that are not there', () => [folder, '--labels', 'nope.csv'], /nope\.csv does not exist/],
  ['a wrong table', (csv) => [folder, '--labels', csv], /labels\.csv: no check is called "sharpness"/],
  ['an unknown option', (csv) => [folder, '--labels', csv, '--fast'], /--fast/],
])('%s: said, with the usage and exit code 1', async (_, args, message) => {
  writeFileSync(place('labels.csv'), 'file,sharpness\na.jpg,good\n');
  const { code, output } = await tune(...args(place('labels.csv')));
  expect(code).toBe(1);
  expect(output.errors.join('\n')).toMatch(message);
  expect(output.errors.join('\n')).toContain('npm run tune');
});

test('a place that cannot be written is said before a photo is measured', async () => {
  writeFileSync(place('labels.csv'), 'file,all\na.jpg,good\n');
  const { code, output } = await tune(folder, '--labels', place('labels.csv'), '--out', folder);
  expect(code).toBe(1);
  expect(output.errors).toEqual([expect.stringContaining('is a folder')]);
});

test('a photo that is missing is left out with a line, and the others count', async () => {
  cpSync(portraitFile('m1_front.jpg'), place('a.jpg'));
  writeFileSync(place('broken.jpg'), 'text');
  writeFileSync(place('labels.csv'), 'file,all\na.jpg,good\ngone.jpg,good\nbroken.jpg,bad\n');
  const args = ['--labels', place('labels.csv'), '--out', place('settings.json')];
  const { code, output } = await tune(folder, ...args);
  expect(code).toBe(0);
  expect(output.errors).toEqual([
    `Left out: ${place('gone.jpg')} does not exist.`,
    `Left out: ${place('broken.jpg')}: IMAGE_FORMAT_UNSUPPORTED.`,
  ]);
  expect(JSON.parse(readFileSync(place('settings.json'), 'utf8'))).toMatchObject({ photos: 1 });
});

test('where no photo could be measured, no settings are written', async () => {
  writeFileSync(place('labels.csv'), 'file,all\ngone.jpg,good\n');
  const args = ['--labels', place('labels.csv'), '--out', place('settings.json')];
  expect((await tune(folder, ...args)).code).toBe(1);
  expect(existsSync(place('settings.json'))).toBe(false);
});
