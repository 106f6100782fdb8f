import fc from 'fast-check';
import { Query } from 'mingo';
import { compare } from 'mingo/util';
import { Collection, DuplicateKey } from '../../../../local/cloud/documents/collection';
import { type StoredDocument } from '../../../../local/cloud/documents/document';
import { keyOf } from '../../../../local/cloud/documents/index-key';
import { type Sort } from '../../../../local/cloud/documents/query-plan';
import { countDocuments, findDocuments } from '../../../../local/cloud/documents/run-query';
import { SortedEntries } from '../../../../local/cloud/documents/sorted-entries';

describe('index keys', () => {
  const scalar = fc.oneof(
    fc.constant(null),
    fc.double({ noNaN: true }),
    fc.integer(),
    fc.string({ unit: 'binary', maxLength: 6 }),
    fc.boolean(),
    fc.date({ noInvalidDate: true }),
  );

  test('sort as MongoDB sorts the values', () => {
    const sign = (value: number) => Math.sign(value) + 0;
    const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
    fc.assert(
      fc.property(scalar, scalar, (a, b) => {
        // -0 and 0 are one value.
        const [x, y] = [a, b].map((value) => (value === 0 ? 0 : value));
        expect(order(keyOf(x), keyOf(y))).toBe(sign(compare(x, y)));
      }),
      { numRuns: 1000 },
    );
  });

  test('no text is the beginning of another key', () => {
    const text = fc.string({ unit: fc.constantFrom('\u0000', '\u0001', 'a', '\uffff'), maxLength: 4 });
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(keyOf(a).startsWith(keyOf(b))).toBe(a === b);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('sorted entries', () => {
  test('behave like a sorted array under any mix of additions and removals', () => {
    const operation = fc.record({ key: fc.stringMatching(/^[a-d]{1,4}$/), remove: fc.boolean() });
    const range = fc.tuple(fc.stringMatching(/^[a-e]{0,4}$/), fc.stringMatching(/^[a-e]{0,4}$/));
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 1500, size: 'max' }), range, (operations, [from, to]) => {
        const entries = new SortedEntries<number>();
        const expected = new Set<string>();
        for (const { key, remove } of operations) {
          if (remove) {
            entries.delete(key);
            expected.delete(key);
          } else if (!expected.has(key)) {
            entries.add({ key, value: 1 });
            expected.add(key);
          }
        }
        const within = [...expected].filter((key) => key >= from && key < to).sort();
        expect([...entries.ascending(from, to)].map(({ key }) => key)).toEqual(within);
        expect([...entries.descending(from, to)].map(({ key }) => key)).toEqual(within.reverse());
        expect(entries.count(from, to)).toBe(within.length);
        expect(entries).toHaveLength(expected.size);
      }),
      { numRuns: 60 },
    );
  });

  test('stay in order beyond one chunk', () => {
    const entries = new SortedEntries<number>();
    const keys = Array.from({ length: 5000 }, (_, i) => String((i * 7919) % 5000).padStart(5, '0'));
    for (const key of keys) entries.add({ key, value: 1 });
    expect([...entries.ascending('', '\uffff')].map(({ key }) => key)).toEqual([...keys].sort());
    for (const key of keys.slice(0, 4990)) entries.delete(key);
    expect([...entries.descending('', '\uffff')].map(({ key }) => key)).toEqual(
      keys.slice(4990).sort().reverse(),
    );
  });
});

