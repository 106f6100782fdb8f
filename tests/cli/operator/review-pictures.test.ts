/** Pictures of the photo under review on this PC: never somebody else's, and none after a session in its own folder. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
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

test('a session’s own folder goes on Ctrl-C', async () => {
  const program = `
    const { writeFileSync } = require('node:fs');
    const { openReviewFolder } = require('./local/cli/operator/review-folder');
    const { path } = openReviewFolder(undefined, ${JSON.stringify(folder)});
    writeFileSync(path + '/原图.jpg', 'a face');
    setInterval(() => undefined, 1000);
    console.log('open');
  `;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=commonjs', '--eval', program], {
    cwd: resolve(__dirname, '../../..'),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  expect(readdirSync(folder)).toHaveLength(1);
  child.kill('SIGINT');
  expect(await once(child, 'exit')).toEqual([130, null]);
  expect(readdirSync(folder)).toEqual([]);
});
