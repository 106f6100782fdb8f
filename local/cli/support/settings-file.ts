/**
 * `check-settings.json`: ranges of the checks as an operator set them, with their evidence. `npm run tune` writes it,
 * a batch takes its `overrides`. Refuses, on reading, what the photo standard does not leave open.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import {
  type CheckOverrides,
  requireValidOverrides,
} from '../../../miniprogram/shared/verdict/check-overrides';
import { CHECK_RULES } from '../../../miniprogram/shared/verdict/check-rules';
import { type Limits } from '../../../miniprogram/shared/verdict/verdict';

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

/** The file is of another kind, or none of ours at all. */
export class NotSettings extends Error {
  constructor(path: string) {
    super(`${path} is no ${SETTINGS_FORMAT} file (npm run tune writes them)`);
    this.name = 'NotSettings';
  }
}

export function writeSettingsFile(path: string, settings: SettingsFile): void {
  writeFileSync(path, `${JSON.stringify(settings, null, 2)}\n`);
}

/**
 * @throws DomainError INVALID_REQUEST {path} for an override outside the standard's limits
 * @throws NotSettings
 */
export function readSettingsFile(path: string): SettingsFile {
  const settings = parsed(path, readFileSync(path, 'utf8'));
  requireValidOverrides(CHECK_RULES, settings.overrides);
  return settings;
}

function parsed(path: string, text: string): SettingsFile {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new NotSettings(path);
  }
  if (!isSettings(content)) throw new NotSettings(path);
  return content;
}

function isSettings(content: unknown): content is SettingsFile {
  const { format, overrides } = (content ?? {}) as Partial<SettingsFile>;
  return format === SETTINGS_FORMAT && typeof overrides === 'object';
}

/** What is set, in one line: when it was made, then each check's severity and ranges. */
export function settingsText({ madeAt, overrides }: Pick<SettingsFile, 'madeAt' | 'overrides'>): string {
  const parts = Object.entries(overrides).flatMap(([id, { severity, measures = {} }]) => [
    ...(severity === undefined ? [] : [`${id} ${severity}`]),
    ...Object.entries(measures).map(([name, { allowed, tolerated }]) => {
      const ranges = [allowed && rangeText(allowed), tolerated && `tolerated ${rangeText(tolerated)}`];
      return `${id} ${name} ${ranges.filter((text) => text !== undefined).join(', ')}`;
    }),
  ]);
  return [madeAt, ...parts].join('; ');
}

/** Both ends of a range with four digits, e.g. `≥ -6 and ≤ 6`. */
export function rangeText({ min, max }: Limits): string {
  const number = (value: number) => String(Number(value.toPrecision(4)));
  return [min === undefined ? '' : `≥ ${number(min)}`, max === undefined ? '' : `≤ ${number(max)}`]
    .filter((text) => text !== '')
    .join(' and ');
}
