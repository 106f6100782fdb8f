/**
 * `/client/…`: what `wx.cloud` does on a phone, as plain JSON. A phone is nobody's administrator: it calls functions
 * and reaches the files that it uploaded itself (the console's storage rule "only creators and administrators read
 * and write"). There is no way from here to the database.
 */
import { type IncomingMessage, type ServerResponse } from 'node:http';
import { type FunctionPools } from '../instances/function-pools';
import { invalidParameter, PLATFORM_ERROR_NUMBERS, PlatformError } from '../platform-error';
import { checkCloudPath, fileIdOf } from '../storage/cloud-path';
import { type ObjectStore } from '../storage/object-store';
import { SESSION_HEADER } from '../cloud-client';
import { readJson, sendJson } from './http';
import { type PhoneIdentity, type Sessions } from './sessions';
import { deleteEntry, fileList, linkEntry, linkRequests, type StorageLinks } from './storage-actions';

export interface ClientSettings {
  readonly sessions: Sessions;
  readonly pools: FunctionPools;
  readonly objects: ObjectStore;
  readonly links: StorageLinks;
}

/** The platform's limit for the text of one call. */
export const MAXIMUM_CALL_BYTES = 100 * 1024;
const MAXIMUM_LIST_BYTES = 64 * 1024;

type Route = (settings: ClientSettings, request: IncomingMessage, url: URL) => Promise<unknown>;

const ROUTES: Readonly<Record<string, Route>> = {
  'POST /client/login': async ({ sessions }, request) => {
    const { openid, appid } = await readJson(request, MAXIMUM_LIST_BYTES);
    return { session: sessions.login(openid, appid) };
  },

  'POST /client/call': async (settings, request) => {
    const identity = identify(settings, request);
    const { name, data = {} } = await readJson(request, MAXIMUM_CALL_BYTES);
    if (typeof data !== 'object' || data === null || Array.isArray(data))
      throw invalidParameter('data must be an object');
    const { resultJson, requestId } = await settings.pools.call(name, withUserInfo(data, identity), {
      ...identity,
      source: 'wx_client',
    });
    return { result: JSON.parse(resultJson) as unknown, requestId };
  },

  'PUT /client/file': async (settings, request, url) => {
    const { openid } = identify(settings, request);
    const path = checkCloudPath(url.searchParams.get('path'));
    const existing = settings.objects.find(path);
    if (existing !== undefined && existing.openid !== openid) throw denied();
    await settings.objects.write(path, request, openid);
    return { fileID: fileIdOf(path) };
  },

  'POST /client/file-urls': async (settings, request) => {
    const { openid } = identify(settings, request);
    const { fileList: list } = await readJson(request, MAXIMUM_LIST_BYTES);
    const mine = (object: { readonly openid: string | null }) => object.openid === openid;
    const requests = linkRequests(list, 'fileID', 'maxAge');
    return { fileList: requests.map((entry) => linkEntry(entry, settings.objects, settings.links, mine)) };
  },

  'POST /client/delete-files': async (settings, request) => {
    const { openid } = identify(settings, request);
    const { fileList: list } = await readJson(request, MAXIMUM_LIST_BYTES);
    const mine = (object: { readonly openid: string | null }) => object.openid === openid;
    return {
      fileList: await Promise.all(fileList(list).map((id) => deleteEntry(id, settings.objects, mine))),
    };
  },
};

export function clientEndpoint(settings: ClientSettings) {
  return async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
    try {
      const route = ROUTES[`${request.method ?? ''} ${url.pathname}`];
      if (route === undefined) throw invalidParameter('No such endpoint');
      sendJson(response, 200, await route(settings, request, url));
    } catch (error) {
      const known = error instanceof PlatformError ? error : new PlatformError('SYS_ERR', 'system error');
      const { code, message } = known;
      sendJson(response, 400, { code, errCode: PLATFORM_ERROR_NUMBERS[code], errMsg: message });
      request.resume();
    }
  };
}

function identify({ sessions }: ClientSettings, request: IncomingMessage): PhoneIdentity {
  return sessions.identify(request.headers[SESSION_HEADER]);
}

/** The platform writes its own `userInfo` into every event, over whatever the client put there. */
function withUserInfo(data: object, { openid, appid }: PhoneIdentity): object {
  return { ...data, userInfo: { appId: appid, openId: openid } };
}

function denied(): PlatformError {
  return new PlatformError('STORAGE_EXCEED_AUTHORITY', 'storage permission denied');
}
