import { createHash, createHmac } from 'node:crypto';
import { DigestKey } from '../../cloudfunctions/capture-code/keyed-digest';
import { SYSTEM_CLOCK } from '../../cloudfunctions/capture-code/resolvers/gateway-client';
import { createGatewayResolver } from '../../cloudfunctions/capture-code/resolvers/gateway-resolver';
import { DomainError, type ErrorCode } from '../../miniprogram/shared/errors';
import { refusalOf } from '../support/refusal';
import {
  refused,
  RESOLVED,
  startStubGateway,
  STUB_STUDENT,
  type StubBehaviour,
  type StubGateway,
} from '../support/stub-gateway';

const SECRET = Buffer.alloc(32, 3);
const DIGEST_KEY = new DigestKey(Buffer.alloc(32, 7));
/** Bytes of no character set, as an opaque payload may be. */
const PAYLOAD = Uint8Array.from([0, 255, 128, 200, 65]);
/** Long enough for a busy machine; the stubs that never answer are waited for less. */
const PATIENCE = 5000;
const IMPATIENCE = 200;

let gateway: StubGateway;
beforeEach(async () => {
  gateway = await startStubGateway();
});
afterEach(() => gateway.close());

/** Pauses are recorded and not waited for; time can be moved on. */
function aResolver(
  breaker = { failureThreshold: 100, openMilliseconds: 30_000 },
  attemptMilliseconds = PATIENCE,
) {
  const pauses: number[] = [];
  let later = 0;
  const clock = {
    ...SYSTEM_CLOCK,
    now: () => new Date(Date.parse('2026-12-01T00:00:00Z') + later),
    sleep: (milliseconds: number) => Promise.resolve(void pauses.push(milliseconds)),
  };
  const settings = { url: gateway.url, keyId: 'operator-1', secret: SECRET };
  const resolver = createGatewayResolver(settings, DIGEST_KEY, {
    timing: { attemptMilliseconds, attempts: 3, backOffMilliseconds: 100 },
    breaker,
    clock,
  });
  return {
    ask: (payload = PAYLOAD) => resolver.resolve(payload, '002X'),
    pauses,
    wait: (milliseconds: number) => {
      later += milliseconds;
    },
  };
}

test('a resolved code says who the student is, without the identifiers of the service', async () => {
  const student = await aResolver().ask();
  expect(student).toMatchObject({ schoolCode: '10377', studentNumber: '202105130123', maskedName: '张*三' });
  expect(JSON.stringify(student)).not.toContain(STUB_STUDENT.personId);
});

test('keys: the code by its payload or its id, the person by the id of the service', async () => {
  const { ask } = aResolver();
  const one = await ask();
  const anew = await ask(Uint8Array.from([1, 2, 3]));
  expect(anew.codeKey).not.toBe(one.codeKey);
  expect(anew).toMatchObject({ personKey: one.personKey, enrolmentKey: one.enrolmentKey });

  gateway.behave({
    kind: 'answer',
    answer: { result: 'resolved', student: { ...STUB_STUDENT, codeId: 'c' } },
  });
  const [named, namedAgain] = [await ask(), await ask(Uint8Array.from([1, 2, 3]))];
  expect(namedAgain.codeKey).toBe(named.codeKey);
});

test('the request carries payload and tail once and is signed over everything', async () => {
  await aResolver().ask();
  const [{ method, target, headers, body }] = gateway.requests as [(typeof gateway.requests)[number]];
  expect(JSON.parse(body)).toMatchObject({ version: 1, payload: 'AP+AyEE=', idTail: '002X' });
  const bodyHash = createHash('sha256').update(body).digest('hex');
  const lines = [method, target, headers['x-gateway-timestamp'], headers['x-gateway-nonce'], bodyHash];
  expect(target).toBe('/capture-codes/resolve?v=1');
  expect(headers['x-gateway-timestamp']).toBe('1796083200');
  expect(headers['x-gateway-key-id']).toBe('operator-1');
  expect(headers['x-gateway-signature']).toBe(
    createHmac('sha256', SECRET).update(lines.join('\n')).digest('base64'),
  );
});

test.each<[string, ErrorCode]>([
  ['unknown', 'CODE_NOT_RECOGNISED'],
  ['forged', 'CODE_FORGED'],
  ['expired', 'CODE_EXPIRED'],
  ['id-tail-wrong', 'CODE_ID_TAIL_WRONG'],
  ['locked', 'CODE_LOCKED'],
])('a refusal "%s" becomes %s and is not asked again', async (reason, code) => {
  gateway.behave(refused(reason));
  expect(await refusalOf(aResolver().ask())).toBe(code);
  expect(gateway.requests).toHaveLength(1);
});

test('a lock says when to come back', async () => {
  gateway.behave(refused('locked', { retryAfterSeconds: 120 }));
  await expect(aResolver().ask()).rejects.toEqual(new DomainError('CODE_LOCKED', { retryAfterSeconds: 120 }));
});

const broken = (change: Readonly<Record<string, unknown>>): StubBehaviour => ({
  kind: 'answer',
  answer: { result: 'resolved', student: { ...STUB_STUDENT, ...change } },
});

