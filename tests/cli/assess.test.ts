/** Judging photos from the command line: the settings that are given hold, are named in each row, and must be allowed. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPhotoEngine } from '../../cloudfunctions/photo-engine/photo-engine';
import { assessColumns, assessRow, type RowOptions } from '../../local/cli/assess/assess-row';
import { type CheckOverrides } from '../../miniprogram/shared/verdict/check-overrides';
import {
  readSettingsFile,
  SETTINGS_FORMAT,
  settingsText,
  writeSettingsFile,
} from '../../scripts/tune/settings-file';
import { MODEL_FOLDER } from '../support/model-runtime';
import { portraitFile } from '../support/portrait';

const MADE_AT = '2026-11-22T08:00:00.000Z';
const STRICT: CheckOverrides = {
  sharp: { measures: { detail: { allowed: { min: 0.9 }, tolerated: { min: 0.8 }, evidence: 'test' } } },
  'even-light': { severity: 'warn' },
};
const engine = createPhotoEngine({ modelFolder: MODEL_FOLDER });
const rowWith = (options: RowOptions) =>
  assessRow(engine, portraitFile('m1_front.jpg'), (file) => readFileSync(file), options);

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

test('refused before any photo: a file of another kind', () => {
  const path = join(folder, 'other.json');
  writeFileSync(path, '{"format":"something/1"}');
  expect(() => readSettingsFile(path)).toThrow(SETTINGS_FORMAT);
});

function rollUpTo(degrees: number): CheckOverrides {
  const range = { min: -degrees, max: degrees };
  return { 'head-roll': { measures: { roll: { allowed: range, tolerated: range, evidence: 'test' } } } };
}
