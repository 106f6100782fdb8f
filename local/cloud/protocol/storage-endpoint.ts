/** `/storage/<path>`: files in and out by signed link only. There is no other way to read a file over HTTP. */
import { type IncomingMessage, type ServerResponse } from 'node:http';
import { checkCloudPath } from '../storage/cloud-path';
import { type ObjectStore, type StoredObject } from '../storage/object-store';
import { type Permission, type Signer } from '../storage/signer';
import { PlatformError } from '../platform-error';

const PREFIX = '/storage/';

/**
 * Plays a storage in trouble, for files of functions: what a PUT is answered instead of being stored, such as a proxy's
 * own page, or that nothing is answered at all. Null: it is stored.
 */
export type UploadTrouble = (path: string) => UploadAnswer | 'silence' | null;

export interface UploadAnswer {
  readonly status: number;
  readonly body: string;
}

export function storageEndpoint(objects: ObjectStore, signer: Signer, trouble: UploadTrouble | undefined) {
  return async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
    try {
      const path = checkCloudPath(decoded(url.pathname.slice(PREFIX.length)));
      if (request.method === 'PUT') {
        const [expires = '', signature = ''] = (request.headers.authorization ?? '').split(':');
        check(signer, 'write', path, expires, signature);
        const met = trouble?.(path) ?? null;
        if (met !== null) {
          request.resume();
          if (met !== 'silence') response.writeHead(met.status).end(met.body);
          return;
        }
        await objects.write(path, request, null);
        response.writeHead(200, { 'content-length': 0 }).end();
        return;
      }
      if (request.method !== 'GET' && request.method !== 'HEAD') throw refusal('Method not allowed');
      check(signer, 'read', path, url.searchParams.get('expires') ?? '', url.searchParams.get('sign') ?? '');
      await sendObject(objects, path, request, response);
    } catch (error) {
      sendRefusal(response, error);
      // What is left of a refused upload is not worth reading.
      request.resume();
    }
  };
}

/** Undefined when the percent signs mean nothing. */
function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function check(
  signer: Signer,
  permission: Permission,
  path: string,
  expires: string,
  signature: string,
): void {
  const outcome = signer.verify(permission, path, Number(expires), signature);
  if (outcome !== 'valid')
    throw refusal(outcome === 'expired' ? 'Request has expired' : 'Signature does not match');
}

async function sendObject(
  objects: ObjectStore,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const object = objects.find(path);
  if (object === undefined)
    throw new PlatformError('STORAGE_FILE_NONEXIST', 'The specified key does not exist');
  const bytes = request.method === 'HEAD' ? undefined : await objects.read(object);
  response.writeHead(200, {
    'content-type': contentTypeOf(object),
    'content-length': object.bytes,
    'cache-control': 'private, no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(bytes);
}

/**
 * A function's upload carries no type (@cloudbase/node-sdk 3.17.2: storage/index.js), so the platform's storage knows
 * none. A phone's is taken by its name, and only for pictures: nothing uploaded runs as a page.
 */
function contentTypeOf({ _id: path, openid }: StoredObject): string {
  const types: Readonly<Record<string, string>> = {
    jpg: 'image/jpeg',
    jpeg: 'image/jpeg',
    png: 'image/png',
    webp: 'image/webp',
  };
  const byName = openid === null ? undefined : types[path.split('.').at(-1)?.toLowerCase() ?? ''];
  return byName ?? 'application/octet-stream';
}

function refusal(message: string): PlatformError {
  return new PlatformError('STORAGE_EXCEED_AUTHORITY', message);
}

/** The object store's XML, which is what the SDK reads after a PUT (node-sdk 3.17.2: storage/index.js). */
function sendRefusal(response: ServerResponse, error: unknown): void {
  const known =
    error instanceof PlatformError ? error : new PlatformError('STORAGE_REQUEST_FAIL', 'Internal error');
  const status =
    { STORAGE_FILE_NONEXIST: 404, STORAGE_EXCEED_AUTHORITY: 403, INVALID_PARAM: 400 }[known.code as string] ??
    500;
  const body =
    `<?xml version='1.0' encoding='utf-8' ?><Error><Code>${known.code}</Code><Message>${known.message}</Message>` +
    '<RequestId>local</RequestId><TraceId>local</TraceId></Error>';
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(status, { 'content-type': 'application/xml' }).end(body);
}
