/**
 * Who is calling, taken only from what the platform says (`getWXContext()` and TRIGGER_SRC), never from the
 * event: everything in an event is the client's own claim.
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

/** Reads the identity of the running call. Instances serve one call at a time, so this is safe to ask anywhere. */
export function currentCaller(): Caller {
  const context = sdk().getWXContext() as Readonly<Record<string, unknown>>;
  const openid = textOf(context.OPENID);
  const appid = textOf(context.APPID);
  // A call chain is joined by commas, the nearest caller last: `wx_client,scf`.
  const nearest = textOf(context.SOURCE).split(',').at(-1);

  if (nearest === 'scf') return { source: 'function', openid: openid === '' ? null : openid, appid };
  // A timer has no identity; asking for that too keeps a leftover TRIGGER_SRC of an earlier call harmless.
  if (openid === '') return { source: process.env.TRIGGER_SRC === 'timer' ? 'timer' : 'other' };
  if (CLIENT_SOURCES.has(nearest ?? '') || nearest === '') return { source: 'client', openid, appid };
  return { source: 'other' };
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
