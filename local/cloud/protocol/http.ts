/** The HTTP that the endpoints share: bounded bodies, JSON answers, and who may talk to us at all. */
import { type IncomingMessage, type ServerResponse } from 'node:http';
import { invalidParameter, PlatformError } from '../platform-error';

/** Reads a body up to a limit. @throws PlatformError EXCEED_REQUEST_LIMIT */
export async function readBody(request: IncomingMessage, maximumBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let total = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    total += chunk.length;
    if (total > maximumBytes)
      throw new PlatformError('EXCEED_REQUEST_LIMIT', `The body exceeds ${maximumBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, total);
}

/** Reads a JSON object. Only `application/json` is taken: browsers cannot send that across sites unasked. */
export async function readJson(
  request: IncomingMessage,
  maximumBytes: number,
): Promise<Record<string, unknown>> {
  if (!/^application\/json\b/.test(request.headers['content-type'] ?? '')) {
    throw invalidParameter('The body must be application/json');
  }
  const body = await readBody(request, maximumBytes);
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    throw invalidParameter('The body is not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw invalidParameter('Not an object');
  return value as Record<string, unknown>;
}

export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  const body = Buffer.from(JSON.stringify(value));
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': body.length,
    'cache-control': 'no-store',
  });
  response.end(body);
}

/**
 * Whether the request names this machine as its host. A web site that points its own name at 127.0.0.1 (DNS
 * rebinding) gives itself away here.
 */
export function isLocalHost(request: IncomingMessage, port: number): boolean {
  return [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`].includes(request.headers.host ?? '');
}

/** Whether the page that sends the request may: no page at all, one of ours, or one that was allowed by name. */
export function isAllowedOrigin(request: IncomingMessage, port: number, allowed: readonly string[]): boolean {
  const { origin } = request.headers;
  if (origin === undefined) return true;
  return [`http://127.0.0.1:${port}`, `http://localhost:${port}`, ...allowed].includes(origin);
}
