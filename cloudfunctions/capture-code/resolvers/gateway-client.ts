/**
 * One question to the gateway over HTTPS, as often as it is worth asking: a time limit for each attempt,
 * a bounded number of retries with growing, scattered pauses, a bounded answer, no redirects.
 * Refuses to log: payloads and tails appear in no error and no message.
 */
import { randomUUID } from 'node:crypto';
import {
  type GatewayAnswer,
  type GatewayRequest,
  MAXIMUM_ANSWER_BYTES,
  parseGatewayAnswer,
  signGatewayRequest,
} from './gateway-contract';

export interface GatewaySettings {
  /** https, except to this machine itself. */
  readonly url: URL;
  readonly keyId: string;
  readonly secret: Uint8Array;
}

export interface GatewayTiming {
  /** Milliseconds for one attempt, from connecting to the last byte. */
  readonly attemptMilliseconds: number;
  /** Attempts in all, ≥ 1. */
  readonly attempts: number;
  /** Pause before the second attempt; doubles with each, scattered between half and whole. */
  readonly backOffMilliseconds: number;
}

/** Together at most 3 × 3 s + 0.2 s + 0.4 s: inside the 20 s that a cloud function should stay below. */
export const DEFAULT_GATEWAY_TIMING: GatewayTiming = {
  attemptMilliseconds: 3000,
  attempts: 3,
  backOffMilliseconds: 200,
};

/** No answer: refused connection, time limit, closed socket, or a status that says "later". Worth a retry. */
export class GatewayUnavailable extends Error {
  constructor(reason: string) {
    super(`gateway unavailable: ${reason}`);
    this.name = 'GatewayUnavailable';
  }
}

/** An answer that is none: wrong status, redirect, too long, not the contract. Asking again would not help. */
export class GatewayNonsense extends Error {
  constructor(reason: string) {
    super(`gateway nonsense: ${reason}`);
    this.name = 'GatewayNonsense';
  }
}

/** Time from outside, so that tests need not wait. */
export interface GatewayClock {
  now(): Date;
  sleep(milliseconds: number): Promise<void>;
  /** 0 ≤ value < 1. */
  random(): number;
}

export const SYSTEM_CLOCK: GatewayClock = {
  now: () => new Date(),
  sleep: (milliseconds) => new Promise((wake) => setTimeout(wake, milliseconds)),
  random: Math.random,
};

/** @throws GatewayUnavailable after the last attempt, GatewayNonsense at once */
export async function askGateway(
  question: Pick<GatewayRequest, 'payload' | 'idTail'>,
  settings: GatewaySettings,
  timing: GatewayTiming = DEFAULT_GATEWAY_TIMING,
  clock: GatewayClock = SYSTEM_CLOCK,
): Promise<GatewayAnswer> {
  const request: GatewayRequest = { version: 1, requestId: randomUUID(), ...question };
  for (let attempt = 1; ; attempt++) {
    try {
      return await askOnce(request, settings, timing.attemptMilliseconds, clock);
    } catch (error) {
      if (!(error instanceof GatewayUnavailable) || attempt >= timing.attempts) throw error;
      const pause = timing.backOffMilliseconds * 2 ** (attempt - 1);
      await clock.sleep(pause * (0.5 + clock.random() / 2));
    }
  }
}

async function askOnce(
  request: GatewayRequest,
  settings: GatewaySettings,
  limit: number,
  clock: GatewayClock,
): Promise<GatewayAnswer> {
  const body = JSON.stringify(request);
  const timestamp = String(Math.floor(clock.now().getTime() / 1000));
  const nonce = randomUUID();
  const target = settings.url.pathname + settings.url.search;
  const signature = signGatewayRequest({ method: 'POST', target, timestamp, nonce, body }, settings.secret);
  const received = await send(settings.url, limit, body, {
    'content-type': 'application/json',
    accept: 'application/json',
    'accept-encoding': 'identity',
    'x-gateway-key-id': settings.keyId,
    'x-gateway-timestamp': timestamp,
    'x-gateway-nonce': nonce,
    'x-gateway-signature': signature,
  });
  if (isWorthARetry(received.status)) throw new GatewayUnavailable(`status ${received.status}`);
  if (received.status !== 200) throw new GatewayNonsense(`status ${received.status}`);
  const answer = parseGatewayAnswer(received.body, request.requestId);
  if (answer === undefined) throw new GatewayNonsense('not the contract');
  return answer;
}

function isWorthARetry(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}

/** The body is read for status 200 only, and never beyond the limit. */
async function send(
  url: URL,
  limit: number,
  body: string,
  headers: Readonly<Record<string, string>>,
): Promise<{ readonly status: number; readonly body: string }> {
  const signal = AbortSignal.timeout(limit);
  try {
    const response = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'manual' });
    if (response.status !== 200) {
      await response.body?.cancel();
      return { status: response.status, body: '' };
    }
    return { status: 200, body: await readBounded(response) };
  } catch (error) {
    if (error instanceof GatewayNonsense) throw error;
    // Whatever fetch throws is about the way there and back; its text may name hosts and stays here.
    throw new GatewayUnavailable(signal.aborted ? 'time limit' : 'connection');
  }
}

async function readBounded(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body ?? []) {
    const bytes = part as Uint8Array;
    length += bytes.length;
    if (length > MAXIMUM_ANSWER_BYTES) throw new GatewayNonsense('too long');
    parts.push(bytes);
  }
  return Buffer.concat(parts).toString('utf8');
}
