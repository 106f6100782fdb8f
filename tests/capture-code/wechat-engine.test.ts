import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { greyOf } from '../../cloudfunctions/capture-code/picture/grey-image';
import { loadWechatEngine } from '../../cloudfunctions/capture-code/wechat-engine';
import { codePage } from '../support/code-page-builder';

/** The second engine for real: 6 MB, loaded once. */
const read = async (page: PNG) => (await loadWechatEngine()).read(greyOf(page));

const fixture = (name: string) =>
  PNG.sync.read(readFileSync(join(__dirname, '../fixtures/code-pictures', name)));
const textsIn = async (page: PNG) =>
  (await read(page)).map((payload) => Buffer.from(payload).toString('utf8')).sort();

test('texts come out in UTF-8', async () => {
  expect(await textsIn(fixture('cs-utf8.png'))).toEqual(['学号20240101|张三|图像采集码']);
});

test('all codes of a page are found', async () => {
  const page = await codePage({
    codes: [
      { payload: 'first', left: 20, top: 20, moduleSize: 6 },
      { payload: 'second', left: 240, top: 360, moduleSize: 6 },
    ],
  });
  expect(await textsIn(page)).toEqual(['first', 'second']);
});

test('a payload that is no text is never passed on spoilt', async () => {
  for (const payload of await read(fixture('cs-binary256.png'))) {
    expect(Buffer.from(payload)).toEqual(Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)));
  }
});

test('a page without a code gives nothing, time after time', async () => {
  for (let time = 0; time < 3; time++) expect(await read(await codePage({}))).toEqual([]);
});
