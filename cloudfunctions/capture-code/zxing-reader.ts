/**
 * zxing-cpp as WebAssembly (zxing-wasm): every QR code in a file or a grey picture. The instance is kept
 * between pictures (a fresh one costs some 20 ms) and dropped after large ones, because its memory never shrinks,
 * and after any failure, which may leave it in any state.
 * Refuses to interpret: bytes and corners come out, nothing is chosen.
 */
import { prepareZXingModule, purgeZXingModule, readBarcodes, type ReaderOptions } from 'zxing-wasm/reader';
import { instantiateFrom } from '../photo-engine/decode/instantiate-from';
import { type CodeInPicture, type Point, type ReadingStage } from './code-in-picture';
import { readerModule } from './decoder-binaries';
import { asPortableGreyMap, type GreyImage } from './picture/grey-image';

export interface ReadingResult {
  readonly codes: readonly CodeInPicture[];
  /** False when the decoder could not open the file at all. */
  readonly opened: boolean;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Pixels of one attempt beyond which the instance is dropped: 6 MP leave some 30 MB in it. */
const KEPT_UP_TO_PIXELS = 6_000_000;

const OPTIONS: ReaderOptions = { formats: ['QRCode'], textMode: 'Plain' };

export class ZxingReader {
  /** @param file a file of an accepted format and size (PNG, JPEG, GIF, BMP), or anything: it may fail to open */
  async readFile(file: Uint8Array, size: Size, stage: ReadingStage): Promise<ReadingResult> {
    return this.#read(file, size, stage, OPTIONS);
  }

  /** @param closeNoise one more pass on a picture whose specks were closed; twice the time, finds photographed codes */
  async readPixels(
    image: GreyImage,
    stage: ReadingStage,
    closeNoise: boolean,
  ): Promise<readonly CodeInPicture[]> {
    const options = closeNoise ? { ...OPTIONS, tryDenoise: true } : OPTIONS;
    return (await this.#read(asPortableGreyMap(image), image, stage, options)).codes;
  }

  async #read(
    file: Uint8Array,
    size: Size,
    stage: ReadingStage,
    options: ReaderOptions,
  ): Promise<ReadingResult> {
    prepareZXingModule({ overrides: instantiation() });
    let keep = false;
    try {
      const results = await readBarcodes(file, options);
      const valid = results.filter(({ isValid }) => isValid);
      keep = results.length === valid.length && size.width * size.height <= KEPT_UP_TO_PIXELS;
      return {
        codes: valid.map((result) => ({
          payload: Uint8Array.from(result.bytes),
          stage,
          corners: cornersOf(result.position, size),
        })),
        opened: results.length === valid.length,
      };
    } catch {
      // The decoder trapped (out of memory, unreachable code). Its instance is dropped below; the file counts as
      // one that it cannot open.
      return { codes: [], opened: false };
    } finally {
      if (!keep) purgeZXingModule();
    }
  }
}

/** The same object every time, by which the package knows that its instance still serves. */
let overrides: ReturnType<typeof instantiateFrom> | undefined;
function instantiation(): ReturnType<typeof instantiateFrom> {
  overrides ??= instantiateFrom(readerModule());
  return overrides;
}

type Position = Awaited<ReturnType<typeof readBarcodes>>[number]['position'];

function cornersOf(position: Position, { width, height }: Size): readonly [Point, Point, Point, Point] {
  const fraction = ({ x, y }: Point): Point => ({ x: x / width, y: y / height });
  return [
    fraction(position.topLeft),
    fraction(position.topRight),
    fraction(position.bottomRight),
    fraction(position.bottomLeft),
  ];
}
