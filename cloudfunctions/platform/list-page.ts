/**
 * A page of a list that people read on in, the highest value of a field first, and where the next page begins. Many
 * documents may share a value (batches of many schools end on one day), so those of one value go by their ids, and a page
 * may end between them: nothing comes twice and nothing is left out, unless its own value changes meanwhile. The ids are
 * sorted in memory: for lists that an index narrows to a few thousand, and not for the audit.
 */
import { collection, command, type Filter, type Identified } from './database';
import { type CollectionName } from './database-schema';
import { DomainError } from '../../miniprogram/shared/errors';

type Value = string | number;

interface ListOrder<T> {
  readonly by: keyof T & string;
  /** Lower ones are not on the list. */
  readonly atLeast?: Value;
  readonly limit: number;
}

export interface ListPage<T> {
  readonly page: readonly T[];
  /** The next page's cursor; null: nothing follows. */
  readonly next: string | null;
}

/** Where a page ended. */
interface Place {
  readonly value: Value;
  readonly id: string;
}

/**
 * @param filter says nothing about the field of the order
 * @throws DomainError INVALID_REQUEST {path} for a cursor that is none
 */
export async function listPage<T extends Identified>(
  name: CollectionName,
  filter: Filter<T>,
  order: ListOrder<T>,
  cursor: string | undefined,
): Promise<ListPage<T>> {
  const { by, limit } = order;
  const place = cursor === undefined ? null : placeOf(cursor);
  const beside =
    place === null
      ? []
      : await collection<T>(name).find(
          { ...filter, [by]: place.value, _id: command().lt(place.id) },
          { limit: limit + 1, sort: [['_id', 'desc']] },
        );
  const wanted = limit + 1 - beside.length;
  const below =
    wanted === 0
      ? []
      : await collection<T>(name).find(
          { ...filter, ...range(order, place) },
          {
            limit: wanted,
            sort: [
              [by, 'desc'],
              ['_id', 'desc'],
            ],
          },
        );
  const found = [...beside, ...below];
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return { page, next: found.length > limit && last !== undefined ? cursorTo(last, by) : null };
}

function range<T>({ by, atLeast }: ListOrder<T>, place: Place | null): Readonly<Record<string, unknown>> {
  if (place === null) return atLeast === undefined ? {} : { [by]: command().gte(atLeast) };
  const lower = command().lt(place.value);
  return { [by]: atLeast === undefined ? lower : lower.and(command().gte(atLeast)) };
}

function cursorTo<T extends Identified>(last: T, by: keyof T): string {
  return JSON.stringify([last[by], last._id]);
}

function placeOf(cursor: string): Place {
  const [value, id] = parsed(cursor);
  if ((typeof value !== 'string' && typeof value !== 'number') || typeof id !== 'string') {
    throw new DomainError('INVALID_REQUEST', { path: 'cursor' });
  }
  return { value, id };
}

function parsed(cursor: string): readonly unknown[] {
  try {
    const parts: unknown = JSON.parse(cursor);
    return Array.isArray(parts) ? parts : [];
  } catch {
    return [];
  }
}
