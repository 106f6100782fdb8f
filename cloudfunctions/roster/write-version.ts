/**
 * Writes the lines and totals of a version that nobody uses yet. Every document's id follows from what it is, so a
 * write that was cut short is simply done again.
 */
import { type RosterLine } from './compare-roster';
import {
  classTotalsId,
  rosterLineId,
  type RosterLineDocument,
  type RosterTotalsDocument,
  stationTotalsId,
} from './roster-document';
import { type StationDocument } from '../operator-access/station-document';
import { collection, command, DuplicateKeyError } from '../platform/database';
import { type BatchId, type StationId } from '../../miniprogram/shared/identity/ids';

export interface Version {
  readonly batchId: BatchId;
  readonly version: number;
}

const CHUNK = 100;
const AT_ONCE = 4;
export const LINES_PER_STEP = CHUNK * AT_ONCE;

/** Writes some lines, at most LINES_PER_STEP. */
export async function writeLines({ batchId, version }: Version, lines: readonly RosterLine[]): Promise<void> {
  const documents = lines.map((line): RosterLineDocument => ({
    // A line that is kept comes with its place in the version before.
    ...line,
    _id: rosterLineId(batchId, version, line.studentNumber),
    batchId,
    version,
  }));
  const chunks = Array.from({ length: Math.ceil(documents.length / CHUNK) }, (_, index) =>
    documents.slice(index * CHUNK, (index + 1) * CHUNK),
  );
  await Promise.all(chunks.map(writeChunk));
}

async function writeChunk(chunk: readonly RosterLineDocument[]): Promise<void> {
  const roster = collection<RosterLineDocument>('roster');
  try {
    await roster.insertMany(chunk);
  } catch (error) {
    if (!(error instanceof DuplicateKeyError)) throw error;
    // Part of it was written by a run that was cut short.
    await roster.removeWhere({ _id: command().in(chunk.map(({ _id }) => _id)) });
    await roster.insertMany(chunk);
  }
}

/** Stations that the list names and that were not there; those that were keep their names. */
export async function addStations(stations: readonly StationDocument[]): Promise<void> {
  for (const station of stations) {
    await collection<StationDocument>('stations')
      .insert(station)
      .catch((error: unknown) => {
        if (!(error instanceof DuplicateKeyError)) throw error;
      });
  }
}

/** Students per station, and per class of each station. */
export async function writeTotals(
  { batchId, version }: Version,
  lines: readonly RosterLine[],
): Promise<void> {
  const byStation = new Map<StationId | null, RosterLine[]>();
  for (const line of lines) {
    const group = byStation.get(line.stationId);
    if (group === undefined) byStation.set(line.stationId, [line]);
    else group.push(line);
  }
  const totals = collection<RosterTotalsDocument>('roster_versions');
  for (const [stationId, ofStation] of byStation) {
    const _id = classTotalsId(batchId, version, stationId);
    await totals.set({ _id, batchId, version, groups: sizes(ofStation.map(({ className }) => className)) });
  }
  const _id = stationTotalsId(batchId, version);
  await totals.set({ _id, batchId, version, groups: sizes(lines.map(({ stationId }) => stationId)) });
}

function sizes(keys: readonly (string | null)[]): RosterTotalsDocument['groups'] {
  const counts = new Map<string | null, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts].map(([key, students]) => ({ key, students }));
}

/** Removes versions that no batch uses any more, and what a batch has of plans that came to nothing. */
export async function removeVersion({ batchId, version }: Version): Promise<number> {
  const lines = await collection('roster').removeWhere({ batchId, version });
  await collection('roster_versions').removeWhere({ batchId, version });
  return lines;
}