test.each<[string, StubBehaviour]>([
  ['no JSON', { kind: 'body', body: '<html>504</html>' }],
  ['an empty body', { kind: 'body', body: '' }],
  ['JSON that is no answer', { kind: 'body', body: '[]' }],
  [
    'the answer to another request',
    { kind: 'answer', answer: { result: 'resolved', student: STUB_STUDENT, requestId: 'other' } },
  ],
  ['a refusal of an unknown kind', refused('because')],
  ['a school code of four digits', broken({ schoolCode: '1037' })],
  ['a student number with a path in it', broken({ studentNumber: '../../1' })],
  ['a name with a line break', broken({ maskedName: '张\n三' })],
  ['a name without end', broken({ maskedName: '张'.repeat(1000) })],
  ['a year that is none', broken({ year: '0000' })],
  ['no person', broken({ personId: undefined })],
  ['a body beyond the limit', { kind: 'huge', bytes: 17 * 1024 }],
  ['megabytes', { kind: 'huge', bytes: 20_000_000 }],
  ['a redirect', { kind: 'redirect', to: 'http://127.0.0.1:1/' }],
  ['"not allowed"', { kind: 'status', status: 403 }],
  ['"wrong request"', { kind: 'status', status: 400, body: 'x'.repeat(100_000) }],
  ['success without content', { kind: 'status', status: 204 }],
])('%s is refused at once, without a retry', async (_, behaviour) => {
  gateway.behave(behaviour);
  expect(await refusalOf(aResolver().ask())).toBe('CODE_SERVICE_REFUSED');
  expect(gateway.requests).toHaveLength(1);
});

describe('no answer', () => {
  const patient = () => aResolver();
  const impatient = () => aResolver(undefined, IMPATIENCE);
  const silent: readonly [string, StubBehaviour, typeof patient][] = [
    ['hangs up', { kind: 'hang-up' }, patient],
    ['hangs up halfway', { kind: 'hang-up-halfway' }, patient],
    ['falls asleep', { kind: 'fall-asleep' }, impatient],
    [
      'is too slow',
      { kind: 'slow', milliseconds: 9000, answer: { result: 'refused', reason: 'unknown' } },
      impatient,
    ],
    ['does not speak HTTP', { kind: 'not-http' }, patient],
    ['is overloaded', { kind: 'status', status: 503 }, patient],
    ['asks for patience', { kind: 'status', status: 429 }, patient],
    ['is broken inside', { kind: 'status', status: 500 }, patient],
  ];

  test.each(silent)(
    'a service that %s is asked three times and then counts as unavailable',
    async (_, behaviour, resolver) => {
      gateway.behave(behaviour);
      const { ask, pauses } = resolver();
      expect(await refusalOf(ask())).toBe('CODE_SERVICE_UNAVAILABLE');
      expect(gateway.requests).toHaveLength(3);
      expect(pauses).toHaveLength(2);
      expect(pauses[0]).toBeGreaterThanOrEqual(50);
      expect(pauses[0]).toBeLessThan(100);
      expect(pauses[1]).toBeGreaterThanOrEqual(100);
      expect(pauses[1]).toBeLessThan(200);
    },
  );

  test.each(silent)(
    'a service that %s once is forgiven, and knows the retry by its id',
    async (_, behaviour, resolver) => {
      gateway.behave(behaviour, RESOLVED);
      expect(await refusalOf(resolver().ask())).toBe('none');
      const ids = gateway.requests.map(({ body }) => (JSON.parse(body) as { requestId: string }).requestId);
      expect(ids[1]).toBe(ids[0]);
      const nonces = gateway.requests.map(({ headers }) => headers['x-gateway-nonce']);
      expect(nonces[1]).not.toBe(nonces[0]);
    },
  );

  test('a service that is down', async () => {
    const { ask } = aResolver();
    await gateway.close();
    expect(await refusalOf(ask())).toBe('CODE_SERVICE_UNAVAILABLE');
    gateway = await startStubGateway();
  });
});

describe('the circuit breaker', () => {
  const breaker = { failureThreshold: 2, openMilliseconds: 30_000 };

  test('opens after failures in a row, says when to come back, and closes after one good trial', async () => {
    gateway.behave({ kind: 'hang-up' });
    const { ask, wait } = aResolver(breaker);
    await refusalOf(ask());
    await refusalOf(ask());
    expect(gateway.requests).toHaveLength(6);

    wait(10_000);
    await expect(ask()).rejects.toEqual(
      new DomainError('CODE_SERVICE_UNAVAILABLE', { retryAfterSeconds: 20 }),
    );
    expect(gateway.requests).toHaveLength(6);

    wait(20_000);
    gateway.behave(RESOLVED);
    expect(await refusalOf(ask())).toBe('none');
    expect(await refusalOf(ask())).toBe('none');
  });

  test('refusals and nonsense are answers: they do not open it', async () => {
    gateway.behave(refused('unknown'), { kind: 'body', body: 'x' }, refused('unknown'), RESOLVED);
    const { ask } = aResolver(breaker);
    for (const expected of ['CODE_NOT_RECOGNISED', 'CODE_SERVICE_REFUSED', 'CODE_NOT_RECOGNISED', 'none']) {
      expect(await refusalOf(ask())).toBe(expected);
    }
  });
});

test('neither payload nor tail nor address appears in what is thrown', async () => {
  for (const behaviour of [{ kind: 'hang-up' }, { kind: 'body', body: 'x' }, refused('unknown')] as const) {
    gateway.behave(behaviour);
    const error = (await aResolver()
      .ask()
      .catch((reason: unknown) => reason)) as DomainError;
    const shown = `${error.stack ?? ''} ${JSON.stringify(error)} ${String(error.cause)}`;
    for (const secret of ['AP+AyEE=', '002X', gateway.url.port]) expect(shown).not.toContain(secret);
  }
});