describe('queries', () => {
  const shapes = [
    { name: 'a_b', unique: false, paths: ['a', 'b'] },
    { name: 'b', unique: false, paths: ['b'] },
    { name: 'c.d', unique: false, paths: ['c.d'] },
  ];
  const plain = { noNullPrototype: true } as const; // documents come from JSON
  const value = fc.constantFrom<unknown>(null, 0, 1, 2, 'x', 'y', true, new Date(5));
  const deep = fc.oneof(value, fc.array(value, { maxLength: 2 }), fc.record({ d: value }, plain));
  const documents = fc.uniqueArray(
    fc.record(
      { _id: fc.integer({ min: 0, max: 40 }), a: value, b: deep, c: deep },
      { requiredKeys: ['_id'], ...plain },
    ),
    { selector: ({ _id }) => _id, maxLength: 25 },
  );
  const condition = fc.oneof(
    value,
    fc.record({ $in: fc.array(value, { maxLength: 3 }) }, plain),
    fc.record({ $gte: fc.constantFrom<unknown>(0, 1, 'x', new Date(5)) }, plain),
    fc.record({ $gt: fc.constantFrom<unknown>(0, 'x'), $lt: fc.constantFrom<unknown>(2, 'y') }, plain),
    fc.record({ $ne: value }, plain),
    fc.record({ $exists: fc.boolean() }, plain),
  );
  const fields = fc.dictionary(fc.constantFrom('_id', 'a', 'b', 'c.d'), condition, {
    maxKeys: 3,
    noNullPrototype: true,
  });
  const filter = fc.oneof(
    fields,
    fc.record({ $and: fc.array(fields, { minLength: 1, maxLength: 2 }) }, plain),
    fc.record({ $or: fc.array(fields, { minLength: 1, maxLength: 2 }), a: value }, plain),
  );
  const collectionOf = (rows: readonly object[]) => {
    const collection = new Collection('rows', shapes);
    collection.apply(rows as StoredDocument[], []);
    return collection;
  };
  const ids = (rows: Iterable<StoredDocument>) => [...rows].map(({ _id }) => Number(_id));

  test('find through indexes exactly what a scan finds', () => {
    fc.assert(
      fc.property(documents, filter, (rows, where) => {
        const collection = collectionOf(rows);
        const expected = rows.filter((row) => new Query(where).test(row)).map(({ _id }) => _id);
        const found = findDocuments(collection, where, { sort: [], skip: 0, limit: 1000 });
        expect(ids(found).sort((x, y) => x - y)).toEqual(expected.sort((x, y) => x - y));
        expect(countDocuments(collection, where)).toBe(expected.length);
      }),
      { numRuns: 500 },
    );
  });

  test('sort through indexes in the order of the values, with skip and limit', () => {
    const scalars = fc.uniqueArray(
      fc.record({ _id: fc.integer({ min: 0, max: 60 }), a: value, b: value }, plain),
      {
        selector: ({ _id }) => _id,
        maxLength: 30,
      },
    );
    const sort = fc.constantFrom<Sort>(
      [['a', 1]],
      [
        ['a', -1],
        ['b', -1],
      ],
      [
        ['b', 1],
        ['_id', 1],
      ],
      [['_id', -1]],
      [
        ['a', 1],
        ['b', -1],
      ],
    );
    fc.assert(
      fc.property(scalars, sort, fc.nat(5), fc.integer({ min: 1, max: 10 }), (rows, order, skip, limit) => {
        const found = findDocuments(collectionOf(rows), {}, { sort: order, skip, limit });
        const keyed = (row: Readonly<Record<string, unknown>>) => order.map(([path]) => keyOf(row[path]));
        const byOrder = (x: readonly string[], y: readonly string[]) => {
          const at = x.findIndex((key, position) => key !== y[position]);
          return at === -1 ? 0 : (x[at]! < y[at]! ? -1 : 1) * order[at]![1];
        };
        expect(found.map(keyed)).toEqual(
          rows
            .map(keyed)
            .sort(byOrder)
            .slice(skip, skip + limit),
        );
      }),
      { numRuns: 500 },
    );
  });

  test('follow every change of the documents', () => {
    const step = fc.record({
      put: documents,
      remove: fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 5 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 6 }), filter, (steps, where) => {
        const collection = new Collection('rows', shapes);
        const expected = new Map<number, Record<string, unknown>>();
        for (const { put, remove } of steps) {
          const removed = remove.filter((id) => !put.some(({ _id }) => _id === id));
          collection.apply(put, removed);
          for (const row of put) expected.set(row._id, row);
          for (const id of removed) expected.delete(id);
        }
        const matching = [...expected].filter(([, row]) => new Query(where).test(row)).map(([id]) => id);
        const found = findDocuments(collection, where, { sort: [], skip: 0, limit: 1000 });
        expect(ids(found).sort((x, y) => x - y)).toEqual(matching.sort((x, y) => x - y));
      }),
      { numRuns: 300 },
    );
  });
});

describe('unique indexes', () => {
  const collection = () => new Collection('rows', [{ name: 'a_b', unique: true, paths: ['a', 'b'] }]);

  test('refuse a second document with the same values and change nothing', () => {
    const rows = collection();
    rows.apply([{ _id: 1, a: 'x', b: 1 }], []);
    expect(() =>
      rows.apply(
        [
          { _id: 2, a: 'y', b: 1 },
          { _id: 3, a: 'x', b: 1 },
        ],
        [],
      ),
    ).toThrow(DuplicateKey);
    expect([...rows.all()]).toEqual([{ _id: 1, a: 'x', b: 1 }]);
    expect(countDocuments(rows, { a: 'y' })).toBe(0);
  });

  test('count a missing field as null', () => {
    const rows = collection();
    rows.apply([{ _id: 1, a: 'x' }], []);
    expect(() => rows.apply([{ _id: 2, a: 'x', b: null }], [])).toThrow(DuplicateKey);
  });

  test('let values move between documents within one step', () => {
    const rows = collection();
    rows.apply([{ _id: 1, a: 'x', b: 1 }], []);
    rows.apply([{ _id: 2, a: 'x', b: 1 }], [1]);
    rows.apply(
      [
        { _id: 2, a: 'y', b: 1 },
        { _id: 3, a: 'x', b: 1 },
      ],
      [],
    );
    expect(rows.size).toBe(2);
  });
});
