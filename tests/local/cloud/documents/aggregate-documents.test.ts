import { aggregateDocuments } from '../../../../local/cloud/documents/aggregate-documents';
import { Collection } from '../../../../local/cloud/documents/collection';

const collection = new Collection('rows', []);
collection.apply([{ _id: 'a', n: 1 }], []);
const nothing = () => [];

test.each(['$out', '$merge', '$geoNear', '$collStats'])(
  '%s needs a server of MongoDB and is refused',
  (stage) => {
    expect(() => aggregateDocuments(collection, [{ [stage]: 'other' }], nothing)).toThrow('is not available');
  },
);

test('an unknown stage is a refusal of the database, not a crash', () => {
  expect(() => aggregateDocuments(collection, [{ $nonsense: 1 }], nothing)).toThrow(
    expect.objectContaining({ code: 'DATABASE_REQUEST_FAILED' }) as Error,
  );
});

test('code inside a pipeline never runs', () => {
  const stage = { $addFields: { n: { $function: { body: () => 7, args: [], lang: 'js' } } } };
  expect(() => aggregateDocuments(collection, [stage], nothing)).toThrow();
});

test.each([
  [{ n: 1 }, [{ rows: 1 }]],
  [{ n: 2 }, []],
])('of %j so many are counted; none is no row, as MongoDB has it', (filter, rows) => {
  expect(aggregateDocuments(collection, [{ $match: filter }, { $count: 'rows' }], nothing)).toEqual(rows);
});
