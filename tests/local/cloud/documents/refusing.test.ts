// What the database refuses through the real wx-server-sdk, and by which code.
import { emptied, startTestCloud, TEST_SCHEMA, type TestCloud } from '../support/laboratory';
import { type Laboratory } from '../support/sdk-in-tests';

let lab: TestCloud;
beforeAll(async () => {
  lab = await startTestCloud({ schema: TEST_SCHEMA });
});
beforeEach(() => emptied(lab));
afterAll(() => lab.dispose());

describe('unique values', () => {
  test('a second document with the same id or the same unique value is told apart from other failures', async () => {
    const failures = await lab.run(async ({ db, failureOf }) => {
      const unique = db.collection('unique');
      await unique.add({
        data: [
          { _id: 'a', code: 1 },
          { _id: 'b', code: 2 },
        ],
      });
      const attempts = [
        unique.add({ data: { _id: 'a', code: 3 } }),
        unique.add({ data: { _id: 'c', code: 1 } }),
        unique.doc('b').update({ data: { code: 1 } }),
        unique.doc('d').set({ data: { code: 2 } }),
      ];
      const found = await Promise.all(attempts.map(failureOf));
      return found.map(({ errCode, errMsg }) => ({ errCode, E11000: errMsg.includes('E11000') }));
    });
    expect(failures).toEqual(Array(4).fill({ errCode: -502001, E11000: true }));
  });

  test('an insert of many stops at the duplicate; what came before stays', async () => {
    const ids = await lab.run(async ({ db, failureOf }) => {
      const unique = db.collection('unique');
      const rows = [1, 2, 1, 4].map((code, position) => ({ _id: `row-${position}`, code }));
      await failureOf(unique.add({ data: rows }));
      return (await unique.orderBy('_id', 'asc').get()).data.map(({ _id }) => _id);
    });
    expect(ids).toEqual(['row-0', 'row-1']);
  });

  test('20 parallel inserts from several instances leave exactly one', async () => {
    const attempts = Array.from({ length: 20 }, (_, n) =>
      lab.run(
        async ({ db, failureOf }, _id) =>
          (await failureOf(db.collection('unique').add({ data: { _id, code: 'same' } }))).errMsg,
        `racer-${n}`,
      ),
    );
    const outcomes = await Promise.all(attempts);
    expect(outcomes.filter((message) => message === '')).toHaveLength(1);
    expect(outcomes.filter((message) => message.includes('E11000'))).toHaveLength(19);
    await expect(lab.run(async ({ db }) => (await db.collection('unique').count()).total)).resolves.toBe(1);
  });
});

describe('refusals', () => {
  const CASES: readonly [
    name: string,
    experiment: (laboratory: Laboratory) => Promise<unknown>,
    errCode: number,
  ][] = [
    ['a collection that does not exist', ({ db }) => db.collection('nowhere').get(), -502005],
    ['a collection of the cloud itself', ({ db }) => db.collection('$objects').get(), -501007],
    [
      'a field that begins with a dollar',
      ({ db }) => db.collection('things').add({ data: { a: { $b: 1 } } }),
      -502001,
    ],
    ['an empty id', ({ db }) => db.collection('things').add({ data: { _id: '' } }), -501007],
  ];

  test.each(CASES)('%s', async (_name, experiment, errCode) => {
    const answered = await lab.run(async (laboratory, text) => {
      const attempt = laboratory.fromText<Promise<unknown>>(text);
      return (await laboratory.failureOf(attempt(laboratory))).errCode;
    }, experiment.toString());
    expect(answered).toBe(errCode);
  });

  test('a created collection is there at once, and creating it twice fails', async () => {
    const outcome = await lab.run(async ({ db, failureOf }) => {
      await db.createCollection('fresh');
      await db.collection('fresh').add({ data: { n: 1 } });
      const again = await failureOf(db.createCollection('fresh'));
      return { again: again.errMsg !== '', total: (await db.collection('fresh').count()).total };
    });
    expect(outcome).toEqual({ again: true, total: 1 });
  });

  test('WeChat’s own interfaces are refused by code, not by a crash', async () => {
    const failure = await lab.run(
      async ({ cloud, failureOf }) =>
        (await failureOf(cloud.openapi.security.msgSecCheck({ content: 'x' }))).errMsg,
    );
    expect(failure).toContain('openapi');
    expect(failure).toContain('fail');
  });
});
