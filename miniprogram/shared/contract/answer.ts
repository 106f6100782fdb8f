/**
 * The one wire form of every cloud function: a request names an action, an answer is data or a code.
 */
import { ErrorCode, ErrorDetails } from '../errors';

export interface FunctionRequest<Action extends string = string, Payload = unknown> {
  readonly action: Action;
  /** Chosen by the client; the same key with the same payload gives the same outcome, however often it is sent. */
  readonly requestKey?: string;
  readonly payload: Payload;
}

export type FunctionAnswer<Data> =
  | { readonly ok: true; readonly data: Data; readonly requestId: string }
  | {
      readonly ok: false;
      readonly code: ErrorCode;
      readonly details: ErrorDetails;
      readonly requestId: string;
    };

/** An action's request payload and the data of its answer. */
export interface ActionContract {
  readonly request: unknown;
  readonly data: unknown;
}
