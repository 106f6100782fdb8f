/**
 * Lists that come a page at a time. A page may hold nothing although others follow: the cloud stops after so much work,
 * and what it found may all be left out. Only a page without `next` is the end. Functions of version 0.1.0 give some lists
 * whole and say nothing of a next page: a new mini program meets them while WeChat reviews it (docs/deployment.md, 13).
 */

export interface Page<Item> {
  readonly items: readonly Item[];
  /** The cursor of what follows; null: nothing does. */
  readonly next: string | null;
}

/** A page as the cloud answers it. */
export interface AnsweredPage<Item> {
  readonly items: readonly Item[];
  readonly next?: string | null | undefined;
}

/** Where a request goes on; the first has no cursor. */
export interface PageRequest {
  readonly cursor?: string;
}

/**
 * Reads on from a page's `next`, null for the beginning, until there are enough or nothing follows.
 * @param enough pages stay whole, so there may be more
 */
export async function readOn<Item>(
  read: (request: PageRequest) => Promise<AnsweredPage<Item>>,
  from: string | null,
  enough: number,
): Promise<Page<Item>> {
  const items: Item[] = [];
  let next = from;
  do {
    const page: AnsweredPage<Item> = await read(next === null ? {} : { cursor: next });
    items.push(...page.items);
    next = page.next ?? null;
  } while (next !== null && items.length < enough);
  return { items, next };
}

/** The whole list. */
export async function readAll<Item>(
  read: (request: PageRequest) => Promise<AnsweredPage<Item>>,
): Promise<readonly Item[]> {
  return (await readOn(read, null, Infinity)).items;
}
