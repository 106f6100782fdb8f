/** One photo's row in the table of `npm run assess`. */
import { isDomainError } from '../../../miniprogram/shared/errors';
import { photoStandardFor } from '../../../miniprogram/shared/photo-standard/photo-standard';
import { CHECK_IDS, type CheckId } from '../../../miniprogram/shared/verdict/check-ids';
import { type CheckOverrides, effectiveRules } from '../../../miniprogram/shared/verdict/check-overrides';
import { CHECK_RULES } from '../../../miniprogram/shared/verdict/check-rules';
import { checksWith, type Verdict } from '../../../miniprogram/shared/verdict/verdict';
import { PHOTO_LIMITS } from '../../../cloudfunctions/photo-engine/decode/decode-photo';
import { OFIQ_MEASURES, type OfiqMeasure } from '../../../cloudfunctions/photo-engine/ofiq/ofiq-measures';
import { type PhotoEngine } from '../../../cloudfunctions/photo-engine/photo-engine';
import { type CsvValue } from '../support/csv-file';
import { isFileError } from '../support/named-files';
import { readPictureFile } from '../support/read-picture-file';

export type AssessColumn =
  'file' | 'outcome' | 'reasons' | 'settings' | CheckId | `${CheckId}.outcome` | `ofiq_${OfiqMeasure}`;
export type AssessRow = Record<AssessColumn, CsvValue>;

/** What the rows hold beside file, outcome and checks, and by which rules they are judged. */
export interface RowOptions {
  readonly ofiq: boolean;
  /** Ranges and severities other than the measured ones, and what the rows say of them. */
  readonly settings?: { readonly overrides: CheckOverrides; readonly text: string };
}

export function assessColumns({ ofiq, settings }: RowOptions): AssessColumn[] {
  const checks = CHECK_IDS.flatMap((id): AssessColumn[] => [id, `${id}.outcome`]);
  const measures = ofiq ? OFIQ_MEASURES.map((measure): AssessColumn => `ofiq_${measure}`) : [];
  const settingsColumn: AssessColumn[] = settings === undefined ? [] : ['settings'];
  return ['file', 'outcome', 'reasons', ...settingsColumn, ...checks, ...measures];
}

/** Judges one file. Every failure becomes a row: a coded refusal, FILE_UNREADABLE, or INTERNAL with the error's name. */
export async function assessRow(
  engine: PhotoEngine,
  file: string,
  { ofiq, settings }: RowOptions,
): Promise<AssessRow> {
  const row = emptyRow(file);
  if (settings !== undefined) row.settings = settings.text;
  try {
    const bytes = readPictureFile(file, PHOTO_LIMITS);
    const rules = effectiveRules(CHECK_RULES, settings?.overrides ?? {});
    const outcome = await engine.develop(bytes, { standard: photoStandardFor(), rules });
    addVerdict(row, outcome.verdict);
    if (ofiq) await addOfiq(row, engine, bytes);
  } catch (error) {
    row.outcome = 'refused';
    row.reasons = reasonsOf(error);
  }
  return row;
}

/** A row of which nothing but the file is known. */
export function emptyRow(file: string): AssessRow {
  const row: Partial<AssessRow> = {};
  for (const column of assessColumns({ ofiq: true, settings: { overrides: {}, text: '' } }))
    row[column] = null;
  return { ...(row as AssessRow), file };
}

function addVerdict(row: AssessRow, verdict: Verdict): void {
  row.outcome = verdict.outcome;
  const reasons = verdict.outcome === 'passed' ? [] : checksWith(verdict, verdict.outcome);
  row.reasons = reasons.join(';');
  for (const check of verdict.checks) {
    row[check.id] = check.outcome === 'not-assessed' ? null : check.measures[0].value;
    row[`${check.id}.outcome`] = check.outcome;
  }
}

async function addOfiq(row: AssessRow, engine: PhotoEngine, bytes: Uint8Array): Promise<void> {
  const values = await engine.ofiq(bytes);
  if (values === null) return;
  for (const measure of OFIQ_MEASURES) row[`ofiq_${measure}`] = values[measure];
}

function reasonsOf(error: unknown): string {
  if (isDomainError(error)) {
    const { items } = error.details;
    return Array.isArray(items) ? [error.code, ...(items as string[])].join(';') : error.code;
  }
  if (isFileError(error)) return 'FILE_UNREADABLE';
  return `INTERNAL:${error instanceof Error ? error.name : 'unknown'}`;
}
