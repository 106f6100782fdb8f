/**
 * The option by which Emscripten modules (the @jsquash codecs) are given their binary, so that they never look
 * for it themselves: their own search is a network request.
 */

import { wasm, type WasmImports, type WasmInstance, type WasmModule } from './web-assembly';

/** @returns overrides for a codec's `init`; `locateFile` keeps it from building a URL out of the bundle's place. */
export function instantiateFrom(module: WasmModule) {
  return {
    locateFile: (path: string): string => path,
    instantiateWasm: (
      imports: WasmImports,
      done: (instance: WasmInstance) => void,
    ): WasmInstance['exports'] => {
      const instance = new wasm.Instance(module, imports);
      done(instance);
      return instance.exports;
    },
  };
}
