/** Pictures of the photo under review on this PC: never somebody else's, and none after a session in its own folder. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { openReviewFolder } from '../../../local/cli/operator/review-folder';
import { savePictures } from '../../../local/cli/operator/review-pictures';
import { type DownloadLink } from '../../../miniprogram/shared/contract/student';
import { type Instant } from '../../../miniprogram/shared/identity/ids';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'review-pictures-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const linkTo = (url: string): DownloadLink => ({ url, expiresAt: '2099-01-01T00:00:00.000Z' as Instant });

/** A storage that answers everything like this. */
async function withStorage(status: number, action: (link: DownloadLink) => Promise<void>): Promise<void> {
  const server = createServer((_, response) => response.writeHead(status).end('picture'));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  try {
    await action(linkTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`));
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

describe('what lay there before', () => {
  const paths = () => ({ original: join(folder, 'original.jpg'), standard: join(folder, 'standard.jpg') });
  beforeEach(() => {
    for (const path of Object.values(paths())) writeFileSync(path, 'another student');
  });

  test('gives way to what the storage has', () =>
    withStorage(200, async (link) => {
      expect(await savePictures(paths(), { originalLink: link, standardLink: link })).toEqual([]);
      expect(readdirSync(folder)).toEqual(['original.jpg', 'standard.jpg']);
    }));

  test('goes where the storage refuses, and that is said', () =>
    withStorage(500, async (link) => {
      const said = await savePictures(paths(), { originalLink: null, standardLink: link });
      expect(said).toEqual([expect.stringContaining('没有取到原图和成品')]);
      expect(readdirSync(folder)).toEqual([]);
    }));

  test('goes where nobody answers', async () => {
    const nobody = linkTo('http://127.0.0.1:9/');
    const said = await savePictures(paths(), { originalLink: nobody, standardLink: nobody });
    expect(said).toHaveLength(1);
    expect(readdirSync(folder)).toEqual([]);
  });
});

/** A session of its own process, with a face in its folder. */
async function aSession(): Promise<ChildProcess> {
  const program = `
    const { writeFileSync } = require('node:fs');
    const { openReviewFolder } = require('./local/cli/operator/review-folder');
    void openReviewFolder(undefined, ${JSON.stringify(folder)}).then(({ pictures }) => {
      writeFileSync(pictures.original, 'a face');
      setInterval(() => undefined, 1000);
      console.log('open');
    });
  `;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=commonjs', '--eval', program], {
    cwd: resolve(__dirname, '../../..'),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return child;
}

test.each([
  ['Ctrl-C', 'SIGINT', 130],
  ['the closing of the window', 'SIGHUP', 129],
] as const)('a session’s own folder goes on %s', async (_name, signal, exitCode) => {
  const session = await aSession();
  expect(readdirSync(folder)).toHaveLength(1);
  session.kill(signal);
  expect(await once(session, 'exit')).toEqual([exitCode, null]);
  expect(readdirSync(folder)).toEqual([]);
});

test('what a killed session left goes with the next; a running one’s and other programs’ folders stay', async () => {
  const killed = await aSession();
  killed.kill('SIGKILL');
  await once(killed, 'exit');
  const [left] = readdirSync(folder);
  const running = await aSession();
  expect(readdirSync(folder)).not.toContain(left);
  mkdirSync(join(folder, 'review-of-mine'));
  writeFileSync(join(folder, 'review-of-mine', '论文.docx'), '');
  const before = readdirSync(folder);
  const { close } = await openReviewFolder(undefined, folder);
  expect(readdirSync(folder)).toHaveLength(before.length + 1);
  await close();
  expect(readdirSync(folder)).toEqual(before);
  running.kill('SIGKILL');
  await once(running, 'exit');
});
