/**
 * The WebAssembly file of the code decoder, and what a deployed function that reads code pictures must carry
 * beside its bundle. Refuses to fetch anything: the package's own loader asks the network.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { CODEC_BINARIES } from '../photo-engine/decode/codec-binary';
import { wasm, type WasmModule } from '../photo-engine/decode/web-assembly';

const READER = 'zxing_reader.wasm';

/** For the list `FILES_BESIDE` of the function: name beside the bundle → place inside its npm package. */
export const CODE_READER_FILES = {
  [READER]: 'zxing-wasm/dist/reader/zxing_reader.wasm',
  'jpeg-turbo.wasm': CODEC_BINARIES['jpeg-turbo.wasm'],
  'webp_dec.wasm': CODEC_BINARIES['webp_dec.wasm'],
} as const;

let compiled: WasmModule | undefined;

/** Compiled once per process. Throws when the file is neither beside the bundle nor in node_modules. */
export function readerModule(): WasmModule {
  compiled ??= new wasm.Module(readFileSync(locate()));
  return compiled;
}

function locate(): string {
  const besideBundle = join(__dirname, READER);
  if (existsSync(besideBundle)) return besideBundle;
  return createRequire(__filename).resolve('zxing-wasm/reader/zxing_reader.wasm');
}
