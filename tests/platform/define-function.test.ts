import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { type Caller } from '../../cloudfunctions/platform/caller';
import { DuplicateKeyError } from '../../cloudfunctions/platform/database-errors';
import { type CallContext, defineFunction } from '../../cloudfunctions/platform/define-function';
import { DomainError, type ErrorCode } from '../../miniprogram/shared/errors';

interface TestContract {
  readonly greet: {
    readonly request: { readonly name: string; readonly tags?: readonly string[] };
    readonly data: string;
  };
  readonly maintain: { readonly request: Record<string, never>; readonly data: null };
}

const PERSON: Caller = { source: 'client', openid: 'me', appid: 'wx1' };

/** A function with one action whose work is given by the test. */
function functionWith(
  work: (name: string, context: CallContext) => unknown = (name) => `Hello ${name}`,
  caller: Caller = PERSON,
  nightly: () => Promise<unknown> = () => Promise.resolve('cleaned'),
) {
  const lines: Record<string, unknown>[] = [];
  const main = defineFunction<TestContract>({
    name: 'testing',
    clock: { now: () => new Date('2026-11-22T00:00:00Z') },
    identify: () => caller,
    writeLog: (line) => lines.push(JSON.parse(line) as Record<string, unknown>),
    actions: {
      greet: {
        schema: v.strictObject({
          name: v.pipe(v.string(), v.maxLength(20)),
          tags: v.exactOptional(v.array(v.string())),
        }),
        handle: ({ name }, context) => Promise.resolve(work(name, context) as string),
      },
      maintain: {
        schema: v.strictObject({}),
        callers: ['function', 'timer'],
        handle: () => Promise.resolve(null),
      },
    },
    timers: { nightly },
  });
  return { main, lines };
}

const greet = (payload: unknown, more: object = {}) => ({ action: 'greet', payload, ...more });
const PLATFORM = { request_id: 'r1' };

test('answers data with the request’s id and writes one line without personal data', async () => {
  const { main, lines } = functionWith();
  await expect(main(greet({ name: '张三' }), PLATFORM)).resolves.toEqual({
    ok: true,
    data: 'Hello 张三',
    requestId: 'r1',
  });
  expect(lines).toEqual([
    {
      requestId: 'r1',
      function: 'testing',
      action: 'greet',
      code: 'OK',
      milliseconds: expect.any(Number) as number,
    },
  ]);
});

test('gives the handler caller, clock, ids and nothing of the event', async () => {
  const seen: CallContext[] = [];
  const { main } = functionWith((_name, context) => seen.push(context));
  await main(greet({ name: 'a' }, { requestKey: 'key-12345', openid: 'forged', caller: 'forged' }), PLATFORM);
  expect(seen).toEqual([
    { caller: PERSON, requestId: 'r1', requestKey: 'key-12345', clock: expect.anything() as unknown },
  ]);
});

test('ignores what the platform adds to events', async () => {
  const { main } = functionWith();
  const event = greet({ name: 'a' }, { userInfo: { openId: 'x', appId: 'y' }, tcbContext: {} });
  await expect(main(event, PLATFORM)).resolves.toMatchObject({ ok: true });
});

describe('a malformed request', () => {
  const CASES: readonly [name: string, event: unknown, path: string][] = [
    ['no event', undefined, ''],
    ['a text', 'greet', ''],
    ['no action', {}, 'action'],
    ['an unknown action', { action: 'nothing' }, 'action'],
    ['an inherited name', { action: 'constructor' }, 'action'],
    ['no payload', { action: 'greet' }, 'payload.name'],
    ['a wrong type', greet({ name: 5 }), 'payload.name'],
    ['a wrong type inside', greet({ name: 'a', tags: ['x', 1] }), 'payload.tags.1'],
    ['a field too long', greet({ name: 'x'.repeat(21) }), 'payload.name'],
    ['an unknown field', greet({ name: 'a', openid: 'forged' }), 'payload.openid'],
    ['a short request key', greet({ name: 'a' }, { requestKey: 'short' }), 'requestKey'],
    ['a strange request key', greet({ name: 'a' }, { requestKey: 'with spaces in it' }), 'requestKey'],
    ['a payload too large', greet({ name: 'a', tags: ['x'.repeat(110_000)] }), 'payload'],
  ];

  test.each(CASES)('%s says which field is wrong', async (_name, event, path) => {
    const { main, lines } = functionWith();
    const answer = await main(event, PLATFORM);
    expect(answer).toMatchObject({ ok: false, code: 'INVALID_REQUEST', details: { path }, requestId: 'r1' });
    expect(lines).toHaveLength(1);
    expect(JSON.stringify(lines)).not.toContain('forged');
  });
});

