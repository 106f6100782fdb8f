/**
 * `/admin`: the one address that wx-server-sdk 4.0.2 posts everything to. The caller proves itself with the session
 * token that its instance was started with; the TC3 signature in the Authorization header must be there but is not
 * computed again: whoever knows the token could compute it as well.
 */
import { randomUUID } from 'node:crypto';
import { type IncomingMessage, type ServerResponse } from 'node:http';
import { type FunctionPools } from '../instances/function-pools';
import { invalidParameter, PlatformError } from '../platform-error';
import { type Action, type ActionParameters } from './database-actions';
import { readBody, readJson, sendJson } from './http';
import { answerOfWechat, formFields, type WechatServer } from './wechat-interfaces';

export interface AdminSettings {
  readonly actions: Readonly<Record<string, Action>>;
  readonly pools: FunctionPools;
  readonly administratorToken: string;
  /** Resolves when everything that was committed is on disk. */
  readonly settled: () => Promise<void>;
  /** Who answers `wx.openApi`; nobody when left out. */
  readonly wechat: WechatServer | undefined;
}

/** Larger than anything a function should send; a roster goes in pieces. */
const MAXIMUM_BODY_BYTES = 16 * 1024 * 1024;

export function adminEndpoint(settings: AdminSettings) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const requestId = randomUUID();
    try {
      if (request.method !== 'POST') throw invalidParameter('POST only');
      if (!/^TC3-HMAC-SHA256 /.test(request.headers.authorization ?? '')) throw unauthorised();
      if (/^multipart\/form-data/.test(request.headers['content-type'] ?? '')) {
        const answer = await openApi(settings, request);
        response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(answer);
        return;
      }
      const parameters = await readJson(request, MAXIMUM_BODY_BYTES);
      const answer = await dispatch(settings, parameters);
      // Not only writes wait: nobody is shown what a power cut could still take back.
      await settings.settled();
      sendJson(response, 200, { requestId, ...answer });
    } catch (error) {
      sendJson(response, 200, { requestId, ...describe(error) });
    }
  };
}

async function dispatch(settings: AdminSettings, parameters: ActionParameters): Promise<object> {
  const { action, sessionToken } = parameters;
  const instance = requireKnown(settings, sessionToken);
  if (typeof action !== 'string') throw invalidParameter('action is missing');
  if (action === 'functions.invokeFunction') {
    const identity = instance?.identity ?? {
      openid: null,
      appid: settings.pools.appid,
      source: '',
    };
    const source = identity.source === '' ? 'scf' : `${identity.source},scf`;
    const event = parseEvent(parameters.request_data);
    const called = await settings.pools.call(parameters.function_name, event, {
      ...identity,
      source,
    });
    return { data: { response_data: called.resultJson } };
  }
  if (!Object.hasOwn(settings.actions, action)) throw invalidParameter(`Action ${action} is not available`);
  return settings.actions[action]!(parameters);
}

function parseEvent(text: unknown): object {
  if (text === undefined || text === '') return {};
  let event: unknown;
  try {
    event = typeof text === 'string' ? JSON.parse(text) : undefined;
  } catch {
    event = undefined;
  }
  if (typeof event !== 'object' || event === null)
    throw invalidParameter('request_data must be a JSON object');
  return event;
}

/** @returns the instance that asks; undefined: the administrator. @throws PlatformError for anybody else */
function requireKnown({ pools, administratorToken }: AdminSettings, sessionToken: unknown) {
  const instance = typeof sessionToken === 'string' ? pools.instanceOf(sessionToken) : undefined;
  if (instance === undefined && sessionToken !== administratorToken) throw unauthorised();
  return instance;
}

/** The one action that comes as a form and is answered in protocol buffers. */
async function openApi(settings: AdminSettings, request: IncomingMessage): Promise<Uint8Array> {
  const body = await readBody(request, MAXIMUM_BODY_BYTES);
  const fields = formFields(body, request.headers['content-type'] ?? '');
  requireKnown(settings, fields.get('sessionToken')?.toString());
  return answerOfWechat(settings.wechat, fields);
}

function unauthorised(): PlatformError {
  return new PlatformError(
    'INVALID_REQUEST_SOURCE',
    'The request does not come from an instance of this cloud',
  );
}

/** The platform's words for its refusals; anything else is a bug of ours and says so. */
function describe(error: unknown): { code: string; message: string } {
  if (error instanceof PlatformError) return { code: error.code, message: error.message };
  return {
    code: 'SYS_ERR',
    message: error instanceof Error ? `system error: ${error.message}` : 'system error',
  };
}
