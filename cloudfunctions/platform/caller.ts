/**
 * Who is calling, taken only from what the platform says (`getWXContext()`, TCB_SOURCE and TRIGGER_SRC), never from
 * the event: everything in an event is the client's own claim.
 */
import { DomainError } from '../../miniprogram/shared/errors';
import { sdk } from './sdk';

export type Caller =
  | { readonly source: 'client'; readonly openid: string; readonly appid: string }
  /** Another function of this environment; the identity of its own caller travels along where there is one. */
  | { readonly source: 'function'; readonly openid: string | null; readonly appid: string }
  | { readonly source: 'timer' }
  /** Console tests, HTTP access, anything we did not plan for. */
  | { readonly source: 'other' };

export type CallSource = Caller['source'];

/** Sources of `getWXContext().SOURCE` that mean "a person in our mini program". */
const CLIENT_SOURCES = new Set(['wx_client', 'wx_devtools', 'wx_unknown']);

/** A timer's `SOURCE`: `wx_trigger | 云函数定时触发器调用` (page of Cloud.getWXContext, read 2026-11). */
const TIMER_SOURCE = 'wx_trigger';

/** Reads the identity of the running call. Instances serve one call at a time, so this is safe to ask anywhere. */
export function currentCaller(): Caller {
  const context = sdk().getWXContext() as Readonly<Record<string, unknown>>;
  const openid = textOf(context.OPENID);
  const appid = textOf(context.APPID);
  // A call chain is joined by commas, the nearest caller last: `wx_client,scf` (the same page). The SDK gives none of it
  // where the call has no keys at all (wx-server-sdk 4.0.2: getWXContext.ts); the variable it reads is there all the same.
  const source = textOf(context.SOURCE ?? process.env.TCB_SOURCE);
  const nearest = source.split(',').at(-1);

  if (nearest === 'scf') return { source: 'function', openid: openid === '' ? null : openid, appid };
  // A timer has no identity; asking for that too keeps what an earlier call left in the environment harmless.
  if (openid === '') return { source: isTimer(source) ? 'timer' : 'other' };
  if (CLIENT_SOURCES.has(nearest ?? '') || nearest === '') return { source: 'client', openid, appid };
  return { source: 'other' };
}

/**
 * Whether a call of nobody comes from the timer. A timer begins a chain, so its source stands alone: of `wx_client,scf`
 * or `wx_trigger,scf` only the nearest, another function, is the caller. TRIGGER_SRC stands on no page, but the SDK
 * chooses its token by it (@cloudbase/node-sdk 3.17.2: wxCloudToken.js) and public projects know their timers by it; it
 * counts only where the source says nothing: an HTTP call or a guest of a web page is none, whatever is left of a timer.
 */
function isTimer(source: string): boolean {
  return source === TIMER_SOURCE || (source === '' && process.env.TRIGGER_SRC === 'timer');
}

/** The caller's openid, or the refusal UNAUTHENTICATED. Every query of personal data needs it as owner filter. */
export function openidOf(caller: Caller): string {
  if (caller.source === 'client') return caller.openid;
  if (caller.source === 'function' && caller.openid !== null) return caller.openid;
  throw new DomainError('UNAUTHENTICATED');
}

/** The SDK turns all-digit values into numbers. */
function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
