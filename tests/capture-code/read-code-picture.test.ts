import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CodeInPicture, type ReadingStage } from '../../cloudfunctions/capture-code/code-in-picture';
import { payloadText } from '../../cloudfunctions/capture-code/payload';
import {
  type LastEngine,
  readCodePicture,
  readFirstCodes,
} from '../../cloudfunctions/capture-code/read-code-picture';
import { encodeMozJpeg } from '../../cloudfunctions/photo-engine/encode/moz-jpeg';
import { type ErrorCode } from '../../miniprogram/shared/errors';
import { bytesOf, codePage, codePagePng, fastPng } from '../support/code-page-builder';
import { jpegFile, pngFile } from '../support/picture-builder';
import { refusalOf } from '../support/refusal';

const FIXTURES = join(__dirname, '../fixtures/code-pictures');
const fixture = (name: string) => readFileSync(join(FIXTURES, name));
const MINE = 'https://example.org/my-capture-code-0123456789';
const ADVERTISEMENT = 'https://example.org/advertisement';

const textsOf = (codes: readonly CodeInPicture[]) => codes.map(({ payload }) => payloadText(payload).text);

async function allAttempts(bytes: Uint8Array, options = {}): Promise<(readonly CodeInPicture[])[]> {
  const attempts = [];
  for await (const codes of readCodePicture(bytes, options)) attempts.push(codes);
  return attempts;
}

describe('formats', () => {
  test.each([
    'f.webp',
    'f-lossless.webp',
    'f-cmyk.jpg',
    'f-prog.jpg',
    'f-gray.jpg',
    'f-exif6.jpg',
    'f.gif',
    'f-pal.png',
    'f-alpha.png',
  ])('%s is read', async (name) => {
    expect(textsOf(await readFirstCodes(fixture(name)))).toEqual(['https://t.cn/q?c=FORMATCASE1234567890']);
  });

  test.each<[string, ErrorCode]>([
    ['f.heic', 'IMAGE_FORMAT_UNSUPPORTED'],
    ['f.avif', 'IMAGE_FORMAT_UNSUPPORTED'],
    ['f.tiff', 'IMAGE_FORMAT_UNSUPPORTED'],
    ['svg.png', 'IMAGE_FORMAT_UNSUPPORTED'],
    ['text.jpg', 'IMAGE_FORMAT_UNSUPPORTED'],
    ['random.jpg', 'IMAGE_FORMAT_UNSUPPORTED'],
    ['liar.png', 'IMAGE_TOO_LARGE_PIXELS'],
    ['trunc-50.png', 'IMAGE_DAMAGED'],
    ['trunc-50.jpg', 'IMAGE_DAMAGED'],
  ])('%s is refused as %s', async (name, code) => {
    expect(await refusalOf(readFirstCodes(fixture(name)))).toBe(code);
  });

  test('the extension of a name plays no part: there is none', async () => {
    const page = await codePage({ codes: [{ payload: MINE, left: 60, top: 60 }] });
    const jpeg = await encodeMozJpeg(
      { width: page.width, height: page.height, data: new Uint8ClampedArray(page.data) },
      80,
      '4:2:0',
    );
    expect(textsOf(await readFirstCodes(jpeg))).toEqual([MINE]);
  });

  test('a grey PNG of 16 bits is read', async () => {
    const { width, height, data } = await codePage({ codes: [{ payload: MINE, left: 60, top: 60 }] });
    const rows = Buffer.alloc(height * (1 + 2 * width));
    for (let y = 0, at = 0; y < height; y++) {
      at++; // the row's filter: none
      for (let x = 0; x < width; x++) at = rows.writeUInt16BE(data[(y * width + x) * 4]! * 257, at);
    }
    const file = pngFile({ width, height, bits: 16, colourType: 0, raw: rows });
    expect(textsOf(await readFirstCodes(file))).toEqual([MINE]);
  });

  test.each<[string, Uint8Array, ErrorCode]>([
    ['nothing', new Uint8Array(), 'IMAGE_EMPTY'],
    ['a PNG of 12,000 × 12,000', pngFile({ width: 12_000, height: 12_000 }), 'IMAGE_TOO_LARGE_PIXELS'],
    [
      'a PNG of 17 MP, which has no half size',
      pngFile({ width: 4250, height: 4000 }),
      'IMAGE_TOO_LARGE_PIXELS',
    ],
    ['a PNG that inflates beyond its header', pngFile({ raw: Buffer.alloc(50_000_000) }), 'IMAGE_DAMAGED'],
    ['a JPEG of 12 bits', jpegFile({ bits: 12, frame: 0xc1 }), 'IMAGE_COLOUR_UNSUPPORTED'],
    ['a JPEG in print colours that shows no code', jpegFile({ components: 4 }), 'IMAGE_COLOUR_UNSUPPORTED'],
    ['a JPEG whose pixels are missing', jpegFile({ width: 300, height: 300 }), 'IMAGE_DAMAGED'],
  ])('%s is refused', async (_, file, code) => {
    expect(await refusalOf(readFirstCodes(file))).toBe(code);
  });
});

