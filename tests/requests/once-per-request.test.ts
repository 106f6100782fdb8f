import { collection } from '../../cloudfunctions/platform/database';
import { type Call } from '../../cloudfunctions/requests/call';
import {
  earlierOutcome,
  knownRequest,
  oncePerRequest,
  type RequestOutcome,
} from '../../cloudfunctions/requests/once-per-request';
import { countTowards } from '../../cloudfunctions/requests/rate-limit';
import { runTransaction, type TransactionScope } from '../../cloudfunctions/platform/transaction';
import { DomainError } from '../../miniprogram/shared/errors';
import { aCall, later, withKey } from '../support/call-builder';
import { refusalOf } from '../support/refusal';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';

let testCloud: TestCloud;
beforeAll(async () => {
  testCloud = await startTestCloud();
});
afterAll(() => testCloud.close());

interface Tally {
  readonly _id: string;
  readonly count: number;
}

/** An effect that can be counted: one more in a document of this caller. */
function oneMore({ openid }: Call) {
  return async (scope: TransactionScope): Promise<RequestOutcome<{ count: number }>> => {
    const tallies = scope.collection<Tally>('counters');
    const count = ((await tallies.get(openid))?.count ?? 0) + 1;
    await tallies.set({ _id: openid, count });
    return { kind: 'done', receipt: { count } };
  };
}
const tallyOf = async ({ openid }: Call) => (await collection<Tally>('counters').get(openid))?.count;

test('the same key takes effect once, however often it comes', async () => {
  const call = withKey(aCall());
  const request = knownRequest(call, 'count', { to: 'ten' });
  for (let copy = 0; copy < 3; copy += 1) {
    expect(await oncePerRequest(request, oneMore(call))).toEqual({ count: 1 });
  }
  expect(await tallyOf(call)).toBe(1);
});

test('twelve copies at once take effect once and all hear the same', async () => {
  const call = withKey(aCall());
  const request = knownRequest(call, 'count', {});
  const receipts = await Promise.all(
    Array.from({ length: 12 }, () => oncePerRequest(request, oneMore(call))),
  );
  expect(new Set(receipts.map(({ count }) => count))).toEqual(new Set([1]));
  expect(await tallyOf(call)).toBe(1);
});

test('without a key every request is a new one', async () => {
  const call = aCall();
  expect(knownRequest(call, 'count', {})).toBeNull();
  await oncePerRequest(null, oneMore(call));
  await oncePerRequest(null, oneMore(call));
  expect(await tallyOf(call)).toBe(2);
});

test('the same key with another payload is refused', async () => {
  const call = withKey(aCall());
  await oncePerRequest(knownRequest(call, 'count', { to: 1 }), oneMore(call));
  const other = knownRequest(call, 'count', { to: 2 });
  expect(await refusalOf(oncePerRequest(other, oneMore(call)))).toBe('REQUEST_REPLAYED');
  expect(await refusalOf(earlierOutcome(other))).toBe('REQUEST_REPLAYED');
});

test.each([
  ['another person', (call: Call) => knownRequest({ ...call, openid: 'another' }, 'count', {})],
  ['another action', (call: Call) => knownRequest(call, 'other', {})],
])('the same key of %s is another request', async (_, other) => {
  const call = withKey(aCall());
  await oncePerRequest(knownRequest(call, 'count', {}), oneMore(call));
  expect(await earlierOutcome(other(call))).toBeNull();
});

test('a refusal that left a trace is remembered; one that changed nothing is judged anew', async () => {
  const call = withKey(aCall());
  const traced = knownRequest(call, 'traced', {});
  const refused = { kind: 'refused', code: 'CODE_ID_TAIL_WRONG', details: { triesLeft: 4 } } as const;
  await expect(oncePerRequest(traced, () => Promise.resolve(refused))).rejects.toMatchObject({
    code: 'CODE_ID_TAIL_WRONG',
    details: { triesLeft: 4 },
  });
  expect(await refusalOf(oncePerRequest(traced, oneMore(call)))).toBe('CODE_ID_TAIL_WRONG');

  const traceless = knownRequest(call, 'traceless', {});
  const closed = () => Promise.reject(new DomainError('BATCH_CLOSED'));
  expect(await refusalOf(oncePerRequest(traceless, closed))).toBe('BATCH_CLOSED');
  expect(await oncePerRequest(traceless, oneMore(call))).toEqual({ count: 1 });
});

test('a failed effect leaves neither trace nor receipt', async () => {
  const call = withKey(aCall());
  const request = knownRequest(call, 'count', {});
  const failing = async (scope: TransactionScope) => {
    await oneMore(call)(scope);
    throw new Error('power cut');
  };
  await expect(oncePerRequest(request, failing)).rejects.toThrow('power cut');
  expect(await tallyOf(call)).toBeUndefined();
  expect(await oncePerRequest(request, oneMore(call))).toEqual({ count: 1 });
});

test('a receipt holds neither the key nor the payload', async () => {
  const call = withKey(aCall(), 'a-very-special-key');
  await oncePerRequest(knownRequest(call, 'count', { idTail: '002X' }), oneMore(call));
  const [stored] = await collection('requests').find({ openid: call.openid }, { limit: 2 });
  expect(JSON.stringify(stored)).not.toMatch(/a-very-special-key|002X/);
});

describe('a rate limit', () => {
  const limit = { purpose: 'upload', maximum: 3, windowSeconds: 60 } as const;
  const count = (call: Call) => refusalOf(runTransaction((scope) => countTowards(scope, limit, call)));

  test('counts right under a storm, tells how long to wait, and ends', async () => {
    const call = aCall();
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => count(call)));
    expect(outcomes.filter((outcome) => outcome === 'none')).toHaveLength(3);
    await expect(
      runTransaction((scope) => countTowards(scope, limit, later(call, 20))),
    ).rejects.toMatchObject({
      code: 'TOO_MANY_REQUESTS',
      details: { retryAfterSeconds: 40 },
    });
    expect(await count(later(call, 60))).toBe('none');
  });

  test('counts within one window: a steady pace below it is never stopped', async () => {
    const call = aCall();
    for (const seconds of [0, 25, 50, 75, 100]) expect(await count(later(call, seconds))).toBe('none');
  });

  test("of one person is not the next one's", async () => {
    const busy = aCall();
    for (let time = 0; time < 4; time += 1) await count(busy);
    expect(await count(aCall())).toBe('none');
  });
});
