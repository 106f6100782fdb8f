/**
 * The part of Node's WebAssembly that the codecs need, with types. Those of @types/node are empty, and the DOM
 * library, which has them, would put `window` and `document` into scope everywhere.
 */

/** A compiled binary; may be instantiated any number of times. */
export interface WasmModule {
  readonly compiled: unique symbol;
}

export interface WasmInstance {
  readonly exports: Readonly<Record<string, unknown>>;
}

export interface WasmMemory {
  /** Replaced by a longer one when the memory grows: never to be kept across a call. */
  readonly buffer: ArrayBuffer;
}

export type WasmImports = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

interface WebAssemblyOfNode {
  readonly Module: new (binary: Uint8Array) => WasmModule;
  readonly Instance: new (module: WasmModule, imports: WasmImports) => WasmInstance;
  readonly RuntimeError: new (message?: string) => Error;
}

export const wasm: WebAssemblyOfNode = (globalThis as unknown as { WebAssembly: WebAssemblyOfNode })
  .WebAssembly;
