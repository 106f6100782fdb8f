/** Judging photos from the command line: the settings that are given hold, are named in each row, and must be allowed. */
import { spawnSync } from 'node:child_process';
import fs, { mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createPhotoEngine } from '../../cloudfunctions/photo-engine/photo-engine';
import { assessCommand } from '../../local/cli/assess';
import { assessColumns, assessRow, type RowOptions } from '../../local/cli/assess/assess-row';
import { runCommand } from '../../local/cli/support/command';
import { type CheckOverrides } from '../../miniprogram/shared/verdict/check-overrides';
import {
  readSettingsFile,
  SETTINGS_FORMAT,
  settingsText,
  writeSettingsFile,
} from '../../local/cli/support/settings-file';
import { MODEL_FOLDER } from '../support/model-runtime';
import { portraitFile } from '../support/portrait';
import { recordedOutput } from '../support/recorded-output';

const MADE_AT = '2026-11-22T08:00:00.000Z';
const STRICT: CheckOverrides = {
  sharp: { measures: { detail: { allowed: { min: 0.9 }, tolerated: { min: 0.8 }, evidence: 'test' } } },
  'even-light': { severity: 'warn' },
};
const engine = createPhotoEngine({ modelFolder: MODEL_FOLDER });
const rowWith = (options: RowOptions) => assessRow(engine, portraitFile('m1_front.jpg'), options);

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'assess-'))));
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function settingsFile(overrides: CheckOverrides): string {
  const path = join(folder, 'check-settings.json');
  const settings = { madeAt: MADE_AT, engineVersion: '1', falseAlarm: 0.02, photos: 60, overrides };
  writeSettingsFile(path, { format: SETTINGS_FORMAT, ...settings });
  return path;
}

test('the ranges of a settings file decide, and the row says so', async () => {
  const settings = readSettingsFile(settingsFile(STRICT));
  const row = await rowWith({
    ofiq: false,
    settings: { overrides: settings.overrides, text: settingsText(settings) },
  });
  expect(row).toMatchObject({ outcome: 'blocked', reasons: 'sharp', 'sharp.outcome': 'blocked' });
  expect(row.settings).toBe(`${MADE_AT}; sharp detail ≥ 0.9, tolerated ≥ 0.8; even-light warn`);
});

test('without settings the measured ranges hold, and no row speaks of settings', async () => {
  const row = await rowWith({ ofiq: false });
  expect(row['sharp.outcome']).toBe('passed');
  expect(row.settings).toBeNull();
  expect(assessColumns({ ofiq: false })).not.toContain('settings');
});

test.each<[string, CheckOverrides]>([
  ['a check of the standard itself', { framing: { severity: 'warn' } }],
  ['a range wider than the standard leaves open', rollUpTo(20)],
])('refused before any photo: %s', (_what, overrides) => {
  expect(() => readSettingsFile(settingsFile(overrides))).toThrow('INVALID_REQUEST');
});

test.each([
  ['a file of another kind', '{"format":"something/1"}'],
  ['settings without ranges', `{"format":"${SETTINGS_FORMAT}"}`],
  ['no JSON', 'text'],
  ['nothing', 'null'],
])('refused before any photo: %s', (_what, content) => {
  const path = join(folder, 'other.json');
  writeFileSync(path, content);
  expect(() => readSettingsFile(path)).toThrow(SETTINGS_FORMAT);
});

test('a file that cannot be read is a row of its own, and the others get theirs', async () => {
  symlinkSync(join(folder, 'gone.jpg'), join(folder, 'link.jpg'));
  const link = await assessRow(engine, join(folder, 'link.jpg'), { ofiq: false });
  expect(link).toMatchObject({ outcome: 'refused', reasons: 'FILE_UNREADABLE' });
});

test.each([
  ['that Node cannot read', 3 * 1024 ** 3],
  ['that Node could read', 2 ** 31 - 1],
])('a file %s, larger than any photo, is refused as the functions would, and not read', async (_, bytes) => {
  const film = join(folder, 'film.mov');
  writeFileSync(film, '');
  truncateSync(film, bytes);
  const read = jest.spyOn(fs, 'readFileSync');
  const row = await assessRow(engine, film, { ofiq: false });
  expect(row).toMatchObject({ outcome: 'refused', reasons: 'IMAGE_TOO_LARGE_BYTES' });
  expect(read).not.toHaveBeenCalledWith(film);
  read.mockRestore();
});

test('nobody reads on: several processes end quietly too', () => {
  const assess = `"${process.execPath}" --import tsx local/cli/assess.ts "${portraitFile('m1_front.jpg')}" --jobs 2`;
  const { stderr } = spawnSync(`{ ${assess} --csv /dev/stdout; echo "exit $?" >&2; } | head -c 1`, {
    cwd: resolve(__dirname, '../..'),
    shell: true,
    encoding: 'utf8',
    timeout: 60_000,
  });
  expect(stderr).toBe('exit 0\n');
}, 70_000);

test.each<[string, (there: string) => readonly string[], RegExp]>([
  ['an unknown option', () => ['x.jpg', '--csv', 'x.csv', '--fast'], /--fast/],
  ['nowhere to write', () => ['x.jpg'], /--csv is missing/],
  ['a folder in the place of the table', (there) => [there, '--csv', there], /is a folder/],
  [
    'a photo as settings',
    (there) => [there, '--csv', 'x.csv', '--settings', portraitFile('m1_front.jpg')],
    /no check-settings/,
  ],
  ['a folder as settings', (there) => [there, '--csv', 'x.csv', '--settings', there], /is a folder/],
  [
    'ranges that are not left open',
    (there) => [there, '--csv', 'x.csv', '--settings', settingsFile(rollUpTo(20))],
    /standard/,
  ],
])('%s: said, with the usage and exit code 1', async (_, args, message) => {
  const output = recordedOutput();
  expect(await runCommand(assessCommand, args(folder), output)).toBe(1);
  expect(output.errors.join('\n')).toMatch(message);
  expect(output.errors.join('\n')).toContain('npm run assess');
});

function rollUpTo(degrees: number): CheckOverrides {
  const range = { min: -degrees, max: degrees };
  return { 'head-roll': { measures: { roll: { allowed: range, tolerated: range, evidence: 'test' } } } };
}
