/** What counts as stored: the SDK takes a PUT for a success that the storage never took, and waits for ever. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import cloud from 'wx-server-sdk';
import { downloadBytes, uploadBytes, uploadFile } from '../../cloudfunctions/platform/storage';
import { type UploadAnswer } from '../../local/cloud/protocol/storage-endpoint';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';
import { giveUpAfter, letStorageBe } from '../support/storage-moments';

const CONTENT = Buffer.from('a finished picture');
const PATH = 'standards/one.jpg';

let testCloud: TestCloud;
let folder: string;
let met: UploadAnswer | 'silence' | null = null;
beforeAll(async () => {
  testCloud = await startTestCloud({ uploadTrouble: () => met });
  folder = mkdtempSync(join(tmpdir(), 'storage-test-'));
  writeFileSync(join(folder, 'one.jpg'), CONTENT);
});
afterEach(() => {
  met = null;
  letStorageBe();
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await testCloud.close();
});

/** From now on the answer about a file has no length in it, as from a proxy that sends in chunks. */
function tellNoLength(): void {
  const real = fetch;
  jest.spyOn(globalThis, 'fetch').mockImplementation(async (url, init) => {
    const response = await real(url, init);
    return init?.method === 'HEAD' ? new Response(null, { status: response.status }) : response;
  });
}

const REFUSED =
  '<Error><Code>SlowDown</Code><Message>m</Message><RequestId>r</RequestId><TraceId>t</TraceId></Error>';
const ANSWERS: readonly (readonly [string, UploadAnswer])[] = [
  ['its own words', { status: 503, body: REFUSED }],
  ['an empty 503', { status: 503, body: '' }],
  ['a proxy’s page', { status: 502, body: '<html><body><h1>502 Bad Gateway</h1></body></html>' }],
  ['a 200, and does not have the file', { status: 200, body: '' }],
];

const WAYS: readonly (readonly [string, () => Promise<string>])[] = [
  ['bytes', () => uploadBytes(PATH, CONTENT)],
  ['a file of the function’s own disk', () => uploadFile(PATH, join(folder, 'one.jpg'), CONTENT.length)],
];

describe.each(WAYS)('%s', (_, store) => {
  test('are stored when they are there', async () => {
    const fileId = await store();
    expect(await downloadBytes(fileId as never, 100)).toEqual(CONTENT);
    await cloud.deleteFile({ fileList: [fileId] });
  });

  test.each(ANSWERS)('are not stored when the storage answers with %s', async (_answer, answer) => {
    met = answer;
    await expect(store()).rejects.toThrow();
  });

  test('are not stored when what is there has another size', async () => {
    const fileId = await uploadBytes(PATH, CONTENT.subarray(1));
    met = { status: 200, body: '' };
    await expect(store()).rejects.toThrow('Storage has 17 of 18 bytes');
    await cloud.deleteFile({ fileList: [fileId] });
  });

  test('are stored when the storage says that they are there, and not how long they are', async () => {
    tellNoLength();
    const fileId = await store();
    expect(await downloadBytes(fileId as never, 100)).toEqual(CONTENT);
    await cloud.deleteFile({ fileList: [fileId] });
  });

  test('are given up when the storage takes them and never answers', async () => {
    giveUpAfter(50);
    met = 'silence';
    await expect(store()).rejects.toThrow('No answer within');
  });
});

test.each([
  ['an empty 503', 1],
  ['a proxy’s page', 2],
] as const)('the SDK alone takes %s for a success', async (_, index) => {
  met = ANSWERS[index]![1];
  const { fileID } = await cloud.uploadFile({ cloudPath: PATH, fileContent: CONTENT });
  expect(fileID).toMatch(/one\.jpg$/);
});
