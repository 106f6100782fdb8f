/** The lines of a version: read in the order of student numbers or of some students, made from the rows of a file. */
import { type RosterLine } from './compare-roster';
import { type RosterLineDocument } from './roster-document';
import { stationIdOf } from '../operator-access/station-document';
import { type BatchDocument } from '../batch/batch-document';
import { collection, command } from '../platform/database';
import { type NameHandling } from '../../miniprogram/shared/contract/operator/roster';
import { type BatchId } from '../../miniprogram/shared/identity/ids';
import { maskName } from '../../miniprogram/shared/identity/masked-name';
import { type RosterRow } from '../../miniprogram/shared/roster/roster-row';

/** In pages, by student number: the index delivers this order, so no page is sorted. */
export function rosterPages(batchId: BatchId, version: number): AsyncIterable<readonly RosterLineDocument[]> {
  return collection<RosterLineDocument>('roster').pages({ batchId, version }, { by: 'studentNumber' });
}

const NUMBERS_PER_READ = 500;

/** Those of these students who stand on the list that holds, in the order of their numbers here. */
export async function linesOf(
  { _id: batchId, roster }: Pick<BatchDocument, '_id' | 'roster'>,
  numbers: readonly string[],
): Promise<readonly RosterLine[]> {
  const lines = new Map<string, RosterLine>();
  if (!roster) return [];
  const { version } = roster;
  for (let start = 0; start < numbers.length; start += NUMBERS_PER_READ) {
    const studentNumber = command().in(numbers.slice(start, start + NUMBERS_PER_READ));
    const found = await collection<RosterLineDocument>('roster').find(
      { batchId, version, studentNumber },
      { limit: NUMBERS_PER_READ },
    );
    for (const line of found) lines.set(line.studentNumber, line);
  }
  return numbers.flatMap((number) => lines.get(number) ?? []);
}

/** A line that stays, with no more of the name than the newest import asks for. */
export function keptLine(line: RosterLine, names: NameHandling): RosterLine {
  return { ...line, name: storedName(line.name, names) };
}

function storedName(name: string | null, names: NameHandling): string | null {
  if (name === null || names === 'leave-out') return null;
  return names === 'masked' ? maskName(name) : name;
}

/** What is stored of a row. */
export function lineOf(row: RosterRow, schoolCode: string, names: NameHandling): RosterLine {
  const { station, name, ...kept } = row;
  return {
    ...kept,
    name: storedName(name, names),
    stationId: station === null ? null : stationIdOf(schoolCode, station),
  };
}
