// Reads through the real wx-server-sdk: what comes back, in what order, how much at most.
import { emptied, startTestCloud, TEST_SCHEMA, type TestCloud } from '../support/laboratory';
import { type Laboratory, type Row } from '../support/sdk-in-tests';

let lab: TestCloud;
beforeAll(async () => {
  lab = await startTestCloud({ schema: TEST_SCHEMA });
});
beforeEach(() => emptied(lab));
afterAll(() => lab.dispose());

describe('writing and reading', () => {
  test('gives back what was stored, dates and all', async () => {
    const document = await lab.run(async ({ db }) => {
      const data = {
        n: 1.5,
        big: 2 ** 40,
        text: '学生',
        flag: true,
        none: null,
        list: [1, { a: 'x' }],
        at: new Date(86_400_000),
      };
      const { _id } = await db.collection('things').add({ data });
      const { data: read } = await db.collection('things').doc(_id).get();
      return { ...read, isDate: read?.at instanceof Date, generated: _id.length };
    });
    expect(document).toMatchObject({
      n: 1.5,
      big: 2 ** 40,
      text: '学生',
      flag: true,
      none: null,
      list: [1, { a: 'x' }],
      at: '1970-01-02T00:00:00.000Z',
      isDate: true,
      generated: 32,
    });
  });

  test('writes the time of the server', async () => {
    const offset = await lab.run(async ({ db }) => {
      await db.collection('things').add({ data: { _id: 'a', at: db.serverDate({ offset: 3_600_000 }) } });
      const { data } = await db.collection('things').doc('a').get();
      return (data?.at as Date).getTime() - Date.now();
    });
    expect(offset).toBeGreaterThan(3_590_000);
    expect(offset).toBeLessThanOrEqual(3_600_000);
  });

  test('inserts several documents at once', async () => {
    const ids = await lab.run(
      async ({ db }) => (await db.collection('things').add({ data: [{ n: 1 }, { n: 2 }] }))._ids,
    );
    expect(new Set(ids).size).toBe(2);
  });

  test('replaces a whole document with set, and creates it when it is not there', async () => {
    const outcome = await lab.run(async ({ db }) => {
      const document = db.collection('things').doc('a');
      const created = (await document.set({ data: { n: 1, old: true } })).stats;
      const replaced = (await document.set({ data: { n: 2 } })).stats;
      return { created, replaced, document: (await document.get()).data };
    });
    expect(outcome).toEqual({
      created: { updated: 0, created: 1 },
      replaced: { updated: 1, created: 0 },
      document: { _id: 'a', n: 2 },
    });
  });

  test('removes one, all matching, or only the first', async () => {
    const counts = await lab.run(async ({ db, _ }) => {
      const things = db.collection('things');
      await things.add({ data: [1, 2, 3, 4].map((n) => ({ _id: String(n), n })) });
      const one = (await things.doc('1').remove()).stats.removed;
      const none = (await things.doc('1').remove()).stats.removed;
      const first = (await things.where({ n: _.gt(1) }).remove({ multi: false })).stats.removed;
      const rest = (await things.where({ n: _.gt(1) }).remove()).stats.removed;
      return [one, none, first, rest, (await things.count()).total];
    });
    expect(counts).toEqual([1, 0, 1, 2, 0]);
  });

  test('answers null for a missing document when the SDK is told so', async () => {
    await expect(
      lab.run(async ({ db }) => (await db.collection('things').doc('nobody').get()).data),
    ).resolves.toBeNull();
  });
});

describe('limits of one read', () => {
  beforeEach(() =>
    lab.run(async ({ db }) => {
      const rows = Array.from({ length: 1000 }, (_, n) => ({ _id: `a${n}`, n }));
      await db.collection('things').add({ data: rows });
      await db.collection('things').add({ data: rows.map(({ n }) => ({ _id: `b${n}`, n: n + 1000 })) });
    }),
  );

  test('are 100 without a limit, 1000 at most, and 20 for an aggregation', async () => {
    const lengths = await lab.run(async ({ db }) => {
      const things = db.collection('things');
      const all = things.aggregate().match({});
      return [
        (await things.get()).data.length,
        (await things.limit(1500).get()).data.length,
        (await things.limit(7).get()).data.length,
        (await all.end()).list.length,
        (await all.limit(1500).end()).list.length,
      ];
    });
    expect(lengths).toEqual([100, 1000, 7, 20, 1500]);
  });

  test('page with order, skip and limit', async () => {
    const page = await lab.run(async ({ db }) =>
      (await db.collection('things').orderBy('n', 'desc').skip(5).limit(3).get()).data.map(({ n }) => n),
    );
    expect(page).toEqual([1994, 1993, 1992]);
  });
});

