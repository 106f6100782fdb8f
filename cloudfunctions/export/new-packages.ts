/**
 * Keeps packages of new photos apart. A photo is new until the package that holds it is finished, so a second one that
 * is begun before would hold it as well. Starts of one batch therefore take turns: who selected photos while somebody
 * else started selects again. Refuses a start over the same students while such a package is underway; packages of
 * all accepted photos repeat photos on purpose and are not asked.
 */
import { byIds } from './by-ids';
import { type ExportDocument } from './export-document';
import { derivedId } from '../identity/unguessable-id';
import { collection } from '../platform/database';
import { type TransactionScope } from '../platform/transaction';
import { type ExportSelection } from '../../miniprogram/shared/contract/exporter';
import { DomainError } from '../../miniprogram/shared/errors';
import { type BatchId, type ExportId, type Instant } from '../../miniprogram/shared/identity/ids';

/** One per batch; transactions read by id only, and here all starts of the batch meet. */
interface TurnDocument {
  readonly _id: string;
  /** How many packages of new photos were started. */
  readonly turn: number;
  readonly exportIds: readonly ExportId[];
  /** When the newest of them ends in any case. */
  readonly expiresAt: Instant;
}

/** What a start saw before it selected photos. */
export interface Turn {
  readonly number: number;
  /** Packages of other students' new photos. */
  readonly underway: readonly ExportId[];
}

const idFor = (batchId: BatchId): string => derivedId('new-packages', batchId);

/**
 * Before photos are selected: all that an earlier package took are exported by then.
 * @throws DomainError EXPORT_UNDERWAY
 */
export async function turnToPackNew(selection: ExportSelection): Promise<Turn> {
  const stored = await collection<TurnDocument>('counters').get(idFor(selection.batchId));
  if (stored === null) return { number: 0, underway: [] };
  const jobs = [...(await byIds<ExportDocument>('exports', stored.exportIds)).values()].filter(
    ({ state }) => state === 'packing' || state === 'closing',
  );
  if (jobs.some((job) => overlaps(job.selection, selection))) throw new DomainError('EXPORT_UNDERWAY');
  return { number: stored.turn, underway: jobs.map(({ _id }) => _id) };
}

/** In the transaction that writes the package. @returns false when somebody else started one since */
export async function takeTurn(
  scope: TransactionScope,
  { _id: exportId, batchId, expiresAt }: ExportDocument,
  { number, underway }: Turn,
): Promise<boolean> {
  const turns = scope.collection<TurnDocument>('counters');
  const _id = idFor(batchId);
  const current = (await turns.get(_id))?.turn ?? 0;
  if (current !== number) return false;
  await turns.set({ _id, turn: number + 1, exportIds: [...underway, exportId], expiresAt });
  return true;
}

/** Without a station a selection is the whole batch. */
function overlaps(one: ExportSelection, other: ExportSelection): boolean {
  return one.stationId === undefined || other.stationId === undefined || one.stationId === other.stationId;
}
