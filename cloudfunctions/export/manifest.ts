/**
 * What a package says about itself, for programs (JSON) and for people (CSV, with times as in the progress spreadsheet).
 * Everything in it follows from the photos and their reviews, nothing from the making: the same selection gives the
 * same bytes.
 */
import { shanghaiMinute } from '../../miniprogram/shared/time/shanghai-time';
import { type ExportSelection, type LeftOutReason } from '../../miniprogram/shared/contract/exporter';
import { guardFormula } from '../../miniprogram/shared/export/formula-guard';
import { type Instant } from '../../miniprogram/shared/identity/ids';

export interface ManifestEntry {
  /** Path inside its volume. */
  readonly file: string;
  readonly volume: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly studentNumber: string;
  /** Keyed digest of the capture code that was bound. */
  readonly codeDigest: string;
  readonly level: string;
  readonly year: string;
  readonly studyForm: string | null;
  readonly station: string | null;
  readonly class: string | null;
  /** `passed` or `warned`; a blocked photo is never exported. */
  readonly verdict: string;
  readonly warned: readonly string[];
  readonly notAssessed: readonly string[];
  readonly ticks: readonly string[];
  /** Checks that a reviewer let pass. */
  readonly overridden: readonly string[];
  readonly reviewer: string | null;
  readonly confirmedAt: Instant | null;
  readonly reviewedAt: Instant | null;
  readonly originalSha256: string;
}

export interface ManifestHead {
  readonly format: 'graduation-photos-package/1';
  readonly schoolCode: string;
  readonly schoolName: string;
  readonly batchId: string;
  readonly batchTitle: string;
  readonly graduationDate: string;
  /** Only photos that were in no package before, or all; like `scope` and `table` absent in packages of version 0.1.0. */
  readonly selection: ExportSelection['photos'];
  /** `no-station`: of students without one. */
  readonly scope: 'batch' | 'station' | 'no-station';
  /** Of the scope `station`; null where that is gone, too. */
  readonly station: string | null;
  readonly fileNameTemplate: string;
  readonly folderTemplate: string;
  readonly photos: number;
  /** Photos of the selection that are not in it, by reason. Whose they are stays with the staff. */
  readonly leftOut: readonly { readonly reason: LeftOutReason; readonly photos: number }[];
  readonly volumes: readonly {
    readonly file: string;
    readonly bytes: number;
    readonly sha256: string;
    readonly photos: number;
  }[];
  /** The manifest for people: programs that people open it with save it otherwise than it was. */
  readonly table: { readonly file: string; readonly bytes: number; readonly sha256: string };
}

export interface Manifest extends ManifestHead {
  readonly entries: readonly ManifestEntry[];
}

export const MANIFEST_JSON = 'manifest.json';
export const MANIFEST_CSV = 'manifest.csv';

const COLUMNS = [
  'file',
  'volume',
  'bytes',
  'sha256',
  'studentNumber',
  'codeDigest',
  'level',
  'year',
  'studyForm',
  'station',
  'class',
  'verdict',
  'warned',
  'notAssessed',
  'ticks',
  'overridden',
  'reviewer',
  'confirmedAt',
  'reviewedAt',
  'originalSha256',
] as const satisfies readonly (keyof ManifestEntry)[];

/** JSON in pieces, one line for each photo, so that no list of 50,000 is ever one string. */
export async function* manifestJson(
  head: ManifestHead,
  entries: AsyncIterable<readonly ManifestEntry[]>,
): AsyncGenerator<string> {
  yield `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "entries": [\n`;
  let separator = '';
  for await (const some of entries) {
    for (const entry of some) {
      yield `${separator}    ${JSON.stringify(entry)}`;
      separator = ',\n';
    }
  }
  yield '\n  ]\n}\n';
}

/** CSV in pieces; with the mark by which Excel knows UTF-8, and nothing in it that Excel would run. */
export async function* manifestCsv(entries: AsyncIterable<readonly ManifestEntry[]>): AsyncGenerator<string> {
  yield `\ufeff${COLUMNS.join(',')}\r\n`;
  for await (const some of entries) {
    yield some.map((entry) => `${csvCells(entry).join(',')}\r\n`).join('');
  }
}

function csvCells(entry: ManifestEntry): readonly string[] {
  const confirmedAt = entry.confirmedAt && shanghaiMinute(entry.confirmedAt);
  const reviewedAt = entry.reviewedAt && shanghaiMinute(entry.reviewedAt);
  const forPeople = { ...entry, confirmedAt, reviewedAt };
  return COLUMNS.map((column) => csvCell(forPeople[column]));
}

function csvCell(value: string | number | readonly string[] | null): string {
  const text = value === null ? '' : guardFormula(Array.isArray(value) ? value.join(';') : String(value));
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