describe('payloads', () => {
  const known = JSON.parse(fixture('payloads.json').toString()) as Record<string, string>;

  test.each(Object.entries(known))('%s comes out byte by byte', async (name, base64) => {
    const codes = await readFirstCodes(fixture(name));
    expect(codes.map(({ payload }) => Buffer.from(payload).toString('base64'))).toEqual([base64]);
  });

  test.each([
    ['cs-utf8.png', 'utf-8', '学号20240101|张三|图像采集码'],
    ['cs-gbk.png', 'gb18030', '学号20240101|张三|图像采集码'],
    ['cs-gbk-short.png', 'gb18030', '张三'],
    ['eci-gb18030.png', 'gb18030', '学号20240101|张三|图像采集码'],
    ['hanzi-mode.png', 'gb18030', '张三图像采集码'],
    ['cs-nul.png', 'utf-8', 'abc\0def\0'],
    ['cs-binary256.png', 'binary', undefined],
  ])('%s is %s: %s', async (name, charset, text) => {
    const [code] = await readFirstCodes(fixture(name));
    expect(payloadText(code!.payload)).toEqual({ charset, ...(text === undefined ? {} : { text }) });
  });
});

describe('pages', () => {
  test('all codes of a page are found, each with its place', async () => {
    const page = await codePagePng({
      codes: [
        { payload: ADVERTISEMENT, left: 20, top: 20, moduleSize: 3 },
        { payload: MINE, left: 200, top: 300 },
      ],
    });
    const codes = await readFirstCodes(page);
    expect(textsOf(codes).sort()).toEqual([ADVERTISEMENT, MINE].sort());
    const [topLeft] = codes.find(({ payload }) => payloadText(payload).text === MINE)!.corners!;
    expect(topLeft.x).toBeCloseTo((200 + 4 * 4) / 480, 1);
    expect(topLeft.y).toBeCloseTo((300 + 4 * 4) / 640, 1);
  });

  test('the same code twice on a page is one code', async () => {
    const page = await codePagePng({
      codes: [
        { payload: MINE, left: 20, top: 20 },
        { payload: MINE, left: 200, top: 300 },
      ],
    });
    expect(textsOf(await readFirstCodes(page))).toEqual([MINE]);
  });

  test('a page without a code gives nothing, after every attempt', async () => {
    const attempts = await allAttempts(await codePagePng({}));
    expect(attempts.flat()).toEqual([]);
    expect(attempts.length).toBeGreaterThanOrEqual(3);
  });

  /** Where the expected code is found first, going on through all attempts. */
  async function stageOf(file: Uint8Array, payload: string): Promise<ReadingStage | undefined> {
    const codes = (await allAttempts(file)).flat();
    return codes.find((code) => Buffer.compare(code.payload, bytesOf(payload)) === 0)?.stage;
  }

  test.each([
    ['three pixels a module', 3],
    ['five pixels a module', 5],
    ['eight pixels a module', 8],
  ])('a code without a quiet zone on a dark page, %s', async (_, moduleSize) => {
    const page = { level: 18, codes: [{ payload: MINE, left: 90, top: 200, moduleSize, quietZone: false }] };
    expect(await stageOf(await codePagePng(page), MINE)).toBe('dark-page');
  });

  test('light codes on a dark page need no such help', async () => {
    const page = await codePage({ codes: [{ payload: MINE, left: 60, top: 60 }] });
    for (let at = 0; at < page.data.length; at++) if (at % 4 !== 3) page.data[at] = 255 - page.data[at]!;
    expect(await stageOf(fastPng(page), MINE)).toBe('as-sent');
  });

  test('a code drawn on nothing is laid on white', async () => {
    const page = await codePage({ level: 255, codes: [{ payload: MINE, left: 60, top: 60 }] });
    for (let at = 0; at < page.data.length; at += 4) {
      page.data[at + 3] = 255 - page.data[at]!; // white becomes transparent, black stays
      page.data.fill(0, at, at + 3);
    }
    expect(await stageOf(fastPng(page), MINE)).toBe('on-white');
  });
});

describe('going on', () => {
  const both = async () =>
    codePagePng({
      width: 640,
      level: 18,
      codes: [
        { payload: ADVERTISEMENT, left: 20, top: 20 },
        { payload: MINE, left: 300, top: 300, moduleSize: 5, quietZone: false },
      ],
    });

  test('later attempts give only what is new', async () => {
    const attempts = await allAttempts(await both());
    expect(textsOf(attempts[0]!)).toEqual([ADVERTISEMENT]);
    expect(textsOf(attempts.flat())).toEqual([ADVERTISEMENT, MINE]);
  });

  test('who stops early pays for no further attempt', async () => {
    let asked = 0;
    const lastEngine = (): Promise<LastEngine> => {
      asked++;
      return Promise.resolve({ read: () => Promise.resolve([]) });
    };
    await readFirstCodes(await both(), { lastEngine });
    expect(asked).toBe(0);
    await allAttempts(await both(), { lastEngine });
    expect(asked).toBe(1);
  });

  test('what the last engine finds comes last', async () => {
    const lastEngine = () => Promise.resolve({ read: () => Promise.resolve([bytesOf('from afar')]) });
    const attempts = await allAttempts(await codePagePng({}), { lastEngine });
    expect(attempts.at(-1)).toEqual([{ payload: bytesOf('from afar'), stage: 'second-engine' }]);
  });

  test('no attempt begins after the time is up', async () => {
    expect(await allAttempts(await both(), { budgetMilliseconds: 0 })).toHaveLength(1);
  });

  test('damage that shows after a code was found ends the reading without a refusal', async () => {
    // CMYK cannot be decoded here; the first attempt read the code all the same.
    const attempts = await allAttempts(fixture('f-cmyk.jpg'));
    expect(textsOf(attempts.flat())).toEqual(['https://t.cn/q?c=FORMATCASE1234567890']);
  });
});
