// Aggregation pipelines through the real wx-server-sdk.
import { emptied, startTestCloud, TEST_SCHEMA, type TestCloud } from '../support/laboratory';
import { type AggregateInTests, type Laboratory, type Row } from '../support/sdk-in-tests';

let lab: TestCloud;
beforeAll(async () => {
  lab = await startTestCloud({ schema: TEST_SCHEMA });
});
beforeEach(() => emptied(lab));
afterAll(() => lab.dispose());

describe('aggregation', () => {
  beforeEach(() =>
    lab.run(async ({ db }) => {
      await db.collection('things').add({
        data: [
          { _id: 'a', kind: 'x', n: 1, list: [1, 2], ref: 'k1' },
          { _id: 'b', kind: 'x', n: 2, list: [3], ref: 'k2' },
          { _id: 'c', kind: 'y', n: 5, list: [], ref: 'k1' },
        ],
      });
      await db.collection('other').add({
        data: [
          { _id: 'k1', title: 'one' },
          { _id: 'k2', title: 'two' },
        ],
      });
    }),
  );

  const CASES: readonly [name: string, build: (laboratory: Laboratory) => unknown, rows: readonly Row[]][] = [
    [
      'match, group and sort',
      ({ db, _, $ }) =>
        db
          .collection('things')
          .aggregate()
          .match({ n: _.gte(1) })
          .group({ _id: '$kind', sum: $.sum('$n'), ids: $.push('$_id') })
          .sort({ _id: -1 }),
      [
        { _id: 'y', sum: 5, ids: ['c'] },
        { _id: 'x', sum: 3, ids: ['a', 'b'] },
      ],
    ],
    [
      'project with expressions',
      ({ db, $ }) =>
        db
          .collection('things')
          .aggregate()
          .match({ kind: 'x' })
          .project({ _id: 0, label: $.concat(['$kind', '-', '$_id']), large: $.gte(['$n', 2]) }),
      [
        { label: 'x-a', large: false },
        { label: 'x-b', large: true },
      ],
    ],
    [
      'addFields, skip and limit',
      ({ db, $ }) =>
        db
          .collection('things')
          .aggregate()
          .sort({ n: 1 })
          .addFields({ total: $.sum('$list') })
          .skip(1)
          .limit(1)
          .project({ total: 1 }),
      [{ _id: 'b', total: 3 }],
    ],
    [
      'unwind',
      ({ db }) => db.collection('things').aggregate().unwind('$list').project({ list: 1 }),
      [
        { _id: 'a', list: 1 },
        { _id: 'a', list: 2 },
        { _id: 'b', list: 3 },
      ],
    ],
    [
      'count',
      ({ db }) => db.collection('things').aggregate().match({ kind: 'x' }).count('many'),
      [{ many: 2 }],
    ],
    [
      'sortByCount',
      ({ db }) => db.collection('things').aggregate().sortByCount('$kind'),
      [
        { _id: 'x', count: 2 },
        { _id: 'y', count: 1 },
      ],
    ],
    [
      'lookup in another collection',
      ({ db }) =>
        db
          .collection('things')
          .aggregate()
          .match({ kind: 'y' })
          .lookup({ from: 'other', localField: 'ref', foreignField: '_id', as: 'found' })
          .project({ found: 1 }),
      [{ _id: 'c', found: [{ _id: 'k1', title: 'one' }] }],
    ],
    [
      'replaceRoot',
      ({ db }) =>
        db
          .collection('things')
          .aggregate()
          .match({ _id: 'b' })
          .replaceRoot({ newRoot: { was: '$_id' } }),
      [{ was: 'b' }],
    ],
    [
      'bucket',
      ({ db, $ }) =>
        db
          .collection('things')
          .aggregate()
          .bucket({ groupBy: '$n', boundaries: [0, 3, 9], output: { many: $.sum(1) } }),
      [
        { _id: 0, many: 2 },
        { _id: 3, many: 1 },
      ],
    ],
  ];

  test.each(CASES)('%s', async (_name, build, rows) => {
    const list = await lab.run(async (laboratory, text) => {
      const pipeline = laboratory.fromText<AggregateInTests>(text);
      return (await pipeline(laboratory).end()).list;
    }, build.toString());
    expect(list).toEqual(rows);
  });

  test('leaves the stored documents as they are', async () => {
    const document = await lab.run(async ({ db }) => {
      await db.collection('things').aggregate().addFields({ kind: 'changed' }).unwind('$list').end();
      return (await db.collection('things').doc('a').get()).data;
    });
    expect(document).toMatchObject({ kind: 'x', list: [1, 2] });
  });
});
