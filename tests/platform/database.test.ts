// The project's typed edge of the database, through the real SDK on the embedded cloud.
import { startTestCloud, type TestCloud } from '../local/cloud/support/laboratory';
import { type TransactionInTests } from '../local/cloud/support/sdk-in-tests';

let lab: TestCloud;
beforeAll(async () => {
  lab = await startTestCloud();
});
beforeEach(() =>
  lab.run(async ({ platform }) => {
    await platform.collection('audit').removeWhere({});
    await platform.collection('roster').removeWhere({});
  }),
);
afterAll(() => lab.dispose());

test('reads, writes and counts documents by their own ids', async () => {
  const seen = await lab.run(async ({ platform }) => {
    const audit = platform.collection<{ _id: string; n: number; list?: string[] }>('audit');
    const missing = await audit.get('a');
    await audit.insert({ _id: 'a', n: 1 });
    await audit.set({ _id: 'b', n: 2, list: ['x'] });
    const updates = [
      await audit.update('a', { n: platform.command().inc(5) }),
      await audit.update('nobody', { n: 1 }),
      await audit.updateWhere({ n: 6, _id: 'a' }, { n: 7 }),
      await audit.updateWhere({ n: 6, _id: 'a' }, { n: 8 }),
    ];
    const found = await audit.find({ n: platform.command().gte(2) }, { limit: 10, sort: [['n', 'desc']] });
    const counted = [await audit.count({}), await audit.count({ n: 7 })];
    const removed = [await audit.remove('a'), await audit.remove('a'), await audit.removeWhere({ n: 2 })];
    return { missing, updates, found, counted, removed, one: await audit.findOne({ n: 7 }) };
  });
  expect(seen).toEqual({
    missing: null,
    updates: [true, false, 1, 0],
    found: [
      { _id: 'a', n: 7 },
      { _id: 'b', n: 2, list: ['x'] },
    ],
    counted: [2, 1],
    removed: [true, false, 1],
    one: null,
  });
});

test('a plain object replaces what was stored, even null', async () => {
  const documents = await lab.run(async ({ platform }) => {
    const audit = platform.collection<{ _id: string; deep: object | null }>('audit');
    await audit.insert({ _id: 'a', deep: { x: 1 } });
    await audit.insert({ _id: 'b', deep: null });
    await audit.update('a', { deep: { y: 2 } });
    await audit.update('b', { deep: { y: 2 } });
    return [await audit.get('a'), await audit.get('b')];
  });
  expect(documents).toEqual([
    { _id: 'a', deep: { y: 2 } },
    { _id: 'b', deep: { y: 2 } },
  ]);
});

test('undefined is refused everywhere, because the SDK would drop it and match everybody', async () => {
  const outcomes = await lab.run(async ({ platform, failureOf }) => {
    const audit = platform.collection<{ _id: string; owner?: string }>('audit');
    await audit.insert({ _id: 'a', owner: 'somebody' });
    const nobody = { owner: undefined };
    const attempts: readonly (() => Promise<unknown>)[] = [
      () => audit.find(nobody, { limit: 1 }),
      () => audit.count(nobody),
      () => audit.removeWhere(nobody),
      () => audit.updateWhere(nobody, { owner: 'me' }),
      () => audit.update('a', nobody),
      () => audit.insert({ _id: 'b', ...nobody } as { _id: string }),
    ];
    const failures = [];
    for (const attempt of attempts) failures.push((await failureOf(Promise.resolve().then(attempt))).errMsg);
    return { failures, left: await audit.get('a') };
  });
  expect(outcomes.failures).toEqual(Array(6).fill(expect.stringContaining('owner is undefined')));
  expect(outcomes.left).toEqual({ _id: 'a', owner: 'somebody' });
});

test('a duplicate has its own type, by id and by unique index, inside and outside of transactions', async () => {
  const names = await lab.run(async ({ platform }) => {
    const roster = platform.collection<{ _id: string; batchId: string; studentNumber: string }>('roster');
    const row = { batchId: 'b', studentNumber: '1' };
    await roster.insert({ _id: 'a', ...row });
    const nameOf = (attempt: Promise<unknown>) =>
      attempt.then(
        () => 'in',
        (error: unknown) => (error as Error).name,
      );
    return [
      await nameOf(roster.insert({ _id: 'a', batchId: 'b', studentNumber: '2' })),
      await nameOf(roster.insert({ _id: 'c', ...row })),
      await nameOf(
        roster.insertMany([
          { _id: 'd', batchId: 'b', studentNumber: '4' },
          { _id: 'e', ...row },
        ]),
      ),
      await nameOf(platform.runTransaction(({ collection }) => collection('roster').insert({ _id: 'a' }))),
      await nameOf(roster.set({ _id: 'f', ...row })),
    ];
  });
  expect(names).toEqual(Array(5).fill('DuplicateKeyError'));
});

