/**
 * Turns actions into a deployable cloud function: one place that checks the request, knows the caller, turns
 * results and errors into the one wire form and writes the one log line. Refuses sentences (codes travel, words
 * stay on the phone), identities from the event, and unknown fields in any payload. (Beside the payload WeChat itself
 * adds fields, so those are ignored.) A timer's failure is thrown once it is logged: a timer reads no answer, and the
 * platform's alarms count exceptions only.
 */
import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { type ActionContract, type FunctionAnswer } from '../../miniprogram/shared/contract/answer';
import {
  DomainError,
  type ErrorCode,
  type ErrorDetails,
  isDomainError,
} from '../../miniprogram/shared/errors';
import { type Caller, type CallSource, currentCaller } from './caller';
import { type Clock, systemClock } from './clock';
import { DuplicateKeyError, limitReached } from './database-errors';
import { describeError, logCall, type LoggedError, type LogWriter } from './log';
import { timingTransfers } from './transfer-time';

export interface CallContext {
  readonly caller: Caller;
  readonly clock: Clock;
  readonly requestId: string;
  /** Chosen by the client; the same key with the same payload must give the same outcome. */
  readonly requestKey: string | null;
}

export interface ActionDefinition<Contract extends ActionContract> {
  /** Checks the payload; what it lets through is all that the handler sees. */
  readonly schema: v.GenericSchema<unknown, Contract['request']>;
  /** Who may call; people in the mini program unless said otherwise. */
  readonly callers?: readonly CallSource[];
  handle(input: Contract['request'], context: CallContext): Promise<Contract['data']>;
}

export type Actions<Contracts> = {
  readonly [Name in keyof Contracts]: Contracts[Name] extends ActionContract
    ? ActionDefinition<Contracts[Name]>
    : never;
};

export interface FunctionDefinition<Contracts> {
  readonly name: string;
  readonly actions: Actions<Contracts>;
  /** Work per trigger name of config.json. Only the platform's timer gets here. */
  readonly timers?: Readonly<Record<string, (context: CallContext) => Promise<unknown>>>;
  readonly clock?: Clock;
  readonly writeLog?: LogWriter;
  /** Replaced in tests of actions without a cloud. */
  readonly identify?: () => Caller;
}

export type FunctionMain = (event: unknown, platformContext?: unknown) => Promise<FunctionAnswer<unknown>>;

/** The platform's limits: 100 KB of text in, 1 MB out (public documents, read 2026-11). */
const MAXIMUM_PAYLOAD_BYTES = 100 * 1024;
const MAXIMUM_ANSWER_BYTES = 1024 * 1024;

const requestSchema = v.object({
  action: v.pipe(v.string(), v.maxLength(64)),
  requestKey: v.optional(v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{8,64}$/))),
  payload: v.optional(v.unknown(), {}),
});

/**
 * Builds `exports.main` of a cloud function. Every call ends in a `FunctionAnswer`, never in an exception; a timer's in
 * an exception instead of a refusal. The platform runs such a timer again, twice, a minute apart (Tencent's page of
 * errors and retries, 583/41138, read 2026-11): what timers do has to bear that.
 * Type parameter: the function's contract, e.g. `defineFunction<StudentContract>({ … })`.
 */
export function defineFunction<Contracts>(definition: FunctionDefinition<Contracts>): FunctionMain {
  const clock = definition.clock ?? systemClock;

  return async (event, platformContext) => {
    const started = performance.now();
    const requestId = requestIdOf(platformContext);
    const { result: outcome, transferMilliseconds } = await timingTransfers(() =>
      answer(definition, event, { clock, requestId }),
    );
    logCall(
      {
        requestId,
        function: definition.name,
        action: outcome.action,
        code: outcome.answer.ok ? 'OK' : outcome.answer.code,
        milliseconds: Math.round(performance.now() - started),
        ...(transferMilliseconds === 0 ? {} : { transferMilliseconds }),
        ...(outcome.error === undefined ? {} : { error: outcome.error }),
      },
      definition.writeLog,
    );
    if (outcome.isUnread && !outcome.answer.ok) throw new Error(`${outcome.action}: ${outcome.answer.code}`);
    return outcome.answer;
  };
}

interface Outcome {
  /** Known names only: what the client sent is not repeated in the log. */
  readonly action: string;
  readonly answer: FunctionAnswer<unknown>;
  readonly error?: LoggedError;
  /** A timer's: nobody learns of a failure from the answer. */
  readonly isUnread: boolean;
}

