/**
 * Remembers what documents looked like before they were overwritten, for as long as a transaction is open that may
 * still have to read the older state. Refuses to grow while no transaction is open.
 */
import { type DocumentId, type StoredDocument } from './document';

interface Overwritten {
  readonly sequence: number;
  readonly previous: StoredDocument | undefined;
}

export class VersionHistory {
  private sequence = 0;
  private readonly readers = new Set<object>();
  private readonly overwritten = new Map<string, Overwritten[]>();

  /** Starts a snapshot; `close` it with the same token. */
  open(token: object): number {
    this.readers.add(token);
    return this.sequence;
  }

  close(token: object): void {
    this.readers.delete(token);
    if (this.readers.size === 0) this.overwritten.clear();
  }

  /** Notes a committed change. */
  record(collection: string, before: ReadonlyMap<DocumentId, StoredDocument | undefined>): void {
    this.sequence += 1;
    if (this.readers.size === 0) return;
    for (const [id, previous] of before) {
      const key = keyFor(collection, id);
      const versions = this.overwritten.get(key) ?? [];
      versions.push({ sequence: this.sequence, previous });
      this.overwritten.set(key, versions);
    }
  }

  /** The document as it was at a snapshot, given what it is now. */
  at(
    snapshot: number,
    collection: string,
    id: DocumentId,
    current: StoredDocument | undefined,
  ): StoredDocument | undefined {
    const later = this.overwritten.get(keyFor(collection, id))?.find(({ sequence }) => sequence > snapshot);
    return later === undefined ? current : later.previous;
  }

  changedSince(snapshot: number, collection: string, id: DocumentId): boolean {
    return this.overwritten.get(keyFor(collection, id))?.some(({ sequence }) => sequence > snapshot) ?? false;
  }
}

function keyFor(collection: string, id: DocumentId): string {
  return `${collection} ${typeof id} ${id}`;
}
