// Transactions through the real wx-server-sdk: snapshot, conflict, limits.
import { DocumentStore } from '../../../../local/cloud/documents/document-store';
import { Transactions } from '../../../../local/cloud/documents/transactions';
import { emptied, startTestCloud, TEST_SCHEMA, type TestCloud } from '../support/laboratory';

const LIMIT_MS = 1500;

let lab: TestCloud;
beforeAll(async () => {
  lab = await startTestCloud({ schema: TEST_SCHEMA, transactionLimitMs: LIMIT_MS, maximumInstances: 6 });
});
beforeEach(async () => {
  await emptied(lab);
  await lab.run(async ({ db }) => {
    await db.collection('things').add({
      data: [
        { _id: 'a', n: 10 },
        { _id: 'b', n: 0 },
      ],
    });
  });
});
afterAll(() => lab.dispose());

const balances = () =>
  lab.run(async ({ db }) =>
    (await db.collection('things').orderBy('_id', 'asc').get()).data.map(({ n }) => n),
  );

test('all operations on documents take effect together at commit', async () => {
  const seen = await lab.run(async ({ db, _ }) => {
    const before = async () => (await db.collection('things').count()).total;
    const transaction = await db.startTransaction();
    const things = transaction.collection('things');
    await things.doc('a').update({ data: { n: _.inc(-3) } });
    await things.doc('b').set({ data: { n: 3 } });
    await things.add({ data: { _id: 'c', n: 7 } });
    const inside = (await things.doc('a').get()).data?.n;
    const outside = [(await db.collection('things').doc('a').get()).data?.n, await before()];
    await transaction.commit();
    return { inside, outside };
  });
  expect(seen).toEqual({ inside: 7, outside: [10, 2] });
  await expect(balances()).resolves.toEqual([7, 3, 7]);
});

test('a rollback leaves nothing behind', async () => {
  const reason = await lab.run(({ db }) =>
    db
      .runTransaction(async (transaction) => {
        await transaction.collection('things').doc('a').remove();
        await transaction.rollback('changed my mind');
      })
      .then(
        () => 'committed',
        (error: unknown) => error,
      ),
  );
  expect(reason).toBe('changed my mind');
  await expect(balances()).resolves.toEqual([10, 0]);
});

test('reads see the state at the beginning, whatever others commit meanwhile', async () => {
  const seen = await lab.run(async ({ db }) => {
    const transaction = await db.startTransaction();
    const things = transaction.collection('things');
    const first = (await things.doc('a').get()).data?.n;
    await db
      .collection('things')
      .doc('a')
      .update({ data: { n: 99 } });
    await db.collection('things').doc('b').remove();
    await db.collection('things').add({ data: { _id: 'late' } });
    const second = [(await things.doc('a').get()).data?.n, (await things.doc('b').get()).data?.n];
    const late = (await things.doc('late').get()).data;
    await transaction.rollback();
    return { first, second, late };
  });
  expect(seen).toEqual({ first: 10, second: [10, 0], late: null });
});

test('the first to commit wins; the other hears of a conflict at commit', async () => {
  const outcome = await lab.run(async ({ db, failureOf }) => {
    const [one, two] = [await db.startTransaction(), await db.startTransaction()];
    await one
      .collection('things')
      .doc('a')
      .update({ data: { n: 1 } });
    await two
      .collection('things')
      .doc('a')
      .update({ data: { n: 2 } });
    const failures = [await failureOf(one.commit()), await failureOf(two.commit())];
    return failures.map(({ code, errMsg }) => ({ code, named: errMsg.includes('TransactionConflict') }));
  });
  expect(outcome).toEqual([{ named: false }, { code: 'DATABASE_TRANSACTION_CONFLICT', named: true }]);
  await expect(balances()).resolves.toEqual([1, 0]);
});

test('a write over somebody’s later commit is a conflict at once, in the form the SDK gives it inside a callback', async () => {
  const failure = await lab.run(async ({ db, failureOf }) => {
    const transaction = await db.startTransaction();
    await transaction.collection('things').doc('b').get();
    await db
      .collection('things')
      .doc('a')
      .update({ data: { n: 5 } });
    return failureOf(
      transaction
        .collection('things')
        .doc('a')
        .update({ data: { n: 6 } }),
    );
  });
  expect(failure.errCode).toBe(-501001);
  expect(failure.errMsg).toContain('[ResourceUnavailable.TransactionConflict]');
});

test('one operation at a time: others beside it find the transaction busy, and it goes on', async () => {
  const busy = await lab.run(async ({ db, failureOf }) => {
    const transaction = await db.startTransaction();
    const things = transaction.collection('things');
    const reads = await Promise.all(
      Array.from({ length: 20 }, (_, n) => failureOf(things.doc(String(n)).get())),
    );
    // One by one they go through.
    await things.doc('a').update({ data: { n: 1 } });
    await things.doc('b').update({ data: { n: 2 } });
    await transaction.commit();
    return reads.filter(({ errMsg }) => errMsg !== '');
  });
  expect(busy.length).toBeGreaterThan(0);
  expect(busy.length).toBeLessThan(20);
  for (const { errCode, errMsg } of busy) {
    expect(errCode).toBe(-501001);
    expect(errMsg).toContain('[ResourceUnavailable.TransactionBusy] Transaction is busy');
  }
  await expect(balances()).resolves.toEqual([1, 2]);
});

