/**
 * From the bytes of a list to the lines that would be stored, and everything that is wrong with it. The dry run and
 * the import both come through here, so what was shown is what is done.
 * Refuses to take somebody off the list for a row that only cannot be read as a whole: the line that holds stays.
 */
import { type RosterLine } from './compare-roster';
import { readRosterFile, type RosterFile } from './read-roster-file';
import { keptLine, lineOf, linesOf } from './roster-lines';
import { MAXIMUM_FILE_BYTES } from './roster-table';
import { type BatchDocument } from '../batch/batch-document';
import { newStation, type StationDocument } from '../operator-access/station-document';
import { downloadBytes, FileMissingError, FileTooLargeError } from '../platform/storage';
import { type RosterOptions } from '../../miniprogram/shared/contract/operator/roster';
import { DomainError } from '../../miniprogram/shared/errors';
import { type FileId } from '../../miniprogram/shared/identity/ids';
import { diagnoseRoster } from '../../miniprogram/shared/roster/diagnose-roster';
import { type RosterField } from '../../miniprogram/shared/roster/roster-fields';
import { type RosterFinding } from '../../miniprogram/shared/roster/roster-findings';

export interface InterpretedRoster extends Pick<RosterFile, 'file' | 'columns'> {
  readonly rows: {
    readonly read: number;
    readonly good: number;
    readonly bad: number;
    readonly kept: number;
  };
  readonly findings: readonly RosterFinding[];
  /** Of the good rows in the order of the file, then the kept ones: always in the same order for the same list. */
  readonly lines: readonly RosterLine[];
  /** Every station that the list names. */
  readonly stations: readonly StationDocument[];
}

/** @throws DomainError UPLOAD_MISSING {reason: not-uploaded}, ROSTER_TOO_LARGE */
export async function fetchRosterFile(fileId: FileId): Promise<Uint8Array> {
  try {
    return await downloadBytes(fileId, MAXIMUM_FILE_BYTES);
  } catch (error) {
    if (error instanceof FileMissingError)
      throw new DomainError('UPLOAD_MISSING', { reason: 'not-uploaded' });
    if (error instanceof FileTooLargeError) {
      throw new DomainError('ROSTER_TOO_LARGE', { maximum: MAXIMUM_FILE_BYTES, unit: 'bytes' });
    }
    throw error;
  }
}

/**
 * @param batch its list is the one whose lines are kept
 * @throws DomainError ROSTER_* as `readRosterFile`
 */
export async function interpretRoster(
  bytes: Uint8Array,
  batch: BatchDocument,
  { mapping, names }: RosterOptions,
): Promise<InterpretedRoster> {
  const { file, columns, rows } = await readRosterFile(bytes, mapping);
  const fields = new Set(columns.flatMap(({ field }): RosterField[] => (field === null ? [] : [field])));
  const diagnosed = diagnoseRoster(rows, {
    cohorts: batch.cohorts,
    graduationDate: batch.graduationDate,
    fields,
  });
  const standing = await linesOf(batch, diagnosed.unusable);
  const kept = standing.map((line) => keptLine(line, names));
  const stationNames = new Set(diagnosed.rows.flatMap(({ station }) => (station === null ? [] : [station])));
  return {
    file,
    columns,
    rows: { read: rows.length, good: diagnosed.rows.length, bad: diagnosed.bad, kept: kept.length },
    findings: diagnosed.findings,
    lines: [...diagnosed.rows.map((row) => lineOf(row, batch.schoolCode, names)), ...kept],
    stations: [...stationNames].map((name) => newStation(batch.schoolCode, name)),
  };
}
