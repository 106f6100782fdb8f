/** What an import would change: the list that holds against the rows of the file. Pure. */
import { type RosterLineDocument } from './roster-document';
import { type RosterDifference } from '../../miniprogram/shared/contract/operator/roster';
import { type RosterRow } from '../../miniprogram/shared/roster/roster-row';

/** A line as it would be stored, without its place in a version. */
export type RosterLine = Omit<RosterLineDocument, '_id' | 'batchId' | 'version'>;

const COMPARED = [
  'name',
  'level',
  'year',
  'duration',
  'studyForm',
  'major',
  'className',
  'graduationDate',
] as const satisfies readonly (keyof RosterLine & keyof RosterRow)[];

export interface Comparison {
  readonly added: readonly RosterLine[];
  readonly changed: readonly Extract<RosterDifference, { kind: 'changed' }>[];
  readonly removed: readonly string[];
  readonly unchanged: number;
}

/** @param stationName how a station is spelled, for showing a move from one to another */
export function compareRoster(
  before: ReadonlyMap<string, RosterLine>,
  after: readonly RosterLine[],
  stationName: (id: RosterLine['stationId']) => string | null,
): Comparison {
  const added: RosterLine[] = [];
  const changed: Extract<RosterDifference, { kind: 'changed' }>[] = [];
  const left = new Set(before.keys());
  let unchanged = 0;
  for (const line of after) {
    left.delete(line.studentNumber);
    const old = before.get(line.studentNumber);
    if (old === undefined) {
      added.push(line);
      continue;
    }
    const fields = changesBetween(old, line, stationName);
    if (fields.length === 0) unchanged += 1;
    else changed.push({ kind: 'changed', studentNumber: line.studentNumber, fields });
  }
  return { added, changed, removed: [...left].sort(), unchanged };
}

function changesBetween(
  old: RosterLine,
  line: RosterLine,
  stationName: (id: RosterLine['stationId']) => string | null,
): Extract<RosterDifference, { kind: 'changed' }>['fields'] {
  const fields = COMPARED.filter((field) => old[field] !== line[field]).map((field) => ({
    field,
    before: old[field],
    after: line[field],
  }));
  if (old.stationId === line.stationId) return fields;
  const moved = {
    field: 'station',
    before: stationName(old.stationId),
    after: stationName(line.stationId),
  } as const;
  return [...fields, moved];
}
