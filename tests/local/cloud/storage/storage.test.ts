// Files through the real wx-server-sdk, through a phone's client and through bare HTTP.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startTestCloud, type TestCloud } from '../support/laboratory';

const START = Date.parse('2026-11-22T00:00:00Z');
const time = { offset: 0 };

let lab: TestCloud;
beforeAll(async () => {
  lab = await startTestCloud({ now: () => new Date(START + time.offset) });
});
beforeEach(() => {
  time.offset = 0;
});
afterAll(() => lab.dispose());

const upload = (path: string, text: string) =>
  lab.run(
    async ({ cloud }, cloudPath, content) =>
      (await cloud.uploadFile({ cloudPath, fileContent: Buffer.from(content) })).fileID,
    path,
    text,
  );
const linkTo = (fileID: string, maxAge: number) =>
  lab.run(
    async ({ cloud }, id, age) =>
      (await cloud.getTempFileURL({ fileList: [{ fileID: id, maxAge: age }] })).fileList[0]!,
    fileID,
    maxAge,
  );

describe('a function', () => {
  test('uploads, downloads, links and deletes', async () => {
    const outcome = await lab.run(async ({ cloud, failureOf }) => {
      const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, i) => i % 251));
      const { fileID } = await cloud.uploadFile({ cloudPath: 'photos/照片-1.jpg', fileContent: bytes });
      const { fileContent } = await cloud.downloadFile({ fileID });
      const [link] = (await cloud.getTempFileURL({ fileList: [{ fileID, maxAge: 60 }] })).fileList;
      const direct = await fetch(encodeURI(link!.tempFileURL));
      const deleted = (await cloud.deleteFile({ fileList: [fileID, fileID] })).fileList.map(
        ({ status }) => status,
      );
      const gone = await failureOf(cloud.downloadFile({ fileID }));
      return {
        fileID,
        same: fileContent.equals(bytes),
        direct: [direct.status, direct.headers.get('content-type'), (await direct.arrayBuffer()).byteLength],
        link: { ...link, tempFileURL: '' },
        deleted: deleted.sort((a, b) => a - b),
        gone: gone.errMsg !== '',
      };
    });
    expect(outcome).toMatchObject({
      fileID: expect.stringMatching(/^cloud:\/\/local\..*\/photos\/照片-1\.jpg$/) as string,
      same: true,
      // The SDK sends no type along, whatever the name says.
      direct: [200, 'application/octet-stream', 300_000],
      link: { status: 0, maxAge: 60 },
      deleted: [-503003, 0],
      gone: true,
    });
  });

  test('replaces a file under the same path and keeps no old bytes', async () => {
    const fileID = await upload('replace/me.txt', 'one');
    await upload('replace/me.txt', 'two');
    const { tempFileURL } = await linkTo(fileID, 60);
    await expect((await fetch(tempFileURL)).text()).resolves.toBe('two');
    const stored = lab.cloud.stats().documents['$objects'];
    expect(readdirSync(join(lab.folder, 'data', 'objects'))).toHaveLength(stored!);
  });

  test('hears which of several files are missing', async () => {
    const fileID = await upload('list/there.txt', 'x');
    const statuses = await lab.run(async ({ cloud }, id) => {
      const fileList = [id, `${id}.nope`, 'cloud://elsewhere.bucket/x', 'nonsense'];
      return (await cloud.getTempFileURL({ fileList })).fileList.map(({ status }) => status);
    }, fileID);
    expect(statuses).toEqual([0, -503003, -503003, -503003]);
  });

  test.each([
    '../secret',
    'a/../../b',
    'a/./b',
    '/absolute',
    'a//b',
    'a/',
    '',
    'a\\b',
    'a?b',
    'a#b',
    'a%2e%2e',
    'a\u0000b',
    'x'.repeat(600),
  ])('may not store under %j', async (cloudPath) => {
    const failure = await lab.run(
      ({ cloud, failureOf }, path) =>
        failureOf(cloud.uploadFile({ cloudPath: path, fileContent: Buffer.from('x') })),
      cloudPath,
    );
    expect(failure.errMsg).not.toBe('');
  });
});

