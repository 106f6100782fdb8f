/** Sends each request to its endpoint, after asking whether it comes from this machine at all. */
import { type IncomingMessage, type ServerResponse } from 'node:http';
import { SESSION_HEADER } from '../cloud-client';
import { isAllowedOrigin, isLocalHost, sendJson } from './http';

type Endpoint = (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void>;

export interface Routes {
  /** Known only once the server listens. */
  readonly port: () => number;
  /** Origins of pages on other ports that may ask. */
  readonly allowedOrigins: readonly string[];
  readonly admin: Endpoint;
  readonly storage: Endpoint;
  readonly phone: Endpoint;
  /** Everything that is not the cloud's. */
  readonly fallback: ((request: IncomingMessage, response: ServerResponse) => void) | undefined;
}

export function createRouter(routes: Routes) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    if (
      !isLocalHost(request, routes.port()) ||
      !isAllowedOrigin(request, routes.port(), routes.allowedOrigins)
    ) {
      sendJson(response, 403, {
        code: 'INVALID_REQUEST_SOURCE',
        errMsg: 'Only pages of this machine may ask',
      });
      return;
    }
    if (answeredPreflight(request, response)) return;
    const url = addressOf(request);
    if (url.pathname === '/admin') void routes.admin(request, response, url);
    else if (url.pathname.startsWith('/storage/')) void routes.storage(request, response, url);
    else if (url.pathname.startsWith('/client/')) void routes.phone(request, response, url);
    else if (routes.fallback !== undefined) routes.fallback(request, response);
    else sendJson(response, 404, { code: 'NOT_FOUND' });
  };
}

/** Lets allowed pages on other ports read the answers. Returns true when the request was only a question. */
function answeredPreflight(request: IncomingMessage, response: ServerResponse): boolean {
  const { origin } = request.headers;
  if (origin === undefined) return false;
  response.setHeader('access-control-allow-origin', origin);
  response.setHeader('vary', 'origin');
  if (request.method !== 'OPTIONS') return false;
  response.writeHead(204, {
    'access-control-allow-methods': 'GET, POST, PUT',
    'access-control-allow-headers': `content-type, ${SESSION_HEADER}`,
  });
  response.end();
  return true;
}

/** What is no address at all (`//`) counts as one that nobody serves. */
function addressOf(request: IncomingMessage): URL {
  const path = request.url ?? '/';
  return new URL(URL.canParse(path, 'http://localhost') ? path : '/malformed', 'http://localhost');
}
