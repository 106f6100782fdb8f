// Who may talk to the local cloud at all: it believes every identity, so nobody from outside may reach it.
import { request } from 'node:http';
import { startTestCloud, type TestCloud } from '../support/laboratory';

let lab: TestCloud;
beforeAll(async () => {
  lab = await startTestCloud({
    allowedOrigins: ['http://127.0.0.1:5173'],
    fallback: (_request, response) => response.end('a page'),
  });
});
afterAll(() => lab.dispose());

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly allowed: string | undefined;
}

/** fetch would not let a test lie about its host. */
function send(path: string, method: string, headers: Record<string, string>, body = ''): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { host: '127.0.0.1', port: lab.cloud.port, path, method, headers },
      (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () => {
          const allowed = response.headers['access-control-allow-origin'];
          resolve({ status: response.statusCode ?? 0, body: text, allowed });
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

const host = () => `127.0.0.1:${lab.cloud.port}`;
const JSON_TYPE = { 'content-type': 'application/json' };
const LOGIN = JSON.stringify({ openid: 'me' });

test.each(['evil.example', 'evil.example:80', '127.0.0.1:1', '127.0.0.1.evil.example'])(
  'a request for the host %j is refused everywhere',
  async (name) => {
    for (const path of ['/client/login', '/admin', '/storage/a', '/']) {
      expect(await send(path, 'POST', { ...JSON_TYPE, host: name }, LOGIN)).toMatchObject({ status: 403 });
    }
  },
);

test.each(['127.0.0.1', 'localhost', '[::1]'])('the host %s is this machine', async (name) => {
  const answer = await send(
    '/client/login',
    'POST',
    { ...JSON_TYPE, host: `${name}:${lab.cloud.port}` },
    LOGIN,
  );
  expect(answer.status).toBe(200);
});

test('pages of other sites are refused, own pages and allowed ones are not', async () => {
  const login = (origin: string) =>
    send('/client/login', 'POST', { ...JSON_TYPE, host: host(), origin }, LOGIN);
  expect(await login('https://evil.example')).toMatchObject({ status: 403 });
  expect(await login('null')).toMatchObject({ status: 403 });
  expect(await login('http://127.0.0.1:9')).toMatchObject({ status: 403 });
  expect(await login(`http://${host()}`)).toMatchObject({ status: 200 });
  expect(await login('http://127.0.0.1:5173')).toMatchObject({
    status: 200,
    allowed: 'http://127.0.0.1:5173',
  });
});

test('a form of another site cannot pass for JSON', async () => {
  const answer = await send('/client/login', 'POST', { 'content-type': 'text/plain', host: host() }, LOGIN);
  expect(answer).toMatchObject({ status: 400 });
  expect(JSON.parse(answer.body)).toMatchObject({ code: 'INVALID_PARAM' });
});

test('the administrator’s address wants a token that only instances have', async () => {
  const body = (sessionToken?: string) =>
    JSON.stringify({ action: 'database.addCollection', collectionName: 'mine', sessionToken });
  const signed = { ...JSON_TYPE, host: host(), authorization: 'TC3-HMAC-SHA256 Credential=x' };
  const refused = [
    await send('/admin', 'POST', { ...JSON_TYPE, host: host() }, body('x')),
    await send('/admin', 'POST', signed, body()),
    await send('/admin', 'POST', signed, body('x')),
  ];
  for (const answer of refused)
    expect(JSON.parse(answer.body)).toMatchObject({ code: 'INVALID_REQUEST_SOURCE' });

  const { TENCENTCLOUD_SESSIONTOKEN: token } = lab.cloud.administratorEnvironment();
  expect(JSON.parse((await send('/admin', 'POST', signed, body(token))).body)).toMatchObject({ data: {} });
  const unknown = JSON.stringify({ action: 'database.dropCollection', sessionToken: token });
  expect(JSON.parse((await send('/admin', 'POST', signed, unknown)).body)).toMatchObject({
    code: 'INVALID_PARAM',
  });
});

test.each(['not json', '[]', 'null', '{"openid": 5}', '{"openid": "a b"}', '{"openid": "a.b"}'])(
  'a malformed login %j is a coded refusal',
  async (body) => {
    const answer = await send('/client/login', 'POST', { ...JSON_TYPE, host: host() }, body);
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body)).toMatchObject({ code: 'INVALID_PARAM' });
  },
);

test('everything else goes to the pages', async () => {
  expect(await send('/', 'GET', { host: host() })).toMatchObject({ status: 200, body: 'a page' });
});

test.each(['//', '/storage/%zz', '/storage/%', '/storage/', '/client/', '/client/nothing', '/admin/x'])(
  'the address %j is answered, not crashed on',
  async (path) => {
    const { status } = await send(path, 'GET', { host: host() });
    expect(status).toBeLessThan(500);
    expect((await send('/', 'GET', { host: host() })).status).toBe(200);
  },
);
