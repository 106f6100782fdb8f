/**
 * What a use case may know of the call it serves: whose it is, when, and under which keys it is remembered.
 * Made once per call from what the platform says; refuses to exist without an identity.
 */
import { openidOf } from '../platform/caller';
import { instantOf } from '../platform/clock';
import { type CallContext } from '../platform/define-function';
import { type Instant } from '../../miniprogram/shared/identity/ids';

export interface Call {
  readonly openid: string;
  /** One moment for the whole call, so that all of its checks agree. */
  readonly now: Instant;
  /** Finds the call in the log. */
  readonly requestId: string;
  /** Chosen by the client; null when it gave none. */
  readonly requestKey: string | null;
}

/** @throws DomainError UNAUTHENTICATED */
export function callOf(context: CallContext): Call {
  return {
    openid: openidOf(context.caller),
    now: instantOf(context.clock.now()),
    requestId: context.requestId,
    requestKey: context.requestKey,
  };
}

/** The moment so many seconds after another. */
export function secondsAfter(moment: Instant, seconds: number): Instant {
  return instantOf(new Date(Date.parse(moment) + seconds * 1000));
}

/** Whole seconds from one moment to another, at least 1: a wait that a client can be told. */
export function secondsUntil(moment: Instant, now: Instant): number {
  return Math.max(1, Math.ceil((Date.parse(moment) - Date.parse(now)) / 1000));
}
