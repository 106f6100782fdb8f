/**
 * One declared index of a collection: sorted keys to document ids. Directions of the declaration matter to the
 * platform only: here a list is read from either end.
 */
import { type DocumentId, type StoredDocument } from './document';
import { AFTER, keyOf, keysAt } from './index-key';
import { SortedEntries } from './sorted-entries';

export interface IndexShape {
  readonly name: string;
  readonly unique: boolean;
  readonly paths: readonly string[];
}

export class CollectionIndex {
  readonly shape: IndexShape;
  readonly entries = new SortedEntries<DocumentId>();
  /** Documents with more than one entry (arrays); while there are any, order and counts are not the documents'. */
  private multiple = 0;

  constructor(shape: IndexShape) {
    this.shape = shape;
  }

  /** True when every document has exactly one entry, so that the list is the documents in order. */
  get oneEntryEach(): boolean {
    return this.multiple === 0;
  }

  /** The id of another document that holds one of this document's keys, if the index is unique. */
  conflict(document: StoredDocument): DocumentId | undefined {
    if (!this.shape.unique) return undefined;
    for (const key of this.fieldKeys(document)) {
      for (const { value } of this.entries.ascending(key, key + AFTER))
        if (value !== document._id) return value;
    }
    return undefined;
  }

  add(document: StoredDocument): void {
    const keys = this.fieldKeys(document);
    if (keys.length > 1) this.multiple += 1;
    for (const key of keys) this.entries.add({ key: key + keyOf(document._id), value: document._id });
  }

  remove(document: StoredDocument): void {
    const keys = this.fieldKeys(document);
    if (keys.length > 1) this.multiple -= 1;
    for (const key of keys) this.entries.delete(key + keyOf(document._id));
  }

  /** One key per combination of the values that the paths reach. */
  fieldKeys(document: StoredDocument): readonly string[] {
    let keys: readonly string[] = [''];
    for (const path of this.shape.paths) {
      const next = keysAt(document, path);
      keys =
        next.length === 1
          ? keys.map((key) => key + next[0]!)
          : keys.flatMap((key) => next.map((k) => key + k));
    }
    return keys;
  }
}
