/**
 * One call of one cloud function: sends the request form, takes apart the answer form, and tries again where the
 * network broke off. Retries are safe because every try carries the same request key.
 * Refuses to show anything and to know what the actions mean.
 */
import { callCloudFunction } from '../platform/cloud';
import { PlatformError } from '../platform/problem';
import { ActionContract, FunctionAnswer, FunctionRequest } from '../shared/contract/answer';
import { AnswerRefused } from './failure';
import { newRequestKey } from './request-key';
import { wait } from './wait';

/** Pauses before the second and the third try. */
const RETRY_AFTER_MS = [500, 1_500] as const;

type KeyedMethod<Call extends ActionContract> = (
  request: Call['request'],
  requestKey: string,
) => Promise<Call['data']>;

/** One typed method for each action of a contract. */
export type FunctionClient<Actions extends { readonly [Name in keyof Actions]: ActionContract }> = {
  readonly [Name in keyof Actions]: KeyedMethod<Actions[Name]>;
};

/**
 * A method that calls one action which may be sent anew under any key: it reads, or goes on from wherever things stand.
 * @throws AnswerRefused the cloud's refusal; PlatformError offline, timed-out, unexpected
 */
export function action<Call extends ActionContract>(
  functionName: string,
  actionName: string,
): (request: Call['request'], requestKey?: string) => Promise<Call['data']> {
  return async (payload, requestKey = newRequestKey()) => {
    const request: FunctionRequest = { action: actionName, requestKey, payload };
    const answer = await sendRepeatedly(functionName, request);
    if (!answer.ok) throw new AnswerRefused(answer.code, answer.details, answer.requestId);
    return answer.data;
  };
}

/** A method that changes something. It takes a key, which a page has from `step-requests.ts` only. */
export function keyedAction<Call extends ActionContract>(
  functionName: string,
  actionName: string,
): KeyedMethod<Call> {
  return action<Call>(functionName, actionName);
}

async function sendRepeatedly(
  functionName: string,
  request: FunctionRequest,
): Promise<FunctionAnswer<unknown>> {
  for (const pause of RETRY_AFTER_MS) {
    try {
      return await sendOnce(functionName, request);
    } catch (error) {
      if (!isWorthAnotherTry(error)) throw error;
      await wait(pause);
    }
  }
  return sendOnce(functionName, request);
}

function isWorthAnotherTry(error: unknown): boolean {
  return error instanceof PlatformError && (error.problem === 'offline' || error.problem === 'timed-out');
}

async function sendOnce(functionName: string, request: FunctionRequest): Promise<FunctionAnswer<unknown>> {
  const answer = await callCloudFunction(functionName, request);
  if (!isAnswer(answer)) throw new PlatformError('unexpected', `${functionName} answered in another form`);
  return answer;
}

function isAnswer(value: unknown): value is FunctionAnswer<unknown> {
  return typeof value === 'object' && value !== null && typeof (value as { ok?: unknown }).ok === 'boolean';
}
