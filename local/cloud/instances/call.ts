/** One call of a cloud function as it crosses the process border. */

/** Who is behind a call. The function learns it from the environment only, as on the platform. */
export interface CallIdentity {
  readonly openid: string | null;
  readonly appid: string;
  /** The platform's call chain, e.g. `wx_client`, `wx_client,scf` or `wx_trigger`; empty where nobody called. */
  readonly source: string;
}

/** To the instance. `environment` values of null are removed: instances are used again for other people. */
export interface CallMessage {
  readonly call: number;
  readonly eventJson: string;
  readonly context: Readonly<Record<string, unknown>>;
  readonly environment: Readonly<Record<string, string | null>>;
}

/** From the instance. */
export type InstanceMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'result'; readonly call: number; readonly resultJson: string }
  | { readonly kind: 'failure'; readonly call: number; readonly message: string };

/** What the platform puts into the environment for one call. */
export function callEnvironment(identity: CallIdentity, requestId: string): Record<string, string | null> {
  return {
    WX_OPENID: identity.openid,
    WX_APPID: identity.appid,
    WX_CONTEXT_KEYS: identity.openid === null ? 'WX_APPID' : 'WX_OPENID,WX_APPID',
    TCB_SOURCE: identity.source === '' ? null : identity.source,
    TCB_SEQID: requestId,
    TCB_CONTEXT_KEYS: 'TCB_ENV,TCB_SOURCE,TCB_SEQID',
  };
}