async function answer<Contracts>(
  definition: FunctionDefinition<Contracts>,
  event: unknown,
  { clock, requestId }: { clock: Clock; requestId: string },
): Promise<Outcome> {
  let action = 'unknown';
  let isUnread = false;
  try {
    const caller = (definition.identify ?? currentCaller)();
    isUnread = isTimer(caller, event);
    const context = { caller, clock, requestId };
    if (caller.source === 'timer') {
      const [name, work] = timerOf(definition, event);
      action = `timer:${name}`;
      const done = await work({ ...context, requestKey: null });
      return { action, answer: succeeded(done, requestId), isUnread };
    }
    const request = parse(requestSchema, event, '');
    const chosen = actionOf(definition, request.action);
    action = request.action;
    const input = admit(chosen, caller, request.payload);
    const data = await chosen.handle(input, { ...context, requestKey: request.requestKey ?? null });
    return { action, answer: succeeded(data, requestId), isUnread };
  } catch (error) {
    return { action, ...failed(error, requestId), isUnread };
  }
}

/** Also one that the platform did not mark as such; a person, who could send the same event, is always answered. */
function isTimer(caller: Caller, event: unknown): boolean {
  if (caller.source === 'timer') return true;
  return caller.source === 'other' && (event as { Type?: unknown } | null | undefined)?.Type === 'Timer';
}

function actionOf<Contracts>(
  definition: FunctionDefinition<Contracts>,
  name: string,
): ActionDefinition<ActionContract> {
  if (!Object.hasOwn(definition.actions, name)) throw new DomainError('INVALID_REQUEST', { path: 'action' });
  return definition.actions[name as keyof Contracts];
}

function admit(action: ActionDefinition<ActionContract>, caller: Caller, payload: unknown): unknown {
  const allowed = action.callers ?? ['client'];
  if (!allowed.includes(caller.source)) {
    // Somebody without identity and somebody from the wrong side are different refusals.
    throw new DomainError(caller.source === 'other' ? 'UNAUTHENTICATED' : 'FORBIDDEN');
  }
  if (Buffer.byteLength(JSON.stringify(payload)) > MAXIMUM_PAYLOAD_BYTES) {
    throw new DomainError('INVALID_REQUEST', { path: 'payload', maximum: MAXIMUM_PAYLOAD_BYTES });
  }
  return parse(action.schema, payload, 'payload');
}

/** Checks with valibot; the first issue becomes INVALID_REQUEST with the path of the field, never its value. */
function parse<Output>(schema: v.GenericSchema<unknown, Output>, input: unknown, root: string): Output {
  const result = v.safeParse(schema, input, { abortEarly: true });
  if (result.success) return result.output;
  const path = [root, v.getDotPath(result.issues[0])]
    .filter((part) => part !== null && part !== '')
    .join('.');
  throw new DomainError('INVALID_REQUEST', { path });
}

function timerOf<Contracts>(
  definition: FunctionDefinition<Contracts>,
  event: unknown,
): [string, (context: CallContext) => Promise<unknown>] {
  const name = (event as { TriggerName?: unknown } | null)?.TriggerName;
  const timers = definition.timers ?? {};
  if (typeof name !== 'string' || !Object.hasOwn(timers, name)) {
    throw new DomainError('INVALID_REQUEST', { path: 'TriggerName' });
  }
  return [name, timers[name]!];
}

function succeeded(data: unknown, requestId: string): FunctionAnswer<unknown> {
  const answer = { ok: true, data: data ?? null, requestId } as const;
  const bytes = Buffer.byteLength(JSON.stringify(answer));
  if (bytes > MAXIMUM_ANSWER_BYTES)
    throw new RangeError(`Answer of ${bytes} bytes exceeds the platform's limit`);
  return answer;
}

function failed(error: unknown, requestId: string): Pick<Outcome, 'answer' | 'error'> {
  const refuse = (code: ErrorCode, details: ErrorDetails) =>
    ({ ok: false, code, details, requestId }) as const;
  if (isDomainError(error)) return { answer: refuse(error.code, error.details) };
  // Capabilities decide what a duplicate means; one that nobody caught is still only a race, not a bug.
  if (error instanceof DuplicateKeyError)
    return { answer: refuse('CONFLICT', {}), error: describeError(error) };
  // The phone says that the service is busy, the log which limit of the plan it is.
  const limit = limitReached(error);
  if (limit !== null)
    return { answer: refuse('TEMPORARILY_UNAVAILABLE', {}), error: { ...describeError(error), name: limit } };
  return { answer: refuse('INTERNAL', { requestId }), error: describeError(error) };
}

function requestIdOf(platformContext: unknown): string {
  const id = (platformContext as { request_id?: unknown } | null | undefined)?.request_id;
  return typeof id === 'string' && id !== '' ? id : (process.env.TCB_SEQID ?? randomUUID());
}
