/** Reads batches. Everything here is public; who may bind or submit is decided elsewhere. */
import { type BatchDocument, toBatch } from './batch-document';
import { collection, command } from '../platform/database';
import { type Call, secondsAfter } from '../requests/call';
import { type Batch, type BatchWindow, windowOf } from '../../miniprogram/shared/batch/batch';
import { type BatchId } from '../../miniprogram/shared/identity/ids';

const DAY = 24 * 3600;
/** "Closed recently": who comes late must read that it is over and whom to call. */
const SHOWN_AFTER_CLOSING = 30 * DAY;
/** "Opening soon": notices go out a few weeks ahead. */
const SHOWN_BEFORE_OPENING = 30 * DAY;
const SHOWN_AT_MOST = 20;
const WINDOW_ORDER: readonly BatchWindow[] = ['open', 'not-open-yet', 'closed'];
/** A school has a handful of batches a year; this covers decades. */
const BATCHES_OF_SCHOOL_AT_MOST = 200;

/** @throws Error when a stored id leads nowhere: batches are never deleted while something points to them. */
export async function batchById(id: BatchId): Promise<Batch> {
  const batch = (await batchesById([id])).get(id);
  if (batch === undefined) throw new Error('a batch that submissions point to is missing');
  return batch;
}

export async function batchesById(ids: readonly BatchId[]): Promise<ReadonlyMap<BatchId, Batch>> {
  const documents = await collection<BatchDocument>('batches').byIds(ids);
  return new Map([...documents].map(([id, document]) => [id, toBatch(document)]));
}

/** All batches of a school, the earliest deadline first. */
export async function batchesOfSchool(schoolCode: string): Promise<Batch[]> {
  const documents = await collection<BatchDocument>('batches').find(
    { schoolCode },
    { limit: BATCHES_OF_SCHOOL_AT_MOST, sort: [['closesAt', 'asc']] },
  );
  return documents.map(toBatch);
}

/** Batches that are open, or opening or closed recently: open ones first, then by deadline. */
export async function currentBatches(call: Call): Promise<Batch[]> {
  const batches = collection<BatchDocument>('batches');
  const soon = command().lt(secondsAfter(call.now, SHOWN_BEFORE_OPENING));
  const ahead = await batches.find(
    { closesAt: command().gt(call.now), opensAt: soon },
    { limit: SHOWN_AT_MOST, sort: [['closesAt', 'asc']] },
  );
  // What is over fills the places that are left, the latest first: nobody may be kept from an open batch by old ones.
  const places = SHOWN_AT_MOST - ahead.length;
  const since = secondsAfter(call.now, -SHOWN_AFTER_CLOSING);
  const over =
    places === 0
      ? []
      : await batches.find(
          { closesAt: command().gt(since).and(command().lte(call.now)) },
          { limit: places, sort: [['closesAt', 'desc']] },
        );
  const rank = (batch: Batch) => WINDOW_ORDER.indexOf(windowOf(batch, call.now));
  return [...ahead, ...over].map(toBatch).sort((one, other) => rank(one) - rank(other));
}