describe('query operators', () => {
  const ROWS: readonly Row[] = [
    { _id: 'a', n: 1, text: 'apple', tags: ['x', 'y'], deep: { k: 1 }, list: [{ s: 1, t: 1 }] },
    {
      _id: 'b',
      n: 2,
      text: 'Banana',
      tags: ['y'],
      deep: { k: 2 },
      list: [
        { s: 1, t: 2 },
        { s: 2, t: 1 },
      ],
    },
    { _id: 'c', n: 3, text: 'cherry', tags: [], none: null },
    { _id: 'd', text: '樱桃', flag: true },
  ];

  beforeEach(() =>
    lab.run(async ({ db }, rows) => {
      await db.collection('things').add({ data: rows });
    }, ROWS),
  );

  const CASES: readonly [name: string, filter: (laboratory: Laboratory) => unknown, ids: string][] = [
    ['a value', () => ({ n: 2 }), 'b'],
    ['a nested value', () => ({ deep: { k: 2 } }), 'b'],
    ['a dotted path', () => ({ 'deep.k': 1 }), 'a'],
    ['null matches missing too', () => ({ none: null }), 'abcd'],
    ['eq', ({ _ }) => ({ n: _.eq(3) }), 'c'],
    ['neq', ({ _ }) => ({ n: _.neq(3) }), 'abd'],
    ['gt', ({ _ }) => ({ n: _.gt(1) }), 'bc'],
    ['gte and lt', ({ _ }) => ({ n: _.gte(1).and(_.lt(3)) }), 'ab'],
    ['lte', ({ _ }) => ({ n: _.lte(1) }), 'a'],
    ['in', ({ _ }) => ({ n: _.in([1, 3]) }), 'ac'],
    ['nin', ({ _ }) => ({ n: _.nin([1, 3]) }), 'bd'],
    ['or of fields', ({ _ }) => _.or([{ n: 1 }, { flag: true }]), 'ad'],
    ['or of values', ({ _ }) => ({ n: _.eq(1).or(_.eq(2)) }), 'ab'],
    ['and', ({ _ }) => _.and([{ n: _.gt(1) }, { text: 'cherry' }]), 'c'],
    ['nor', ({ _ }) => _.nor([{ n: 1 }, { n: 2 }]), 'cd'],
    ['not', ({ _ }) => ({ n: _.not(_.eq(1)) }), 'bcd'],
    ['exists', ({ _ }) => ({ n: _.exists(false) }), 'd'],
    ['mod', ({ _ }) => ({ n: _.mod(2, 1) }), 'ac'],
    ['all', ({ _ }) => ({ tags: _.all(['x', 'y']) }), 'a'],
    ['size', ({ _ }) => ({ tags: _.size(1) }), 'b'],
    ['an element of an array', () => ({ tags: 'y' }), 'ab'],
    ['elemMatch', ({ _ }) => ({ list: _.elemMatch({ s: 1, t: 2 }) }), 'b'],
    ['a regular expression', () => ({ text: /^b/i }), 'b'],
    ['a regular expression of the SDK', ({ db }) => ({ text: db.RegExp({ regexp: '桃$' }) }), 'd'],
    ['undefined is dropped by the SDK itself', () => ({ n: undefined, text: 'apple' }), 'a'],
  ];

  test.each(CASES)('%s', async (_name, filter, ids) => {
    const found = await lab.run(async (laboratory, text) => {
      const where = laboratory.fromText<unknown>(text);
      const { data } = await laboratory.db
        .collection('things')
        .where(where(laboratory))
        .orderBy('_id', 'asc')
        .get();
      const { total } = await laboratory.db.collection('things').where(where(laboratory)).count();
      return { ids: data.map(({ _id }) => _id).join(''), total };
    }, filter.toString());
    expect(found).toEqual({ ids, total: ids.length });
  });

  test('field keeps or leaves out', async () => {
    const rows = await lab.run(async ({ db }) => {
      const one = db.collection('things').where({ _id: 'a' });
      return [
        (await one.field({ n: true, _id: false }).get()).data[0],
        (await one.field({ tags: false, deep: false, list: false }).get()).data[0],
      ];
    });
    expect(rows).toEqual([{ n: 1 }, { _id: 'a', n: 1, text: 'apple' }]);
  });
});
