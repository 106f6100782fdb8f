/** Calls as the use cases see them, for tests inside this process: who, when, and under which request key. */
import { randomUUID } from 'node:crypto';
import { type Call, secondsAfter } from '../../cloudfunctions/requests/call';
import { type Instant } from '../../miniprogram/shared/identity/ids';

let people = 0;

/** A call by somebody new, now, without a request key. */
export function aCall(changes: Partial<Call> = {}): Call {
  return {
    openid: `caller-${(people += 1)}`,
    now: new Date().toISOString() as Instant,
    requestId: randomUUID(),
    requestKey: null,
    ...changes,
  };
}

/** The same person so many seconds later. */
export function later(call: Call, seconds: number): Call {
  return { ...call, now: secondsAfter(call.now, seconds) };
}

/** The same person with a request key; the same key again is the same request again. */
export function withKey(call: Call, requestKey: string = randomUUID()): Call {
  return { ...call, requestKey };
}
