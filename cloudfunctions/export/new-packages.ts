/**
 * Keeps packages of new photos apart. A photo is new until the package that holds it is finished, so a second one that
 * is begun before would hold it as well. Starts of one batch therefore take turns: who selected photos while somebody
 * else started selects again. Refuses a start over a photo that such a package underway holds, whatever the two were
 * asked for: a student may change stations in between. Packages of all accepted photos repeat photos on purpose and are
 * not asked.
 */
import { type ExportDocument, type ExportItem, GIVEN_UP_SECONDS, isUnfinished } from './export-document';
import { photosOf } from './package-volumes';
import { derivedId } from '../identity/unguessable-id';
import { collection } from '../platform/database';
import { type TransactionScope } from '../platform/transaction';
import { secondsAfter } from '../requests/call';
import { DomainError } from '../../miniprogram/shared/errors';
import { type BatchId, type ExportId, type Instant } from '../../miniprogram/shared/identity/ids';

/** One per batch; transactions read by id only, and here all starts of the batch meet. */
interface TurnDocument {
  readonly _id: string;
  /** How many packages of new photos were started. */
  readonly turn: number;
  readonly exportIds: readonly ExportId[];
  /** When the newest of them is over. */
  readonly expiresAt: Instant;
}

/** A package that hands its photos over, or is worked on, on the day that it is due is over some nights later. */
const LATER_SECONDS = GIVEN_UP_SECONDS + 4 * 24 * 3600;

/** What a start saw before it selected photos. */
export interface Turn {
  readonly number: number;
  readonly underway: readonly ExportDocument[];
}

const idFor = (batchId: BatchId): string => derivedId('new-packages', batchId);

/** Before photos are selected: all that an earlier package took are exported by then. */
export async function turnToPackNew(batchId: BatchId): Promise<Turn> {
  const stored = await collection<TurnDocument>('counters').get(idFor(batchId));
  if (stored === null) return { number: 0, underway: [] };
  const underway = [...(await collection<ExportDocument>('exports').byIds(stored.exportIds)).values()].filter(
    isUnfinished,
  );
  return { number: stored.turn, underway };
}

/**
 * After they were selected.
 * @throws DomainError EXPORT_UNDERWAY
 */
export async function requireFree(photos: readonly ExportItem[], { underway }: Turn): Promise<void> {
  const held = await photosOf(underway);
  if (photos.some(({ photoId }) => held.has(photoId))) throw new DomainError('EXPORT_UNDERWAY');
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
  const exportIds = [...underway.map((job) => job._id), exportId];
  await turns.set({
    _id,
    turn: number + 1,
    exportIds,
    expiresAt: secondsAfter(expiresAt, LATER_SECONDS),
  });
  return true;
}
