/**
 * How far a batch is: over stations, or over the classes of one station. Totals come from the version of the list
 * that holds, everything else from the submissions at this moment.
 */
import { type CountsByGroup, countStates, type GroupKey, sumOfStates } from './count-states';
import { stationCondition, type StationsInReach, stationsInReach } from './stations-in-reach';
import { type BatchDocument } from '../batch/batch-document';
import { stationsIn } from '../operator-access/schools-and-stations';
import { collection, command } from '../platform/database';
import { type Call } from '../requests/call';
import { classTotalsId, type RosterTotalsDocument, stationTotalsId } from '../roster/roster-document';
import { type SubmissionDocument } from '../submission/submission-document';
import {
  type Progress,
  type ProgressContract,
  type ProgressGroup,
} from '../../miniprogram/shared/contract/operator/progress';
import { type BatchId, type StationId } from '../../miniprogram/shared/identity/ids';
import {
  noStates,
  type ProgressCounts,
  progressCounts,
  type StateCounts,
} from '../../miniprogram/shared/progress/progress-counts';
import { type Scope } from '../../miniprogram/shared/roles/scope';

/** With a list only listed students count; without one everybody. */
function listedCondition(batch: Pick<BatchDocument, 'roster'>): unknown {
  return batch.roster ? true : command().in([true, false]);
}

/** @throws DomainError NOT_FOUND for a station out of reach */
export async function readProgress(
  call: Call,
  scope: Scope,
  batch: BatchDocument,
  { stationId }: ProgressContract['progress']['request'],
): Promise<Progress> {
  const stations = stationsInReach(scope, batch.schoolCode, stationId);
  const filter = { batchId: batch._id, listed: listedCondition(batch), ...stationCondition(stations) };
  const [states, totals, names, unlisted] = await Promise.all([
    countStates(filter, stationId === undefined ? 'stationId' : 'className'),
    totalsOf(batch, stations, stationId),
    stationId === undefined ? stationNames(scope, batch.schoolCode) : null,
    batch.roster ? countUnlisted(batch._id, stations) : null,
  ]);
  const groups = groupsOf(states, totals, (key) => ({
    stationId: stationId === undefined ? (key as StationId | null) : stationId,
    className: stationId === undefined ? null : key,
    name: names === null ? key : key === null ? null : (names.get(key) ?? key),
  }));
  return {
    batchId: batch._id,
    counts: progressCounts(totals && sum([...totals.values()]), sumOfStates(states)),
    unlisted,
    groups,
    countedAt: call.now,
  };
}

/** Students on the list per station or class; null without a list. */
async function totalsOf(
  batch: BatchDocument,
  stations: StationsInReach,
  stationId: StationId | null | undefined,
): Promise<ReadonlyMap<GroupKey, number> | null> {
  if (!batch.roster) return null;
  const { version } = batch.roster;
  const id =
    stationId === undefined
      ? stationTotalsId(batch._id, version)
      : classTotalsId(batch._id, version, stationId);
  const totals = await collection<RosterTotalsDocument>('roster_versions').get(id);
  const within = (key: GroupKey) =>
    stationId !== undefined || stations === 'all' || stations.includes(key as StationId | null);
  return new Map(
    (totals?.groups ?? []).filter(({ key }) => within(key)).map(({ key, students }) => [key, students]),
  );
}

function groupsOf(
  states: CountsByGroup,
  totals: ReadonlyMap<GroupKey, number> | null,
  placeOf: (key: GroupKey) => Pick<ProgressGroup, 'stationId' | 'className' | 'name'>,
): readonly ProgressGroup[] {
  const keys = new Set([...states.keys(), ...(totals?.keys() ?? [])]);
  return [...keys]
    .map((key) => ({
      ...placeOf(key),
      counts: progressCounts(totals && (totals.get(key) ?? 0), states.get(key) ?? noStates()),
    }))
    .sort((one, other) => other.counts.missing - one.counts.missing || compareNames(one.name, other.name));
}

/** Students without a station or class come last among equals. */
function compareNames(one: string | null, other: string | null): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  return one < other ? -1 : Number(one > other);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

async function stationNames(scope: Scope, schoolCode: string): Promise<ReadonlyMap<string, string>> {
  const stations = await stationsIn(scope, schoolCode);
  return new Map(stations.map(({ id, name }) => [id, name]));
}

/** Bound, not withdrawn, and not on the list. They have no station, so only who sees the whole school sees them. */
async function countUnlisted(batchId: BatchId, stations: StationsInReach): Promise<number> {
  return collection<SubmissionDocument>('submissions').count({
    batchId,
    listed: false,
    state: command().neq('withdrawn'),
    ...stationCondition(stations),
  });
}

/** The sums of many batches at once, for a list of batches. */
export async function countsOfBatches(
  batches: readonly BatchDocument[],
  scope: Scope,
): Promise<(id: BatchId) => ProgressCounts> {
  const withList = batches.filter(({ roster }) => roster);
  const without = batches.filter(({ roster }) => !roster);
  const count = (some: readonly BatchDocument[], listed: unknown) =>
    some.length === 0
      ? new Map<GroupKey, StateCounts>()
      : countStates(
          {
            batchId: command().in(some.map(({ _id }) => _id)),
            listed,
            ...stationCondition(scope.stations),
          },
          'batchId',
        );
  const [listedStates, allStates, totals] = await Promise.all([
    count(withList, true),
    count(without, command().in([true, false])),
    listedTotals(withList, scope),
  ]);
  return (id) =>
    progressCounts(totals.get(id) ?? null, listedStates.get(id) ?? allStates.get(id) ?? noStates());
}

async function listedTotals(
  batches: readonly BatchDocument[],
  scope: Scope,
): Promise<ReadonlyMap<BatchId, number>> {
  if (scope.stations === 'all') {
    return new Map(batches.map(({ _id, roster }) => [_id, roster?.students ?? 0]));
  }
  const own: readonly (string | null)[] = scope.stations;
  const totals = await collection<RosterTotalsDocument>('roster_versions').byIds(
    batches.map(({ _id, roster }) => stationTotalsId(_id, roster?.version ?? 0)),
  );
  return new Map(
    [...totals.values()].map(({ batchId, groups }) => [
      batchId,
      sum(groups.filter(({ key }) => own.includes(key)).map(({ students }) => students)),
    ]),
  );
}