test('pages give every document once, beyond the platform’s 1,000', async () => {
  const seen = await lab.run(async ({ platform }) => {
    const audit = platform.collection<{ _id: string; kind: string }>('audit');
    await audit.insertMany(
      Array.from({ length: 2300 }, (_, n) => ({ _id: `d${n}`, kind: n % 23 === 0 ? 'rare' : 'common' })),
    );
    const sizes: number[] = [];
    const ids = new Set<string>();
    for await (const page of audit.pages({ kind: 'common' })) {
      sizes.push(page.length);
      for (const { _id } of page) ids.add(_id);
    }
    const few: number[] = [];
    for await (const page of audit.pages({ kind: 'none' })) few.push(page.length);
    return { sizes, different: ids.size, few };
  });
  expect(seen).toEqual({ sizes: [1000, 1000, 200], different: 2200, few: [] });
});

test('documents by their ids: those that there are, each once, beyond the platform’s 1,000', async () => {
  const seen = await lab.run(async ({ platform }) => {
    const audit = platform.collection<{ _id: string; n: number }>('audit');
    await audit.insertMany(Array.from({ length: 1300 }, (_, n) => ({ _id: `d${n}`, n })));
    const wanted = Array.from({ length: 1200 }, (_, n) => `d${n}`);
    const found = await audit.byIds([...wanted, ...wanted, 'nobody']);
    const none = await audit.byIds([]);
    return { size: found.size, last: found.get('d1199'), nobody: found.has('nobody'), none: none.size };
  });
  expect(seen).toEqual({ size: 1200, last: { _id: 'd1199', n: 1199 }, nobody: false, none: 0 });
});

test('pages by another field come in its order, and go on when what was read is removed', async () => {
  const seen = await lab.run(async ({ platform }) => {
    const roster = platform.collection<{ _id: string; batchId: string; studentNumber: string }>('roster');
    const numbers = Array.from({ length: 1200 }, (_, n) => String(10_000 + n));
    await roster.insertMany(
      [...numbers]
        .reverse()
        .map((studentNumber) => ({ _id: `x${studentNumber}`, batchId: 'walked', studentNumber })),
    );
    const found: string[] = [];
    for await (const page of roster.pages({ batchId: 'walked' }, { by: 'studentNumber' })) {
      found.push(...page.map(({ studentNumber }) => studentNumber));
      await roster.remove(page[0]!._id);
    }
    return { found, numbers };
  });
  expect(seen.found).toEqual(seen.numbers);
});

test('aggregates with a limit', async () => {
  const rows = await lab.run(async ({ platform }) => {
    const audit = platform.collection('audit');
    await audit.insertMany(Array.from({ length: 90 }, (_, n) => ({ _id: `d${n}`, n: n % 30 })));
    return platform
      .collection('audit')
      .aggregate(
        [
          { $match: { n: platform.command().lt(25) } },
          { $group: { _id: '$n', count: { $sum: 1 } } },
          { $sort: { _id: 1 } },
        ],
        25,
      );
  });
  expect(rows).toEqual(Array.from({ length: 25 }, (_, n) => ({ _id: n, count: 3 })));
});

test('limits out of the platform’s range are a mistake, not a shorter answer', async () => {
  const messages = await lab.run(async ({ platform, failureOf }) => [
    (await failureOf(platform.collection('audit').find({}, { limit: 1001 }))).errMsg,
    (await failureOf(platform.collection('audit').find({}, { limit: 0 }))).errMsg,
  ]);
  expect(messages).toEqual(['limit 1001 is not 1..1000', 'limit 0 is not 1..1000']);
});

