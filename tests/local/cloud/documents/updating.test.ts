// Updates through the real wx-server-sdk: what each operator does, and what MongoDB refuses.
import { emptied, startTestCloud, TEST_SCHEMA, type TestCloud } from '../support/laboratory';
import { type Laboratory, type Row } from '../support/sdk-in-tests';

let lab: TestCloud;
beforeAll(async () => {
  lab = await startTestCloud({ schema: TEST_SCHEMA });
});
beforeEach(() => emptied(lab));
afterAll(() => lab.dispose());

describe('update operators', () => {
  const BEFORE: Row = {
    n: 2,
    text: 'x',
    list: [1, 2, 3],
    deep: { a: 1, b: 2 },
    people: [{ k: 1 }, { k: 2 }],
  };

  const CASES: readonly [name: string, changes: (laboratory: Laboratory) => object, after: Row][] = [
    ['a value', () => ({ n: 5 }), { n: 5 }],
    ['a nested object is merged', () => ({ deep: { a: 9 } }), { deep: { a: 9, b: 2 } }],
    ['a dotted path', () => ({ 'deep.c': 3 }), { deep: { a: 1, b: 2, c: 3 } }],
    ['set replaces', ({ _ }) => ({ deep: _.set({ z: 1 }) }), { deep: { z: 1 } }],
    ['remove', ({ _ }) => ({ text: _.remove() }), { text: undefined }],
    ['inc', ({ _ }) => ({ n: _.inc(-3) }), { n: -1 }],
    ['inc creates', ({ _ }) => ({ fresh: _.inc(4) }), { fresh: 4 }],
    ['mul', ({ _ }) => ({ n: _.mul(10) }), { n: 20 }],
    ['min', ({ _ }) => ({ n: _.min(1) }), { n: 1 }],
    ['max', ({ _ }) => ({ n: _.max(9) }), { n: 9 }],
    ['rename', ({ _ }) => ({ text: _.rename('title') }), { title: 'x', text: undefined }],
    ['push', ({ _ }) => ({ list: _.push([4, 5]) }), { list: [1, 2, 3, 4, 5] }],
    [
      'push with position, sort and slice',
      ({ _ }) => ({ list: _.push({ each: [9, 0], sort: 1, slice: 3 }) }),
      { list: [0, 1, 2] },
    ],
    ['push creates', ({ _ }) => ({ fresh: _.push(['a']) }), { fresh: ['a'] }],
    ['unshift', ({ _ }) => ({ list: _.unshift(['z']) }), { list: ['z', 1, 2, 3] }],
    ['pop', ({ _ }) => ({ list: _.pop() }), { list: [1, 2] }],
    ['shift', ({ _ }) => ({ list: _.shift() }), { list: [2, 3] }],
    ['pull a value', ({ _ }) => ({ list: _.pull(2) }), { list: [1, 3] }],
    ['pull by condition', ({ _ }) => ({ people: _.pull({ k: _.gt(1) }) }), { people: [{ k: 1 }] }],
    ['pullAll', ({ _ }) => ({ list: _.pullAll([1, 3]) }), { list: [2] }],
    ['addToSet', ({ _ }) => ({ list: _.addToSet(3) }), { list: [1, 2, 3] }],
    ['addToSet several', ({ _ }) => ({ list: _.addToSet({ $each: [3, 4] }) }), { list: [1, 2, 3, 4] }],
    [
      'several operators',
      ({ _ }) => ({ n: _.inc(1), text: 'y', list: _.pop() }),
      { n: 3, text: 'y', list: [1, 2] },
    ],
  ];

  test.each(CASES)('%s', async (_name, changes, after) => {
    const document = await lab.run(
      async (laboratory, before, text) => {
        const things = laboratory.db.collection('things');
        await things.add({ data: { _id: 'a', ...before } });
        const build = laboratory.fromText<object>(text);
        await things.doc('a').update({ data: build(laboratory) });
        return (await things.doc('a').get()).data;
      },
      BEFORE,
      changes.toString(),
    );
    expect(document).toEqual(JSON.parse(JSON.stringify({ _id: 'a', ...BEFORE, ...after })));
  });

  test('change the array element that the query found', async () => {
    const people = await lab.run(async ({ db }) => {
      const things = db.collection('things');
      await things.add({ data: { _id: 'a', people: [{ k: 1 }, { k: 2 }] } });
      await things.where({ 'people.k': 2 }).update({ data: { 'people.$.k': 9 } });
      return (await things.doc('a').get()).data?.people;
    });
    expect(people).toEqual([{ k: 1 }, { k: 9 }]);
  });

  test('change all matching documents, or only the first, and count only real changes', async () => {
    const counts = await lab.run(async ({ db, _ }) => {
      const things = db.collection('things');
      await things.add({ data: [1, 2, 3].map((n) => ({ _id: String(n), n })) });
      return [
        (await things.where({ n: _.gt(0) }).update({ data: { seen: true } })).stats.updated,
        (await things.where({ n: _.gt(0) }).update({ data: { seen: true } })).stats.updated,
        (await things.where({ n: _.gt(0) }).update({ data: { first: true }, multi: false })).stats.updated,
        (await things.doc('nobody').update({ data: { n: 1 } })).stats.updated,
      ];
    });
    expect(counts).toEqual([3, 0, 1, 0]);
  });

  const REFUSED: readonly [name: string, changes: (laboratory: Laboratory) => object][] = [
    ['inc of a text', ({ _ }) => ({ text: _.inc(1) })],
    ['inc of null', ({ _ }) => ({ none: _.inc(1) })],
    ['mul of null', ({ _ }) => ({ none: _.mul(2) })],
    ['push onto a scalar', ({ _ }) => ({ text: _.push(['y']) })],
    ['push onto null', ({ _ }) => ({ none: _.push(['y']) })],
    ['addToSet on null', ({ _ }) => ({ none: _.addToSet('y') })],
    ['pull from a scalar', ({ _ }) => ({ text: _.pull('x') })],
    ['pop from a scalar', ({ _ }) => ({ text: _.pop() })],
    ['set through a scalar', () => ({ 'text.deeper': 1 })],
    ['set through null', () => ({ none: { deeper: 1 } })],
    ['set of a name in an array', () => ({ 'list.name': 1 })],
    ['two changes of one path', ({ _ }) => ({ deep: _.set({}), 'deep.a': 1 })],
  ];

  test.each(REFUSED)('refuse %s and change nothing', async (_name, changes) => {
    const outcome = await lab.run(async (laboratory, text) => {
      const things = laboratory.db.collection('things');
      const before = { _id: 'a', text: 'x', none: null, list: [1], deep: {} };
      await things.add({ data: before });
      const build = laboratory.fromText<object>(text);
      const update = things.doc('a').update({ data: { ...build(laboratory), other: 1 } });
      const { errCode } = await laboratory.failureOf(update);
      return { errCode, document: (await things.doc('a').get()).data };
    }, changes.toString());
    expect(outcome).toEqual({
      errCode: -502001,
      document: { _id: 'a', text: 'x', none: null, list: [1], deep: {} },
    });
  });
});
