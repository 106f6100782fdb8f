/**
 * Finds and compiles the codecs' WebAssembly files. A deployed function carries them beside its bundle
 * (local/build/functions copies what `CODEC_BINARIES` names); tests and commands take them from node_modules.
 * Refuses to fetch anything: the packages' own loaders try the network, so none of them is used.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { wasm, type WasmModule } from './web-assembly';

/** File name beside a bundle → the same file in its npm package. */
export const CODEC_BINARIES = {
  'jpeg-turbo.wasm': '@cwasm/jpeg-turbo/jpeg-turbo.wasm',
  'mozjpeg_enc.wasm': '@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm',
  'webp_dec.wasm': '@jsquash/webp/codec/dec/webp_dec.wasm',
} as const;

export type CodecBinary = keyof typeof CODEC_BINARIES;

const compiled = new Map<CodecBinary, WasmModule>();

/** The compiled module, compiled once per process (2–10 ms each). Throws when the file is in neither place. */
export function codecModule(name: CodecBinary): WasmModule {
  let module = compiled.get(name);
  if (module === undefined) {
    module = new wasm.Module(readFileSync(locate(name)));
    compiled.set(name, module);
  }
  return module;
}

function locate(name: CodecBinary): string {
  const besideBundle = join(__dirname, name);
  if (existsSync(besideBundle)) return besideBundle;
  return createRequire(__filename).resolve(CODEC_BINARIES[name]);
}
