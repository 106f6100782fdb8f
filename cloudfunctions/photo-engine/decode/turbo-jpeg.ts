/**
 * JPEG pixels straight at the scale that is needed: libjpeg-turbo as WebAssembly (@cwasm/jpeg-turbo), called
 * through the TurboJPEG API that its binary exports. The package's own JavaScript always decodes the full
 * size; the binary scales inside the inverse DCT by any eighth. A 12 MP photo at 4/8 takes 66 ms and 51 MB
 * of WebAssembly memory against 118 ms and 150 MB for the full picture in @jsquash/jpeg (2026-11, one core).
 * Refuses damaged files: a picture that decodes only in part is not evidence.
 */
import { DomainError } from '../../../miniprogram/shared/errors';
import { sequentialScanParameters } from '../../picture-header/jpeg-header';
import { type RgbaImage } from '../image/rgba-image';
import { codecModule } from './codec-binary';
import { wasm, type WasmMemory } from './web-assembly';

/** turbojpeg.h, enum TJPF. */
const PIXEL_FORMAT_RGBA = 7;

interface TurboJpegExports {
  readonly memory: WasmMemory;
  malloc(bytes: number): number;
  tjInitDecompress(): number;
  tjDecompressHeader3(
    handle: number,
    file: number,
    length: number,
    width: number,
    height: number,
    subsampling: number,
    colourSpace: number,
  ): number;
  tjDecompress2(
    handle: number,
    file: number,
    length: number,
    pixels: number,
    width: number,
    pitch: number,
    height: number,
    pixelFormat: number,
    flags: number,
  ): number;
}

/**
 * The picture stays in the decoder's memory, whose last user it is, while that is at most this many times its size: a
 * copy beside it is the engine's most memory (12 MP: 15 MB). A progressive file leaves all its coefficients there
 * (87 MB at 12 MP, 309 at 48, beside a picture of 12; baseline 14 and 16); from such a one the picture is copied out.
 * Measured 2026-11.
 */
const MOST_HELD = 1.5;

/**
 * All 64 coefficients, exact: what a sequential scan is bound to say (T.81, table B.3). Some of Samsung's cameras write 0
 * to 0 instead, most often the one for selfies (S8, S9, S22: lovell/sharp#1578, OpenImageIO#2837); decoders go on with a
 * warning, which would count as damage here.
 */
const SEQUENTIAL = [0, 63, 0];

/** Numerator of the scale, over eight. */
export type Eighths = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/** Size of a side after scaling, as libjpeg rounds it (TJSCALED in turbojpeg.h). */
export function scaledSide(side: number, eighths: Eighths): number {
  return Math.ceil((side * eighths) / 8);
}

/**
 * @param file a whole JPEG file of one or three components, 8 bits, Huffman-coded (the header guard saw to that)
 * @returns scaledSide(width) × scaledSide(height) pixels, opaque, the caller's own
 * @throws DomainError IMAGE_DAMAGED for anything the decoder complains about, warnings included, but that a sequential
 *   scan's own word about its coefficients is wrong
 */
export function decodeTurboJpeg(file: Uint8Array, eighths: Eighths): RgbaImage {
  const codec = instantiate();
  try {
    return decodeWith(codec, file, eighths);
  } catch (error) {
    // libjpeg leaves by longjmp, which this build turns into a throw; the instance is dropped with its memory.
    if (error instanceof CodecFailure || error instanceof wasm.RuntimeError) {
      throw new DomainError('IMAGE_DAMAGED', { format: 'jpeg' });
    }
    throw error;
  }
}

function decodeWith(codec: TurboJpegExports, file: Uint8Array, eighths: Eighths): RgbaImage {
  const handle = codec.tjInitDecompress();
  const input = allocate(codec, file.length);
  const copy = new Uint8Array(codec.memory.buffer, input, file.length);
  copy.set(file);
  sequentialScanParameters(copy)?.set(SEQUENTIAL);

  const header = allocate(codec, 16);
  const status = codec.tjDecompressHeader3(
    handle,
    input,
    file.length,
    header,
    header + 4,
    header + 8,
    header + 12,
  );
  if (handle === 0 || status !== 0) throw new CodecFailure();
  const [fullWidth, fullHeight] = new Int32Array(codec.memory.buffer, header, 2) as unknown as [
    number,
    number,
  ];

  const width = scaledSide(fullWidth, eighths);
  const height = scaledSide(fullHeight, eighths);
  const length = width * height * 4;
  const pixels = allocate(codec, length);
  const decoded = codec.tjDecompress2(
    handle,
    input,
    file.length,
    pixels,
    width,
    0,
    height,
    PIXEL_FORMAT_RGBA,
    0,
  );
  if (decoded !== 0) throw new CodecFailure();
  const { buffer } = codec.memory;
  const data = new Uint8ClampedArray(buffer, pixels, length);
  return { width, height, data: buffer.byteLength > MOST_HELD * length ? data.slice() : data };
}

/** The library refused, by status or by longjmp. */
class CodecFailure extends Error {
  constructor() {
    super('the JPEG decoder gave up');
    this.name = 'CodecFailure';
  }
}

function allocate(codec: TurboJpegExports, bytes: number): number {
  const pointer = codec.malloc(bytes);
  if (pointer === 0) throw new CodecFailure();
  return pointer;
}

/** A fresh instance per picture (0.3 ms): its memory goes with it, and no damaged file can spoil the next. */
function instantiate(): TurboJpegExports {
  const fail = (): never => {
    throw new CodecFailure();
  };
  const ignore = (): number => 0;
  const instance = new wasm.Instance(codecModule('jpeg-turbo.wasm'), {
    env: { setjmp: ignore, longjmp: fail },
    wasi_snapshot_preview1: {
      environ_sizes_get: ignore,
      environ_get: ignore,
      proc_exit: fail,
      fd_close: ignore,
      fd_seek: ignore,
      fd_write: ignore,
    },
  });
  return instance.exports as unknown as TurboJpegExports;
}
