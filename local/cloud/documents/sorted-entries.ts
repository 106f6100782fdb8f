/**
 * A sorted list of unique strings that stays fast with 50,000 entries: chunks of bounded length, so that an insert
 * moves at most one chunk. Refuses to know what the strings mean.
 */

export interface Entry<Value> {
  readonly key: string;
  readonly value: Value;
}

const CHUNK = 512;

export class SortedEntries<Value> {
  /** Never empty chunks; ascending inside and between. */
  private chunks: Entry<Value>[][] = [];
  private size = 0;

  get length(): number {
    return this.size;
  }

  /** Adds an entry; the key must not be there yet. */
  add(entry: Entry<Value>): void {
    const at = Math.min(this.chunkFor(entry.key), this.chunks.length - 1);
    const chunk = this.chunks[at];
    this.size += 1;
    if (chunk === undefined) {
      this.chunks.push([entry]);
      return;
    }
    chunk.splice(positionOf(chunk, entry.key), 0, entry);
    if (chunk.length > CHUNK) this.chunks.splice(at + 1, 0, chunk.splice(chunk.length / 2));
  }

  /** Removes the entry with this key, if it is there. */
  delete(key: string): void {
    const at = this.chunkFor(key);
    const chunk = this.chunks[at];
    const position = chunk === undefined ? -1 : positionOf(chunk, key);
    if (chunk?.[position]?.key !== key) return;
    chunk.splice(position, 1);
    this.size -= 1;
    if (chunk.length === 0) this.chunks.splice(at, 1);
  }

  /** Entries with `from <= key < to`, ascending. The list must not change meanwhile. */
  *ascending(from: string, to: string): Generator<Entry<Value>> {
    for (let at = this.chunkFor(from); at < this.chunks.length; at += 1) {
      const chunk = this.chunks[at]!;
      for (let position = positionOf(chunk, from); position < chunk.length; position += 1) {
        const entry = chunk[position]!;
        if (entry.key >= to) return;
        yield entry;
      }
    }
  }

  /** The same entries from the last to the first. */
  *descending(from: string, to: string): Generator<Entry<Value>> {
    for (let at = Math.min(this.chunkFor(to), this.chunks.length - 1); at >= 0; at -= 1) {
      const chunk = this.chunks[at]!;
      for (let position = positionOf(chunk, to) - 1; position >= 0; position -= 1) {
        const entry = chunk[position]!;
        if (entry.key < from) return;
        yield entry;
      }
    }
  }

  /** How many entries lie in `from <= key < to`. */
  count(from: string, to: string): number {
    return Math.max(0, this.rank(to) - this.rank(from));
  }

  private rank(key: string): number {
    const at = this.chunkFor(key);
    let before = 0;
    for (let index = 0; index < at; index += 1) before += this.chunks[index]!.length;
    const chunk = this.chunks[at];
    return chunk === undefined ? before : before + positionOf(chunk, key);
  }

  /** The first chunk whose last key is not below `key`; the number of chunks when there is none. */
  private chunkFor(key: string): number {
    let low = 0;
    let high = this.chunks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.chunks[middle]!.at(-1)!.key < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** The position of the first entry that is not below `key`. */
function positionOf<Value>(chunk: readonly Entry<Value>[], key: string): number {
  let low = 0;
  let high = chunk.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (chunk[middle]!.key < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
