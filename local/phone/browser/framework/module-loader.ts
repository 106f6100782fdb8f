/**
 * Runs the mini program's scripts as CommonJS modules, once each, with WeChat's globals and without the
 * browser's: `window`, `document`, `fetch` and the like are undefined inside, as on a phone, so that code
 * which leans on them fails here and not at a student.
 */
import { type ScriptModule } from '../../built-project';

/**
 * Globals of browsers that WeChat's script environment lacks
 * (developers.weixin.qq.com, 小程序运行环境 › JavaScript 支持情况; `structuredClone` and `TextDecoder` exist on
 * some phones only, so nothing may count on them).
 */
const ABSENT_GLOBALS = [
  'window',
  'document',
  'navigator',
  'location',
  'history',
  'localStorage',
  'sessionStorage',
  'indexedDB',
  'fetch',
  'XMLHttpRequest',
  'WebSocket',
  'Worker',
  'Image',
  'Audio',
  'Blob',
  'File',
  'FileReader',
  'FormData',
  'URL',
  'URLSearchParams',
  'TextEncoder',
  'TextDecoder',
  'AbortController',
  'structuredClone',
  'queueMicrotask',
  'requestAnimationFrame',
  'cancelAnimationFrame',
  'crypto',
  'performance',
  'atob',
  'btoa',
  'alert',
  'confirm',
  'prompt',
  'self',
  'top',
  'parent',
] as const;

export type Globals = Readonly<Record<string, unknown>>;

type RunModule = (require: (specifier: string) => unknown, module: object, exports: unknown) => void;

export class ModuleLoader {
  private readonly loaded = new Map<string, { exports: unknown }>();
  private readonly running: string[] = [];

  /** @param globals WeChat's own: wx, App, Page, Component, Behavior, getApp, getCurrentPages */
  constructor(
    private readonly scripts: Readonly<Record<string, ScriptModule>>,
    private readonly globals: Globals,
  ) {}

  /** Runs a module if it has not run yet. @param id path inside the mini program, with `.js` */
  load(id: string): { readonly exports: unknown } {
    const known = this.loaded.get(id);
    if (known) return known;
    const script = this.scripts[id];
    if (!script) throw new Error(`module is not part of the build: ${id}`);
    const module: { exports: unknown } = { exports: {} };
    this.loaded.set(id, module);
    const require = (specifier: string): unknown => {
      const target = script.requires[specifier];
      if (target === undefined) throw new Error(`${id} requires a missing module: ${specifier}`);
      return this.load(target).exports;
    };
    this.running.push(id);
    try {
      this.compile(id, script.code)(require, module, module.exports);
    } catch (error) {
      this.loaded.delete(id);
      throw error;
    } finally {
      this.running.pop();
    }
    return module;
  }

  /** The module that is running now: `Component()` and `Page()` belong to it. */
  get current(): string | undefined {
    return this.running.at(-1);
  }

  private compile(id: string, code: string): RunModule {
    const names = Object.keys(this.globals);
    const body = `return function (require, module, exports) { ${code}\n};\n//# sourceURL=miniprogram/${id}`;
    // The code is the developer's own, built a moment ago; a function is how it gets its globals.
    // eslint-disable-next-line @typescript-eslint/no-implied-eval
    const outer = new Function(...names, ...ABSENT_GLOBALS, body) as (...values: unknown[]) => RunModule;
    return outer(...names.map((name) => this.globals[name]));
  }
}