describe('a link', () => {
  test('works until it expires', async () => {
    const { tempFileURL } = await linkTo(await upload('links/a.txt', 'text'), 30);
    time.offset = 29_000;
    expect((await fetch(tempFileURL)).status).toBe(200);
    time.offset = 31_000;
    expect((await fetch(tempFileURL)).status).toBe(403);
  });

  test('tells how large the file is to who asks for no more', async () => {
    const { tempFileURL } = await linkTo(await upload('links/head.txt', 'twelve bytes'), 30);
    const { status, headers, body } = await fetch(tempFileURL, { method: 'HEAD' });
    expect([status, headers.get('content-length'), body]).toEqual([200, '12', null]);
  });

  test('is worthless once anything in it is changed', async () => {
    const fileID = await upload('links/mine.txt', 'text');
    await upload('links/theirs.txt', 'secret');
    const url = new URL((await linkTo(fileID, 30)).tempFileURL);
    const changed = (change: (copy: URL) => void) => {
      const copy = new URL(url);
      change(copy);
      return fetch(copy).then(({ status }) => status);
    };
    await expect(
      Promise.all([
        changed((copy) => (copy.pathname = copy.pathname.replace('mine', 'theirs'))),
        changed((copy) => {
          copy.searchParams.set('expires', '9999999999');
        }),
        changed((copy) => {
          copy.searchParams.set('sign', 'f'.repeat(64));
        }),
        changed((copy) => (copy.search = '')),
      ]),
    ).resolves.toEqual([403, 403, 403, 403]);
  });

  test('to read does not write, and the other way round', async () => {
    const url = (await linkTo(await upload('links/b.txt', 'text'), 30)).tempFileURL;
    const signature = new URL(url).searchParams;
    const written = await fetch(url, {
      method: 'PUT',
      body: 'changed',
      headers: { authorization: `${signature.get('expires') ?? ''}:${signature.get('sign') ?? ''}` },
    });
    expect(written.status).toBe(403);
    await expect((await fetch(url)).text()).resolves.toBe('text');
  });

  test('to a file that was deleted answers 404', async () => {
    const fileID = await upload('links/c.txt', 'text');
    const { tempFileURL } = await linkTo(fileID, 30);
    await lab.run(({ cloud }, id) => cloud.deleteFile({ fileList: [id] }), fileID);
    expect((await fetch(tempFileURL)).status).toBe(404);
  });

  test('cannot climb out of the storage', async () => {
    const base = `${lab.cloud.url}/storage/`;
    const attempts = ['..%2f..%2fsecret', '%2e%2e/%2e%2e/secret', 'a/%00', '....//secret'];
    const answers = await Promise.all(
      attempts.map((path) => fetch(`${base}${path}?expires=9999999999&sign=x`)),
    );
    expect(answers.map(({ ok }) => ok)).toEqual([false, false, false, false]);
  });
});

describe('a phone', () => {
  test('reaches what it uploaded itself, and nothing else', async () => {
    const [mine, theirs] = [lab.cloud.client('mine'), lab.cloud.client('theirs')];
    const { fileID } = await mine.uploadFile('phones/own.jpg', new Uint8Array([1, 2, 3]));
    const byFunction = await upload('phones/by-function.jpg', 'x');

    await expect(mine.downloadFile(fileID)).resolves.toEqual(new Uint8Array([1, 2, 3]));
    await expect(theirs.downloadFile(fileID)).rejects.toMatchObject({ code: 'STORAGE_EXCEED_AUTHORITY' });
    await expect(theirs.deleteFile([fileID])).resolves.toMatchObject([{ code: 'STORAGE_EXCEED_AUTHORITY' }]);
    await expect(theirs.uploadFile('phones/own.jpg', new Uint8Array())).rejects.toMatchObject({
      code: 'STORAGE_EXCEED_AUTHORITY',
    });
    await expect(mine.downloadFile(byFunction)).rejects.toMatchObject({ code: 'STORAGE_EXCEED_AUTHORITY' });
    await expect(mine.deleteFile([fileID])).resolves.toMatchObject([{ code: 'SUCCESS' }]);
    await expect(mine.downloadFile(fileID)).rejects.toMatchObject({ code: 'STORAGE_FILE_NONEXIST' });
  });

  test('lets a function read its upload', async () => {
    const { fileID } = await lab.cloud
      .client('mine')
      .uploadFile('phones/for-function.jpg', new Uint8Array([7]));
    const bytes = await lab.run(
      ({ platform }, id) => platform.downloadBytes(id as never, 10).then((read) => [...read]),
      fileID,
    );
    expect(bytes).toEqual([7]);
  });
});

