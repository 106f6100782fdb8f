/**
 * The browser phone's own web server on 127.0.0.1: the phone frame, the mini program's document, the build,
 * the mini program's pictures, reload events, and a passage to the embedded cloud.
 * Refuses other hosts' pages (DNS rebinding) and paths outside the mini program.
 */
import {
  createServer,
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createReadStream, readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { type BuiltProject } from '../built-project';

export interface PhoneContent {
  readonly build: () => BuiltProject;
  /** Absolute path of a file inside the mini program. */
  readonly locate: (path: string) => string | undefined;
  /** Bundled scripts, documents and styles of the phone itself, by address. */
  readonly own: (path: string) => { readonly type: string; readonly body: string | Buffer } | undefined;
  readonly cloudUrl: string | undefined;
}

const TYPES: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.svg': 'image/svg+xml',
  '.webp': 'image/webp',
  '.mp3': 'audio/mpeg',
  '.wav': 'audio/wav',
  '.json': 'application/json',
  // Lists that the phone's file chooser hands over.
  '.csv': 'text/csv',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

export class PhoneServer {
  private readonly server: Server;
  private readonly listeners = new Set<ServerResponse>();
  /** Files that the phone's camera, scanner and choosers may load, by number. */
  private readonly pictures = new Map<string, string>();

  constructor(private readonly content: PhoneContent) {
    this.server = createServer((request, response) => {
      this.answer(request, response);
    });
  }

  /** @param port 0 lets the system choose @returns the address of the phone frame */
  listen(port: number): Promise<string> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, '127.0.0.1', () => {
        const address = this.server.address();
        resolve(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : port}`);
      });
    });
  }

  /** Makes a picture file of the computer loadable by the phone. @returns its address */
  addPicture(path: string): string {
    const address = `/pictures/${this.pictures.size + 1}${extname(path)}`;
    this.pictures.set(address, path);
    return address;
  }

  /** Tells every open phone to load the new build. */
  reload(): void {
    for (const listener of this.listeners) listener.write('event: reload\ndata: {}\n\n');
  }

  close(): Promise<void> {
    for (const listener of this.listeners) listener.end();
    this.server.closeAllConnections();
    return new Promise((resolve) => {
      this.server.close(() => {
        resolve();
      });
    });
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const host = request.headers.host ?? '';
    if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host)) {
      response.writeHead(403).end();
      return;
    }
    const { pathname } = new URL(request.url ?? '/', `http://${host}`);
    response.setHeader('cache-control', 'no-store');
    if (pathname.startsWith('/cloud/')) this.passOn(request, response);
    else if (pathname === '/events') this.subscribe(response);
    else if (pathname === '/build.json')
      this.send(response, 'application/json', JSON.stringify(this.content.build()));
    else if (pathname.startsWith('/package/')) this.sendFile(response, this.packageFile(pathname));
    else if (pathname.startsWith('/pictures/')) this.sendFile(response, this.pictures.get(pathname));
    else {
      const own = this.content.own(pathname);
      if (own) this.send(response, own.type, own.body);
      else response.writeHead(404).end();
    }
  }

  private packageFile(pathname: string): string | undefined {
    const path = decodeURIComponent(pathname.slice('/package/'.length));
    return path.split('/').includes('..') ? undefined : this.content.locate(path);
  }

  private send(response: ServerResponse, type: string, body: string | Buffer): void {
    response.writeHead(200, { 'content-type': type }).end(body);
  }

  private sendFile(response: ServerResponse, path: string | undefined): void {
    const type = path === undefined ? undefined : TYPES[extname(path).toLowerCase()];
    if (path === undefined || type === undefined) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': type });
    createReadStream(path)
      .on('error', () => response.destroy())
      .pipe(response);
  }

  private subscribe(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(': connected\n\n');
    this.listeners.add(response);
    response.on('close', () => this.listeners.delete(response));
  }

  private passOn(request: IncomingMessage, response: ServerResponse): void {
    const { cloudUrl } = this.content;
    const failure = JSON.stringify({
      errCode: -404011,
      errMsg: 'request:fail the embedded cloud is not running',
    });
    if (cloudUrl === undefined) {
      response.writeHead(503, { 'content-type': 'application/json' }).end(failure);
      return;
    }
    const target = new URL((request.url ?? '').replace(/^\/cloud/, ''), cloudUrl);
    // To the cloud this is a program on the same computer, not a page of another origin.
    const headers: IncomingHttpHeaders = { ...request.headers, host: target.host };
    delete headers.origin;
    delete headers.referer;
    const forwarded = httpRequest(target, { method: request.method ?? 'GET', headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    forwarded.on('error', () => {
      if (!response.headersSent) response.writeHead(503, { 'content-type': 'application/json' });
      response.end(failure);
    });
    request.on('close', () => {
      if (!request.complete) forwarded.destroy();
    });
    request.pipe(forwarded);
  }
}

/** Reads a file of the phone itself. */
export function ownFile(path: string, type: string): { readonly type: string; readonly body: Buffer } {
  return { type, body: readFileSync(path) };
}
