/** Documents of a volume's photos by their ids, in one query. Refuses to order them: who asks has the order. */
import { collection, command, type Filter, type Identified } from '../platform/database';
import { type CollectionName } from '../platform/database-schema';

/** @param ids at most 1,000 different ones, the platform's limit for one read */
export async function byIds<T extends Identified>(
  name: CollectionName,
  ids: readonly string[],
): Promise<ReadonlyMap<string, T>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  const filter: Filter<Identified> = { _id: command().in(wanted) };
  const found = await collection<T>(name).find(filter, { limit: wanted.length });
  return new Map(found.map((document) => [document._id, document]));
}
