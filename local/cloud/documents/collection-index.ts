/**
 * One declared index of a collection: sorted keys to documents. Directions of the declaration matter to the
 * platform only: here a list is read from either end.
 */
import { type DocumentId, type StoredDocument } from './document';
import { AFTER, keyOf, keysAt, type ReachedKeys } from './index-key';
import { SortedEntries } from './sorted-entries';

export interface IndexShape {
  readonly name: string;
  readonly unique: boolean;
  readonly paths: readonly string[];
}

export class CollectionIndex {
  readonly shape: IndexShape;
  readonly entries = new SortedEntries<StoredDocument>();
  /** Documents whose keys came through arrays; while there are any, order and counts are not the documents'. */
  private withArrays = 0;

  constructor(shape: IndexShape) {
    this.shape = shape;
  }

  /** True when every document has exactly one plain entry, so that the list is the documents in order. */
  get oneEntryEach(): boolean {
    return this.withArrays === 0;
  }

  /** The id of another document that holds one of this document's keys, if the index is unique. */
  conflict(document: StoredDocument): DocumentId | undefined {
    if (!this.shape.unique) return undefined;
    for (const key of this.fieldKeys(document)) {
      for (const { value } of this.entries.ascending(key, key + AFTER))
        if (value._id !== document._id) return value._id;
    }
    return undefined;
  }

  add(document: StoredDocument): void {
    const { keys, throughArray } = this.reach(document);
    if (throughArray) this.withArrays += 1;
    for (const key of keys) this.entries.add({ key: key + keyOf(document._id), value: document });
  }

  remove(document: StoredDocument): void {
    const { keys, throughArray } = this.reach(document);
    if (throughArray) this.withArrays -= 1;
    for (const key of keys) this.entries.delete(key + keyOf(document._id));
  }

  /** One key per combination of the values that the paths reach. */
  fieldKeys(document: StoredDocument): readonly string[] {
    return this.reach(document).keys;
  }

  private reach(document: StoredDocument): ReachedKeys {
    let keys: readonly string[] = [''];
    let throughArray = false;
    for (const path of this.shape.paths) {
      const next = keysAt(document, path);
      keys = keys.flatMap((key) => next.keys.map((following) => key + following));
      throughArray ||= next.throughArray;
    }
    return { keys, throughArray };
  }
}
