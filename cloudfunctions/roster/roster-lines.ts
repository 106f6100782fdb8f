/** The lines of a version: read in the order of student numbers, made from the rows of a file. */
import { type RosterLine } from './compare-roster';
import { type RosterLineDocument } from './roster-document';
import { stationIdOf } from '../operator-access/station-document';
import { collection } from '../platform/database';
import { type NameHandling } from '../../miniprogram/shared/contract/operator/roster';
import { type BatchId } from '../../miniprogram/shared/identity/ids';
import { maskName } from '../../miniprogram/shared/identity/masked-name';
import { type RosterRow } from '../../miniprogram/shared/roster/roster-row';

/** In pages, by student number: the index delivers this order, so no page is sorted. */
export function rosterPages(batchId: BatchId, version: number): AsyncIterable<readonly RosterLineDocument[]> {
  return collection<RosterLineDocument>('roster').pages({ batchId, version }, { by: 'studentNumber' });
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