describe('the project’s own edge', () => {
  test('refuses files that are missing or too large', async () => {
    const fileID = await upload('edge/large.bin', 'x'.repeat(5000));
    const failures = await lab.run(async ({ platform }, id) => {
      const nameOf = (attempt: Promise<unknown>) =>
        attempt.then(
          () => 'read',
          (error: unknown) => (error as Error).name,
        );
      return [
        await nameOf(platform.downloadBytes(id as never, 5000)),
        await nameOf(platform.downloadBytes(id as never, 4999)),
        await nameOf(platform.downloadBytes(`${id}.nope` as never, 5000)),
        await nameOf(platform.temporaryUrl(`${id}.nope` as never, 60)),
        await nameOf(platform.deleteFiles([id as never, `${id}.nope` as never])),
        await nameOf(platform.downloadBytes(id as never, 5000)),
      ];
    }, fileID);
    expect(failures).toEqual([
      'read',
      'FileTooLargeError',
      'FileMissingError',
      'FileMissingError',
      'read',
      'FileMissingError',
    ]);
  });

  test('links many files at once and leaves out the missing ones', async () => {
    const fileID = await upload('edge/one.txt', 'x');
    const count = await lab.run(
      async ({ platform }, id) =>
        (await platform.temporaryUrls([...Array<string>(60).fill(id), `${id}.nope`] as never[], 60)).length,
      fileID,
    );
    expect(count).toBe(60);
  });
});

test('bytes that changed on disk are refused, not served', async () => {
  const fileID = await upload('damage/a.txt', 'the original bytes');
  const { tempFileURL } = await linkTo(fileID, 30);
  const folder = join(lab.folder, 'data', 'objects');
  const wanted = createHash('sha256').update('the original bytes').digest('hex');
  const name = readdirSync(folder).find(
    (file) =>
      createHash('sha256')
        .update(readFileSync(join(folder, file)))
        .digest('hex') === wanted,
  );
  writeFileSync(join(folder, name!), 'the 0riginal bytes');
  expect((await fetch(tempFileURL)).status).toBe(500);
});

test('an upload that breaks off leaves nothing', async () => {
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new Uint8Array(1000));
      setTimeout(() => {
        controller.error(new Error('gone'));
      }, 50);
    },
  });
  const login = await fetch(`${lab.cloud.url}/client/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ openid: 'mine' }),
  });
  const { session } = (await login.json()) as { session: string };
  const before = readdirSync(join(lab.folder, 'data', 'objects')).length;
  const upload = {
    method: 'PUT',
    body,
    headers: { 'x-cloud-session': session },
    duplex: 'half',
  } as RequestInit;
  await expect(fetch(`${lab.cloud.url}/client/file?path=broken.bin`, upload)).rejects.toThrow();
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(readdirSync(join(lab.folder, 'data', 'objects'))).toHaveLength(before);
  await expect(
    lab.cloud.client('mine').getTempFileURL([`cloud://local.6c6f-local-1000000000/broken.bin`]),
  ).resolves.toMatchObject([{ code: 'STORAGE_FILE_NONEXIST' }]);
});
