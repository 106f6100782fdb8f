/** The lines of a version: read in the order of student numbers, made from the rows of a file. */
import { type RosterLine } from './compare-roster';
import { type RosterLineDocument } from './roster-document';
import { stationIdOf } from '../operator-access/station-document';
import { collection, command } from '../platform/database';
import { type NameHandling } from '../../miniprogram/shared/contract/operator/roster';
import { type BatchId } from '../../miniprogram/shared/identity/ids';
import { maskName } from '../../miniprogram/shared/identity/masked-name';
import { type RosterRow } from '../../miniprogram/shared/roster/roster-row';

const PAGE = 1000;

/** In pages, by student number: the index delivers this order, so no page is sorted. */
export async function* rosterPages(
  batchId: BatchId,
  version: number,
): AsyncGenerator<readonly RosterLineDocument[]> {
  let last: string | null = null;
  for (;;) {
    const after: Readonly<Record<string, unknown>> =
      last === null ? {} : { studentNumber: command().gt(last) };
    const page: readonly RosterLineDocument[] = await collection<RosterLineDocument>('roster').find(
      { batchId, version, ...after },
      { limit: PAGE, sort: [['studentNumber', 'asc']] },
    );
    if (page.length > 0) yield page;
    if (page.length < PAGE) return;
    last = page.at(-1)!.studentNumber;
  }
}

/** What is stored of a row. */
export function lineOf(row: RosterRow, schoolCode: string, names: NameHandling): RosterLine {
  const { station, name, ...kept } = row;
  return {
    ...kept,
    name: name === null || names === 'leave-out' ? null : names === 'masked' ? maskName(name) : name,
    stationId: station === null ? null : stationIdOf(schoolCode, station),
  };
}
