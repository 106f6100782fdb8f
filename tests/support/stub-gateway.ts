/**
 * STUB of the licensed company's gateway, for tests only: answers by script, and misbehaves in every way that a
 * server can. It checks nothing by itself; it records what it was sent, and tests look.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';

/** What the stub does with one request. */
export type StubBehaviour =
  /** The contract's answer; `requestId` is filled in. */
  | { readonly kind: 'answer'; readonly answer: Readonly<Record<string, unknown>> }
  /** As `answer`, after a while. */
  | {
      readonly kind: 'slow';
      readonly milliseconds: number;
      readonly answer: Readonly<Record<string, unknown>>;
    }
  /** Any body with status 200. */
  | { readonly kind: 'body'; readonly body: string }
  | { readonly kind: 'status'; readonly status: number; readonly body?: string }
  | { readonly kind: 'redirect'; readonly to: string }
  /** Accepts the connection and hangs up without a word. */
  | { readonly kind: 'hang-up' }
  /** Sends a header and half of the announced body, then hangs up. */
  | { readonly kind: 'hang-up-halfway' }
  /** Sends the beginning of an answer and then nothing, for ever. */
  | { readonly kind: 'fall-asleep' }
  /** Sends megabytes. */
  | { readonly kind: 'huge'; readonly bytes: number }
  /** Writes something that is not HTTP. */
  | { readonly kind: 'not-http' };

export interface RecordedRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface StubGateway {
  readonly url: URL;
  readonly requests: readonly RecordedRequest[];
  /** For the next requests one each; the last stays for all that follow. */
  behave(...script: readonly StubBehaviour[]): void;
  close(): Promise<void>;
}

/** A student as the gateway would describe one. */
export const STUB_STUDENT = {
  schoolCode: '10377',
  studentNumber: '202105130123',
  maskedName: '张*三',
  level: '高起本',
  year: '2021',
  studyForm: '非脱产',
  personId: 'person-1',
} as const;

export const RESOLVED: StubBehaviour = {
  kind: 'answer',
  answer: { result: 'resolved', student: STUB_STUDENT },
};

export function refused(reason: string, more: Readonly<Record<string, unknown>> = {}): StubBehaviour {
  return { kind: 'answer', answer: { result: 'refused', reason, ...more } };
}

export async function startStubGateway(): Promise<StubGateway> {
  let script: StubBehaviour[] = [RESOLVED];
  const requests: RecordedRequest[] = [];
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const { method = '', url: target = '', headers } = request;
      requests.push({ method, target, headers, body });
      const behaviour = script.length > 1 ? script.shift()! : script[0]!;
      perform(behaviour, body, response);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: new URL(`http://127.0.0.1:${port}/capture-codes/resolve?v=1`),
    requests,
    behave: (...next) => {
      script = [...next];
    },
    close: () =>
      new Promise((closed) => {
        server.close(() => {
          closed();
        });
        server.closeAllConnections();
      }),
  };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

function perform(behaviour: StubBehaviour, requestBody: string, response: ServerResponse): void {
  switch (behaviour.kind) {
    case 'answer':
      answer(behaviour.answer, requestBody, response);
      return;
    case 'slow':
      setTimeout(() => {
        answer(behaviour.answer, requestBody, response);
      }, behaviour.milliseconds).unref();
      return;
    case 'body':
      response.writeHead(200, { 'content-type': 'application/json' }).end(behaviour.body);
      return;
    case 'status':
      response.writeHead(behaviour.status).end(behaviour.body ?? '');
      return;
    case 'redirect':
      response.writeHead(307, { location: behaviour.to }).end();
      return;
    case 'hang-up':
      response.socket?.destroy();
      return;
    case 'hang-up-halfway':
      response.writeHead(200, { 'content-length': '1000' });
      response.write('{"requestId":', () => response.socket?.destroy());
      return;
    case 'fall-asleep':
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"requestId":');
      return;
    case 'huge':
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(Buffer.alloc(behaviour.bytes, 0x20));
      return;
    case 'not-http':
      response.socket?.end('what do you want?\r\n\r\n');
      return;
  }
}

function answer(
  content: Readonly<Record<string, unknown>>,
  requestBody: string,
  response: ServerResponse,
): void {
  const { requestId } = JSON.parse(requestBody) as { requestId: string };
  response
    .writeHead(200, { 'content-type': 'application/json' })
    .end(JSON.stringify({ requestId, ...content }));
}