test('a commit beside an operation that is under way finds the transaction busy', async () => {
  const transactions = new Transactions(new DocumentStore([], () => undefined));
  const id = transactions.start();
  const underway = transactions.run(id, () => 'read');
  await expect(transactions.commit(id)).rejects.toThrow('[ResourceUnavailable.TransactionBusy]');
  await expect(underway).resolves.toBe('read');
  await expect(transactions.commit(id)).resolves.toBeUndefined();
});

test('reading alone conflicts with nobody', async () => {
  const failure = await lab.run(async ({ db, failureOf }) => {
    const transaction = await db.startTransaction();
    await transaction.collection('things').doc('a').get();
    await db
      .collection('things')
      .doc('a')
      .update({ data: { n: 5 } });
    await transaction
      .collection('things')
      .doc('b')
      .update({ data: { n: 5 } });
    return failureOf(transaction.commit());
  });
  expect(failure.errMsg).toBe('');
});

test('a unique value taken meanwhile is a conflict, taken before it is a duplicate', async () => {
  const outcome = await lab.run(async ({ db, failureOf }) => {
    const unique = db.collection('unique');
    const [late, early, own] = [
      await db.startTransaction(),
      await db.startTransaction(),
      await db.startTransaction(),
    ];
    await late.collection('unique').add({ data: { _id: 'x', code: 1 } });
    await unique.add({ data: { _id: 'y', code: 1 } });
    const conflict = await failureOf(late.commit());
    const duplicate = await failureOf(early.collection('unique').add({ data: { _id: 'z', code: 1 } }));
    await own.collection('unique').add({ data: { _id: 'p', code: 2 } });
    const twice = await failureOf(own.collection('unique').add({ data: { _id: 'q', code: 2 } }));
    return [conflict.errMsg, duplicate.errMsg, twice.errMsg];
  });
  expect(outcome).toEqual([
    expect.stringContaining('TransactionConflict'),
    expect.stringContaining('E11000'),
    expect.stringContaining('E11000'),
  ]);
});

test('a unique value may move from one document to another', async () => {
  const codes = await lab.run(async ({ db }) => {
    await db.collection('unique').add({
      data: [
        { _id: 'x', code: 1 },
        { _id: 'y', code: 2 },
      ],
    });
    const transaction = await db.startTransaction();
    const unique = transaction.collection('unique');
    await unique.doc('x').update({ data: { code: 3 } });
    await unique.doc('y').update({ data: { code: 1 } });
    await transaction.commit();
    return (await db.collection('unique').orderBy('_id', 'asc').get()).data.map(({ code }) => code);
  });
  expect(codes).toEqual([3, 1]);
});

test('a failed operation ends the transaction', async () => {
  const failures = await lab.run(async ({ db, _, failureOf }) => {
    const transaction = await db.startTransaction();
    await transaction
      .collection('things')
      .doc('b')
      .update({ data: { n: 1 } });
    const first = await failureOf(
      transaction
        .collection('things')
        .doc('a')
        .update({ data: { n: _.push([1]) } }),
    );
    const second = await failureOf(transaction.commit());
    return [first.errMsg, second.errMsg];
  });
  expect(failures).toEqual([
    expect.stringContaining('must be an array'),
    expect.stringContaining('TransactionNotExist'),
  ]);
  await expect(balances()).resolves.toEqual([10, 0]);
});

test('queries are refused: documents only', async () => {
  const failure = await lab.run(async ({ db, failureOf }) => {
    const transaction = await db.startTransaction();
    return failureOf(transaction.collection('things').where({ n: 10 }).get());
  });
  expect(failure).toMatchObject({ errCode: -501007 });
});

test('a transaction that takes too long is over, and nothing of it remains', async () => {
  const failure = await lab.run(async ({ db, failureOf }, limit) => {
    const transaction = await db.startTransaction();
    await transaction
      .collection('things')
      .doc('a')
      .update({ data: { n: 0 } });
    await new Promise((resolve) => setTimeout(resolve, limit + 100));
    return failureOf(transaction.commit());
  }, LIMIT_MS);
  expect(failure.errMsg).toContain('TransactionNotExist');
  expect(lab.cloud.stats().openTransactions).toBe(0);
  await expect(balances()).resolves.toEqual([10, 0]);
});

test('12 concurrent transfers all commit with the project’s own retry', async () => {
  await lab.run(async ({ db }) => {
    await db
      .collection('things')
      .doc('a')
      .update({ data: { n: 100 } });
  });
  const transfers = Array.from({ length: 12 }, () =>
    lab.run(({ platform }) =>
      platform.runTransaction(async ({ collection }) => {
        // The test's own collection; names of the project's are checked elsewhere.
        const things = collection<{ _id: string; n: number }>('things' as 'audit');
        const [from, to] = [await things.get('a'), await things.get('b')];
        await things.update('a', { n: from!.n - 1 });
        await things.update('b', { n: to!.n + 1 });
      }),
    ),
  );
  await Promise.all(transfers);
  await expect(balances()).resolves.toEqual([88, 12]);
});
