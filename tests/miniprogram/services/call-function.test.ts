import { AnswerRefused, failureOf } from '../../../miniprogram/services/failure';
import { newRequestKey } from '../../../miniprogram/services/request-key';
import { studentService } from '../../../miniprogram/services/student-service';
import { PlatformError } from '../../../miniprogram/platform/problem';
import { type FakeWx, installFakeWx } from '../../support/fake-wx';
import { NO_CONSENT } from '../../support/view-builder';

interface Call {
  readonly name: string;
  readonly data: { readonly action: string; readonly requestKey: string; readonly payload: unknown };
}

/** A cloud that answers with these, one after the other; an Error's message becomes WeChat's errMsg. */
function cloudAnswering(...answers: readonly unknown[]) {
  const calls: Call[] = [];
  const left = [...answers];
  const cloud = {
    callFunction({ name, data, success, fail }: Call & Record<'success' | 'fail', (value: unknown) => void>) {
      calls.push({ name, data });
      const answer = left.shift();
      if (answer instanceof Error) fail({ errMsg: answer.message });
      else success({ result: answer });
    },
  };
  return { calls, cloud };
}

const OFFLINE = new Error('cloud.callFunction:fail request:fail network');
/** As Android reports it; nobody cancelled anything. */
const ABORTED = new Error('cloud.callFunction:fail request:fail errcode:-103 net::ERR_CONNECTION_ABORTED');

describe('calling a function', () => {
  let phone: FakeWx;
  beforeEach(() => {
    jest.useFakeTimers();
    phone = installFakeWx();
  });
  afterEach(() => {
    phone.remove();
    jest.useRealTimers();
  });

  async function call<Value>(promise: Promise<Value>): Promise<Value> {
    // Pauses between tries pass at once.
    void jest.advanceTimersByTimeAsync(10_000);
    return promise;
  }

  it('sends action, key and payload, and gives back the data', async () => {
    const { calls, cloud } = cloudAnswering({ ok: true, data: NO_CONSENT, requestId: 'r1' });
    phone.add({ cloud });
    expect(await call(studentService.withdrawConsent({}, 'key-12345'))).toEqual(NO_CONSENT);
    expect(calls).toEqual([
      { name: 'student', data: { action: 'withdrawConsent', requestKey: 'key-12345', payload: {} } },
    ]);
  });

  it('turns a refusal into its code, with the request that brought it', async () => {
    const { cloud } = cloudAnswering({
      ok: false,
      code: 'CODE_LOCKED',
      details: { retryAfterSeconds: 60 },
      requestId: 'r2',
    });
    phone.add({ cloud });
    const refusal = await call(studentService.overview({})).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(AnswerRefused);
    expect(failureOf(refusal)).toEqual({
      kind: 'refused',
      code: 'CODE_LOCKED',
      details: { retryAfterSeconds: 60 },
      requestId: 'r2',
    });
  });

  it('tries again with the same key when the network breaks off', async () => {
    const { calls, cloud } = cloudAnswering(OFFLINE, ABORTED, { ok: true, data: NO_CONSENT, requestId: 'r' });
    phone.add({ cloud });
    await call(studentService.withdrawConsent({}, 'key-12345'));
    expect(calls).toHaveLength(3);
    expect(new Set(calls.map(({ data }) => data.requestKey)).size).toBe(1);
  });

  it('gives up after three tries and says offline', async () => {
    const { calls, cloud } = cloudAnswering(OFFLINE, OFFLINE, OFFLINE, {
      ok: true,
      data: NO_CONSENT,
      requestId: 'r',
    });
    phone.add({ cloud });
    const failure = await call(studentService.overview({})).catch((error: unknown) => error);
    expect(failure).toMatchObject({ problem: 'offline' });
    expect(calls).toHaveLength(3);
  });

  it.each([[undefined], ['text'], [{ result: 1 }]])(
    'refuses %j, which is no answer, without another try',
    async (answer) => {
      const { calls, cloud } = cloudAnswering(answer);
      phone.add({ cloud });
      const failure = await call(studentService.overview({})).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(PlatformError);
      expect(calls).toHaveLength(1);
    },
  );
});

describe('request keys', () => {
  it('have the form that the cloud accepts and do not repeat', () => {
    const keys = Array.from({ length: 500 }, newRequestKey);
    for (const key of keys) expect(key).toMatch(/^[A-Za-z0-9_-]{8,64}$/);
    expect(new Set(keys).size).toBe(500);
  });
});
