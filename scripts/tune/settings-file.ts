/**
 * `check-settings.json`: ranges of the checks as an operator set them, with their evidence. `npm run tune` writes it,
 * a batch takes its `overrides`. Refuses, on reading, what the photo standard does not leave open.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { type CheckOverrides, requireValidOverrides } from '../../miniprogram/shared/verdict/check-overrides';
import { CHECK_RULES } from '../../miniprogram/shared/verdict/check-rules';

export const SETTINGS_FORMAT = 'check-settings/1';

export interface SettingsFile {
  readonly format: typeof SETTINGS_FORMAT;
  /** ISO 8601. */
  readonly madeAt: string;
  readonly engineVersion: string;
  /** The share of good photos that may be remarked on, 0..1. */
  readonly falseAlarm: number;
  readonly photos: number;
  readonly overrides: CheckOverrides;
}

export function writeSettingsFile(path: string, settings: SettingsFile): void {
  writeFileSync(path, `${JSON.stringify(settings, null, 2)}\n`);
}

/**
 * @throws DomainError INVALID_REQUEST {path} for an override outside the standard's limits
 * @throws Error for a file of another format
 */
export function readSettingsFile(path: string): SettingsFile {
  const settings = JSON.parse(readFileSync(path, 'utf8')) as SettingsFile;
  if ((settings.format as string) !== SETTINGS_FORMAT)
    throw new Error(`${path} is no ${SETTINGS_FORMAT} file`);
  requireValidOverrides(CHECK_RULES, settings.overrides);
  return settings;
}