describe('transactions', () => {
  test('retry conflicts, wherever they surface, until the work commits', async () => {
    const outcome = await lab.run(async ({ platform }) => {
      const audit = platform.collection<{ _id: string; n: number }>('audit');
      await audit.insert({ _id: 'a', n: 0 });
      let runs = 0;
      await platform.runTransaction(async ({ collection }) => {
        runs += 1;
        const mine = collection<{ _id: string; n: number }>('audit');
        const current = await mine.get('a');
        // Somebody else is faster, twice.
        if (runs <= 2) await audit.update('a', { n: runs * 10 });
        await mine.update('a', { n: current!.n + 1 });
      });
      return { runs, document: await audit.get('a') };
    });
    expect(outcome).toEqual({ runs: 3, document: { _id: 'a', n: 21 } });
  });

  test('begin again when the platform says that they are busy', async () => {
    const outcome = await lab.run(async ({ db, platform }) => {
      let runs = 0;
      await platform.runTransaction(async ({ collection }) => {
        runs += 1;
        if (runs === 1) {
          // The platform's own failure, as the SDK hands it on: many operations of one transaction at once.
          const busy = await db.startTransaction();
          await Promise.all(
            Array.from({ length: 20 }, (_, n) => busy.collection('audit').doc(String(n)).get()),
          );
        }
        await collection('audit').insert({ _id: `run ${runs}` });
      });
      return {
        runs,
        stored: (await platform.collection('audit').find({}, { limit: 9 })).map(({ _id }) => _id),
      };
    });
    expect(outcome).toEqual({ runs: 2, stored: ['run 2'] });
  });

  test('leave nothing open behind a commit that was refused as busy', async () => {
    const outcome = await lab.run(async ({ db, platform }) => {
      const seen = { commits: 0, rolledBack: 0 };
      const one = await db.startTransaction();
      await one.rollback();
      const transactions = Object.getPrototypeOf(one) as TransactionInTests;
      const real = Object.getOwnPropertyDescriptors(transactions);
      // The embedded cloud has no commit that waits for something, which a busy platform may refuse.
      transactions.commit = function (this: TransactionInTests) {
        seen.commits += 1;
        if (seen.commits > 1) return real.commit.value!.call(this);
        return Promise.reject(new Error('[ResourceUnavailable.TransactionBusy] Transaction is busy'));
      };
      transactions.rollback = function (this: TransactionInTests, reason?: unknown) {
        seen.rolledBack += 1;
        return real.rollback.value!.call(this, reason);
      };
      try {
        await platform.runTransaction(({ collection }) => collection('audit').insert({ _id: 'once' }));
      } finally {
        Object.defineProperties(transactions, real);
      }
      return { ...seen, stored: await platform.collection('audit').count({}) };
    });
    expect(outcome).toEqual({ commits: 2, rolledBack: 1, stored: 1 });
  });

  test('refuse a second operation beside one that is under way, and a commit before it is answered', async () => {
    const thrown = await lab.run(async ({ platform }) => {
      const messageOf = (work: Promise<unknown>) =>
        work.then(
          () => 'committed',
          (error: unknown) => (error as Error).message,
        );
      const twoAtOnce = await messageOf(
        platform.runTransaction(({ collection }) =>
          Promise.all([collection('audit').get('a'), collection('audit').get('b')]),
        ),
      );
      const notAwaited = await messageOf(
        platform.runTransaction(({ collection }) => {
          collection('audit')
            .insert({ _id: 'late' })
            .catch(() => undefined);
          return Promise.resolve();
        }),
      );
      return [twoAtOnce, notAwaited];
    });
    for (const message of thrown) expect(message).toContain('one operation at a time');
    await expect(lab.run(({ platform }) => platform.collection('audit').count({}))).resolves.toBe(0);
  });

  test('pass on what the work throws, once, and leave nothing behind', async () => {
    const outcome = await lab.run(async ({ platform }) => {
      let runs = 0;
      const thrown = await platform
        .runTransaction(async ({ collection }) => {
          runs += 1;
          await collection('audit').insert({ _id: 'a' });
          throw Object.assign(new Error('mine'), { mark: 'same object' });
        })
        .then(
          () => 'committed',
          (error: unknown) => (error as { mark: string }).mark,
        );
      return { runs, thrown, left: await platform.collection('audit').count({}) };
    });
    expect(outcome).toEqual({ runs: 1, thrown: 'same object', left: 0 });
  });

  test('give up with CONFLICT when others never stop', async () => {
    const outcome = await lab.run(async ({ platform }) => {
      const audit = platform.collection<{ _id: string; n: number }>('audit');
      await audit.insert({ _id: 'a', n: 0 });
      return platform
        .runTransaction(async ({ collection }) => {
          const mine = collection<{ _id: string; n: number }>('audit');
          await mine.get('a');
          await audit.update('a', { n: platform.command().inc(1) });
          await mine.update('a', { n: -1 });
        })
        .then(
          () => 'committed',
          (error: unknown) => (error as { code: string }).code,
        );
    });
    expect(outcome).toBe('CONFLICT');
  });
});
