/** The phone's server: what it serves, what it refuses, how it passes on to the cloud, how it tells of changes. */
import { createServer, request, type IncomingHttpHeaders, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type RunningPhone, startPhone } from '../../../local/phone/start-phone';
import { EMPTY_PROJECT, ProjectTree } from './project-tree';

let project: ProjectTree;
let phone: RunningPhone;
let cloud: Server;
const seen: { url: string; headers: IncomingHttpHeaders; body: string }[] = [];

beforeAll(async () => {
  project = new ProjectTree({ ...EMPTY_PROJECT, 'images/a.svg': '<svg/>', 'secret.txt': 'secret' });
  cloud = createServer((incoming, response) => {
    let body = '';
    incoming.on('data', (chunk: Buffer) => (body += chunk.toString()));
    incoming.on('end', () => {
      seen.push({ url: incoming.url ?? '', headers: incoming.headers, body });
      response.writeHead(418, { 'x-own': 'yes' }).end('answer');
    });
  });
  await new Promise<void>((resolve) => cloud.listen(0, '127.0.0.1', resolve));
  const cloudUrl = `http://127.0.0.1:${(cloud.address() as AddressInfo).port}`;
  phone = await startPhone({ miniprogramDir: project.root, cloudUrl });
});

afterAll(async () => {
  await phone.close();
  cloud.close();
  project.dispose();
});

test('serves the frame, the mini program’s document, its scripts and the build', async () => {
  for (const path of ['/', '/app.html', '/phone/app.js', '/phone/shell.js', '/phone/zxing_reader.wasm']) {
    expect((await fetch(phone.url + path)).status).toBe(200);
  }
  const built = (await (await fetch(`${phone.url}/build.json`)).json()) as { app: unknown };
  expect(built.app).toEqual({ pages: ['pages/home/home'] });
});

test('serves pictures of the mini program, but neither sources nor anything outside', async () => {
  const picture = await fetch(`${phone.url}/package/images/a.svg`);
  expect(picture.headers.get('content-type')).toBe('image/svg+xml');
  for (const path of [
    '/package/secret.txt',
    '/package/app.ts',
    '/package/..%2f..%2fetc%2fpasswd',
    '/pictures/9.png',
  ]) {
    expect((await fetch(phone.url + path)).status).toBe(404);
  }
});

test('a picture of the computer is served only after it was offered', async () => {
  const address = phone.addPicture(join(__dirname, '../../fixtures/mini-program/images/mark.png'));
  const picture = await fetch(phone.url + address);
  expect(picture.headers.get('content-type')).toBe('image/png');
});

test('answers no page that another host’s name leads here', async () => {
  const status = await new Promise((resolve) => {
    request(phone.url, { headers: { host: 'evil.example' } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).end();
  });
  expect(status).toBe(403);
});

test('passes requests on to the cloud as they are, without the page’s origin', async () => {
  const answer = await fetch(`${phone.url}/cloud/client/call?x=1`, {
    method: 'POST',
    headers: { 'x-own': '1', origin: phone.url, referer: phone.url },
    body: 'question',
  });
  expect([answer.status, answer.headers.get('x-own'), await answer.text()]).toEqual([418, 'yes', 'answer']);
  expect(seen.at(-1)).toMatchObject({ url: '/client/call?x=1', body: 'question', headers: { 'x-own': '1' } });
  expect(seen.at(-1)?.headers).not.toHaveProperty('origin');
});

test('says so when no cloud runs', async () => {
  const alone = await startPhone({ miniprogramDir: project.root, watch: false });
  const answer = await fetch(`${alone.url}/cloud/client/login`, { method: 'POST' });
  expect(answer.status).toBe(503);
  await expect(answer.json()).resolves.toMatchObject({ errCode: -404011 });
  await alone.close();
});

test('tells open phones when a file changed, and serves the new build', async () => {
  const events = await fetch(`${phone.url}/events`);
  const reader = events.body!.getReader();
  await reader.read();
  project.write({ 'pages/home/home.ts': 'Page({ data: { changed: 1 } });' });
  const { value } = (await reader.read()) as { value: Uint8Array };
  expect(new TextDecoder().decode(value)).toContain('event: reload');
  await reader.cancel();
  expect(await (await fetch(`${phone.url}/build.json`)).text()).toContain('changed');
});
