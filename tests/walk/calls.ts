/** Calls of the real functions by somebody, typed by their contracts, and the timers. */
import './stage';
import { randomUUID } from 'node:crypto';
import { callAs, type Fault, type Identity } from './platform-requests';
import { main as exporter } from '../../cloudfunctions/functions/exporter/index';
import { main as housekeeping } from '../../cloudfunctions/functions/housekeeping/index';
import { main as operator } from '../../cloudfunctions/functions/operator/index';
import { main as photo } from '../../cloudfunctions/functions/photo/index';
import { main as student } from '../../cloudfunctions/functions/student/index';
import { type FunctionMain } from '../../cloudfunctions/platform/define-function';
import { type FunctionAnswer } from '../../miniprogram/shared/contract/answer';
import { type ExporterContract } from '../../miniprogram/shared/contract/exporter';
import { type OperatorContract } from '../../miniprogram/shared/contract/operator';
import { type PhotoContract } from '../../miniprogram/shared/contract/photo';
import { type StudentContract } from '../../miniprogram/shared/contract/student';

export interface Contracts {
  readonly student: StudentContract;
  readonly photo: PhotoContract;
  readonly operator: OperatorContract;
  readonly exporter: ExporterContract;
}
export type FunctionName = keyof Contracts;
export type ActionOf<Name extends FunctionName> = keyof Contracts[Name] & string;
export type RequestOf<
  Name extends FunctionName,
  Action extends ActionOf<Name>,
> = Contracts[Name][Action] extends { readonly request: infer Request } ? Request : never;
export type DataOf<
  Name extends FunctionName,
  Action extends ActionOf<Name>,
> = Contracts[Name][Action] extends { readonly data: infer Data } ? Data : never;

const MAIN: Readonly<Record<FunctionName, FunctionMain>> = { student, photo, operator, exporter };
const TIMERS = {
  proceed: { main: exporter, event: { TriggerName: 'proceed' } },
  nightly: { main: housekeeping, event: { TriggerName: 'nightly' } },
} as const;
export type TimerName = keyof typeof TIMERS;

/** A request as a phone sends it; the same one again has the same key. */
export interface SentRequest {
  readonly openid: string;
  readonly name: FunctionName;
  readonly action: string;
  readonly payload: unknown;
  readonly requestKey: string;
}

/** What came of a call. */
export interface Outcome<Data> {
  /** Null: the call died. */
  readonly answer: FunctionAnswer<Data> | null;
  /** It died, or the platform refused something to it. */
  readonly harmed: boolean;
  readonly requests: number;
}

export interface TimerRun extends Outcome<unknown> {
  readonly failed: boolean;
  readonly requestId: string;
}

export async function sendRequest(request: SentRequest, fault: Fault | null): Promise<Outcome<unknown>> {
  const { openid, name, action, payload, requestKey } = request;
  const identity: Identity = { OPENID: openid, SOURCE: 'wx_client' };
  return outcomeOf(
    await callAs(identity, fault, () =>
      MAIN[name]({ action, payload, requestKey }, { request_id: randomUUID() }),
    ),
  );
}

/** A run that fails throws, as the platform's alarms see it. */
export async function fireTimer(name: TimerName, fault: Fault | null): Promise<TimerRun> {
  const { main, event } = TIMERS[name];
  const requestId = randomUUID();
  let failed = false;
  const ended = await callAs({ SOURCE: 'wx_trigger' }, fault, () =>
    main(event, { request_id: requestId }).catch(() => {
      failed = true;
      return null;
    }),
  );
  return { ...outcomeOf(ended), failed, requestId };
}

function outcomeOf({ result, ...rest }: Awaited<ReturnType<typeof callAs<FunctionAnswer<unknown> | null>>>) {
  return { ...rest, answer: result === 'died' ? null : result };
}
