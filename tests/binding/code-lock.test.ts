import { randomUUID } from 'node:crypto';
import {
  takeTry,
  TRIES_PER_CODE,
  TRIES_PER_PERSON,
} from '../../cloudfunctions/capture-code/binding/code-lock';
import { DigestKey, payloadDigest } from '../../cloudfunctions/capture-code/keyed-digest';
import { guardResolver } from '../../cloudfunctions/capture-code/binding/guarded-resolver';
import { type CaptureCodeResolver } from '../../cloudfunctions/capture-code/resolvers/capture-code-resolver';
import { DomainError } from '../../miniprogram/shared/errors';
import { type AuditDocument } from '../../cloudfunctions/audit/append-audit';
import { derivedId } from '../../cloudfunctions/identity/unguessable-id';
import { collection } from '../../cloudfunctions/platform/database';
import { type Call } from '../../cloudfunctions/requests/call';
import { aCall, later } from '../support/call-builder';
import { refusalOf } from '../support/refusal';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';

let testCloud: TestCloud;
beforeAll(async () => {
  testCloud = await startTestCloud();
});
afterAll(() => testCloud.close());

const tryOnce = (call: Call, code: string, id: string = randomUUID()) => takeTry(call, code, id);
const outcomeOf = (call: Call, code: string) => refusalOf(tryOnce(call, code));

test('five tries, then locked until a quarter of an hour after the last one', async () => {
  const call = aCall();
  const code = randomUUID();
  for (let left = TRIES_PER_PERSON.tries - 1; left >= 0; left -= 1) {
    expect((await tryOnce(call, code)).triesLeft).toBe(left);
  }
  await expect(tryOnce(later(call, 60), code)).rejects.toMatchObject({
    code: 'CODE_LOCKED',
    details: { retryAfterSeconds: TRIES_PER_PERSON.seconds - 60 },
  });
  expect((await tryOnce(later(call, TRIES_PER_PERSON.seconds), code)).triesLeft).toBe(4);
});

test('a hundred guesses at once are five tries', async () => {
  const call = aCall();
  const code = randomUUID();
  const outcomes = await Promise.all(Array.from({ length: 100 }, () => outcomeOf(call, code)));
  const taken = outcomes.filter((outcome) => outcome === 'none').length;
  // The others are locked out, or gave up because so many came at once.
  expect(taken).toBeLessThanOrEqual(TRIES_PER_PERSON.tries);
  expect(taken).toBeGreaterThan(0);
});

test('many accounts of one stranger share the tries of a code', async () => {
  const code = randomUUID();
  const outcomes: string[] = [];
  for (let account = 0; account < TRIES_PER_CODE.tries + 3; account += 1)
    outcomes.push(await outcomeOf(aCall(), code));
  expect(outcomes.filter((outcome) => outcome === 'none')).toHaveLength(TRIES_PER_CODE.tries);
  expect(outcomes.at(-1)).toBe('CODE_LOCKED');
});

test("one person's five wrong tries do not lock the owner out", async () => {
  const code = randomUUID();
  const stranger = aCall();
  for (let time = 0; time < 7; time += 1) await outcomeOf(stranger, code);
  expect(await outcomeOf(aCall(), code)).toBe('none');
});

test('a right tail begins the count anew', async () => {
  const call = aCall();
  const code = randomUUID();
  await tryOnce(call, code);
  await (await tryOnce(call, code)).forgive();
  expect((await tryOnce(call, code)).triesLeft).toBe(4);
});

test('a try that could not be judged is given back, and leaves nothing behind', async () => {
  const before = await collection('code_locks').count({});
  await (await tryOnce(aCall(), randomUUID())).giveBack();
  expect(await collection('code_locks').count({})).toBe(before);
});

test('the same request twice is one try', async () => {
  const call = aCall();
  const code = randomUUID();
  expect((await tryOnce(call, code, 'a request')).triesLeft).toBe(4);
  expect((await tryOnce(call, code, 'a request')).triesLeft).toBe(4);
});

test('another code has tries of its own', async () => {
  const call = aCall();
  for (let time = 0; time < 6; time += 1) await outcomeOf(call, 'a code of this test');
  expect(await outcomeOf(call, 'another code of this test')).toBe('none');
});

async function lockByStrangers(code: string): Promise<void> {
  for (let account = 0; account < TRIES_PER_CODE.tries; account += 1) {
    await (await tryOnce(aCall(), code)).keep();
  }
  expect(await outcomeOf(aCall(), code)).toBe('CODE_LOCKED');
}

test('strangers who lock a code do not lock out who once had the right tail', async () => {
  const owner = aCall();
  const code = randomUUID();
  await (await tryOnce(owner, code)).forgive();
  await lockByStrangers(code);
  expect(await outcomeOf(owner, code)).toBe('none');
  // Only the own mistakes count: one is made already.
  for (let time = 1; time < TRIES_PER_PERSON.tries; time += 1) await tryOnce(owner, code);
  expect(await outcomeOf(owner, code)).toBe('CODE_LOCKED');
});

test('a code that gets locked stands in the audit once, without code, tail or person', async () => {
  const code = randomUUID();
  await lockByStrangers(code);
  const filter = { action: 'code.lock', subjectId: derivedId('tries', code) } as const;
  const entries = await collection<AuditDocument>('audit').find(filter, { limit: 10 });
  expect(entries).toMatchObject([{ schoolCode: null }]);
  expect(JSON.stringify(entries)).not.toContain(code);
});

const DIGEST_KEY = new DigestKey(new Uint8Array(32).fill(1));
const alwaysWrong: CaptureCodeResolver = {
  recognises: () => true,
  resolve: () => Promise.reject(new DomainError('CODE_ID_TAIL_WRONG')),
};

test('wrong tails by several accounts that lock a code leave one entry in the audit', async () => {
  const payload = new TextEncoder().encode(randomUUID());
  const outcomes: string[] = [];
  for (let account = 0; account < TRIES_PER_CODE.tries + 1; account += 1) {
    const guarded = guardResolver(alwaysWrong, DIGEST_KEY, aCall(), randomUUID());
    outcomes.push(await refusalOf(guarded.resolve(payload, '1000')));
  }
  expect(outcomes).toEqual([
    ...Array<string>(TRIES_PER_CODE.tries).fill('CODE_ID_TAIL_WRONG'),
    'CODE_LOCKED',
  ]);
  const subjectId = derivedId('tries', payloadDigest(payload, DIGEST_KEY));
  expect(await collection<AuditDocument>('audit').count({ action: 'code.lock', subjectId })).toBe(1);
});

test('other tails under one request key are other tries', async () => {
  const call = { ...aCall(), requestKey: randomUUID() };
  const payload = new TextEncoder().encode(randomUUID());
  const guarded = guardResolver(alwaysWrong, DIGEST_KEY, call, 'one-request');
  const outcomes: string[] = [];
  for (let tail = 0; tail < TRIES_PER_PERSON.tries + 3; tail += 1) {
    outcomes.push(await refusalOf(guarded.resolve(payload, String(1000 + tail))));
  }
  expect(outcomes.filter((outcome) => outcome === 'CODE_ID_TAIL_WRONG')).toHaveLength(TRIES_PER_PERSON.tries);
  expect(outcomes.at(-1)).toBe('CODE_LOCKED');
});