describe('a failure', () => {
  test('that is a refusal travels as its code and details', async () => {
    const { main, lines } = functionWith(() => {
      throw new DomainError('CODE_LOCKED', { retryAfterSeconds: 60 });
    });
    const refusal = { ok: false, code: 'CODE_LOCKED', details: { retryAfterSeconds: 60 }, requestId: 'r1' };
    await expect(main(greet({ name: 'a' }), PLATFORM)).resolves.toEqual(refusal);
    expect(lines).toMatchObject([{ code: 'CODE_LOCKED' }]);
    expect(lines[0]).not.toHaveProperty('error');
  });

  test('that is a bug is INTERNAL, with the stack in the log only and no personal data in it', async () => {
    const { main, lines } = functionWith(() => {
      throw new TypeError('cannot read 张三 of 2018123456');
    });
    const answer = await main(greet({ name: 'a' }), PLATFORM);
    expect(answer).toEqual({ ok: false, code: 'INTERNAL', details: { requestId: 'r1' }, requestId: 'r1' });
    expect(lines).toMatchObject([
      { code: 'INTERNAL', error: { name: 'TypeError', message: 'cannot read … of …' } },
    ]);
    expect(JSON.stringify(lines[0]!.error)).toContain('define-function.test');
  });

  test('that is a duplicate nobody expected asks to try again', async () => {
    const { main } = functionWith(() => {
      throw new DuplicateKeyError('bindings');
    });
    await expect(main(greet({ name: 'a' }), PLATFORM)).resolves.toMatchObject({
      ok: false,
      code: 'CONFLICT',
    });
  });

  test('an answer that the platform would cut off is a bug', async () => {
    const { main } = functionWith(() => 'x'.repeat(1_100_000));
    await expect(main(greet({ name: 'a' }), PLATFORM)).resolves.toMatchObject({
      ok: false,
      code: 'INTERNAL',
    });
  });
});

describe('who may call', () => {
  const maintain = { action: 'maintain', payload: {} };
  const CASES: readonly [name: string, caller: Caller, event: object, outcome: object][] = [
    ['a person, the actions for people', PERSON, greet({ name: 'a' }), { ok: true }],
    ['a person, not the inner ones', PERSON, maintain, { code: 'FORBIDDEN' }],
    ['a function, the inner ones', { source: 'function', openid: null, appid: '' }, maintain, { ok: true }],
    [
      'a function, not those for people',
      { source: 'function', openid: 'me', appid: '' },
      greet({ name: 'a' }),
      { code: 'FORBIDDEN' },
    ],
    ['nobody without identity', { source: 'other' }, greet({ name: 'a' }), { code: 'UNAUTHENTICATED' }],
    [
      'a timer, its own work',
      { source: 'timer' },
      { Type: 'Timer', TriggerName: 'nightly' },
      { ok: true, data: 'cleaned' },
    ],
    [
      'a person, not the timer’s work',
      PERSON,
      { Type: 'Timer', TriggerName: 'nightly' },
      { code: 'INVALID_REQUEST' },
    ],
  ];

  test.each(CASES)('%s', async (_name, caller, event, outcome) => {
    await expect(functionWith(undefined, caller).main(event, PLATFORM)).resolves.toMatchObject(outcome);
  });
});

describe('a timer that fails', () => {
  const TIMER: Caller = { source: 'timer' };
  const fired = (TriggerName: string) => ({ Type: 'Timer', TriggerName, Time: '', Message: '' });

  const CASES: readonly [name: string, error: Error, code: ErrorCode][] = [
    ['by a bug', new TypeError('cannot read 张三'), 'INTERNAL'],
    ['by a limit of the plan', Object.assign(new Error(), { errCode: -501003 }), 'TEMPORARILY_UNAVAILABLE'],
    ['by a refusal', new DomainError('CONFLICT'), 'CONFLICT'],
  ];

  test.each(CASES)(
    '%s throws once it is logged: the platform’s alarms see nothing else',
    async (_, error, code) => {
      const { main, lines } = functionWith(undefined, TIMER, () => Promise.reject(error));
      await expect(main(fired('nightly'), PLATFORM)).rejects.toEqual(new Error(`timer:nightly: ${code}`));
      expect(lines).toMatchObject([{ action: 'timer:nightly', code }]);
    },
  );

  test('throws where it has no such work', async () => {
    await expect(functionWith(undefined, TIMER).main(fired('other'), PLATFORM)).rejects.toThrow(
      'INVALID_REQUEST',
    );
  });

  test('throws where it is not recognised, and leaves the line that the deployment guide names', async () => {
    const { main, lines } = functionWith(undefined, { source: 'other' });
    await expect(main(fired('nightly'), PLATFORM)).rejects.toThrow('INVALID_REQUEST');
    expect(lines).toMatchObject([{ action: 'unknown', code: 'INVALID_REQUEST' }]);
    const guide = readFileSync(join(__dirname, '../../docs/deployment.md'), 'utf8');
    expect(guide).toContain('`"function":"housekeeping","action":"unknown","code":"INVALID_REQUEST"`');
  });
});

test('makes a request id when the platform gave none', async () => {
  const { main } = functionWith();
  const answer = await main(greet({ name: 'a' }));
  expect(answer.requestId).toMatch(/^[\da-f-]{36}$/);
});
