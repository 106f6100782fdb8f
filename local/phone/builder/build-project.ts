/**
 * Walks a mini program from app.json through pages, sub-packages and components and builds what the
 * browser phone runs. Reports every problem with its file instead of stopping at the first; refuses to
 * guess: what is referred to and missing is an error.
 */
import { posix } from 'node:path';
import { type TransformFailure } from 'esbuild';
import {
  type AppConfig,
  type BuildProblem,
  type BuiltProject,
  type ComponentConfig,
  type ScriptModule,
  type WindowConfig,
} from '../built-project';
import { compileScript } from './compile-script';
import { compileStyle, type StyleOwner } from './compile-style';
import { compileTemplates } from './compile-templates';
import { ProjectFiles } from './project-files';

type Json = Readonly<Record<string, unknown>>;

interface Cached<T> {
  readonly source: string;
  readonly result: T;
}

/** Builds again and again; scripts that did not change are not compiled again. */
export class ProjectBuilder {
  private readonly files: ProjectFiles;
  private readonly scripts = new Map<string, Cached<ReturnType<typeof compileScript>>>();

  /** @param root the folder that holds app.json */
  constructor(root: string) {
    this.files = new ProjectFiles(root);
  }

  build(): BuiltProject {
    const started = performance.now();
    const run = new BuildRun(this.files, this.scripts);
    const built = run.build();
    return { ...built, milliseconds: Math.round(performance.now() - started) };
  }

  /** Files that the builds read, without pictures. */
  get used(): ReadonlySet<string> {
    return this.files.used;
  }

  /** Absolute path of a file (pictures and the like), also inside packed npm packages. */
  locate(path: string): string | undefined {
    return this.files.locate(path);
  }
}

class BuildRun {
  private readonly problems: BuildProblem[] = [];
  private readonly components = new Map<string, ComponentConfig>();
  private readonly styles: Record<string, string> = {};
  private readonly modules: Record<string, ScriptModule> = {};
  private globalComponents: Readonly<Record<string, string>> = {};

  constructor(
    private readonly files: ProjectFiles,
    private readonly compiled: Map<string, Cached<ReturnType<typeof compileScript>>>,
  ) {}

  build(): Omit<BuiltProject, 'milliseconds'> {
    const app = (this.readJson('app.json') ?? { pages: [] }) as unknown as AppConfig;
    const pagePaths = listPages(app);
    this.globalComponents = this.resolveComponents('app.json', app.usingComponents ?? {});
    this.addScript('app');
    if (this.files.has('app.wxss')) this.addStyle('app', { kind: 'app' });
    const pages: Record<string, WindowConfig> = {};
    for (const path of pagePaths) {
      pages[path] = {
        ...app.window,
        ...(this.readJson(`${path}.json`, 'optional') as WindowConfig | undefined),
      };
      this.addComponent(path, { kind: 'page', path });
    }
    const templates = compileTemplates(this.files, this.components.keys());
    this.problems.push(...templates.problems);
    this.reportUnknownTags(templates.tags);
    return {
      app,
      theme: this.readTheme(app),
      pages,
      components: Object.fromEntries(this.components),
      styles: this.styles,
      templates: templates.script,
      scripts: this.modules,
      problems: this.problems,
    };
  }

  private addComponent(path: string, owner: StyleOwner): void {
    if (this.components.has(path)) return;
    const json = this.readJson(`${path}.json`, owner.kind === 'page' ? 'optional' : 'required') ?? {};
    const using = this.resolveComponents(`${path}.json`, asNames(json['usingComponents']));
    const generics = this.resolveGenerics(`${path}.json`, json['componentGenerics']);
    const config: ComponentConfig = {
      component: owner.kind === 'component',
      usingComponents: { ...this.globalComponents, ...using },
      ...(generics && { componentGenerics: generics }),
      ...(isRecord(json['componentPlaceholder']) && {
        componentPlaceholder: asNames(json['componentPlaceholder']),
      }),
      ...(typeof json['styleIsolation'] === 'string' && { styleIsolation: json['styleIsolation'] }),
      ...(json['addGlobalClass'] === true && { addGlobalClass: true }),
      ...(typeof json['pureDataPattern'] === 'string' && { pureDataPattern: json['pureDataPattern'] }),
    };
    this.components.set(path, config);
    this.addScript(path);
    if (this.files.has(`${path}.wxss`)) this.addStyle(path, owner);
    const defaults = Object.values(generics ?? {}).map((generic) => generic.default);
    for (const target of [...Object.values(config.usingComponents), ...defaults]) {
      if (target !== undefined) this.addComponent(target, { kind: 'component' });
    }
  }

  /** Makes component references absolute: relative, from the root, or a packed npm package. */
  private resolveComponents(from: string, names: Readonly<Record<string, string>>): Record<string, string> {
    const resolved: Record<string, string> = {};
    for (const [tag, reference] of Object.entries(names)) {
      const target = this.resolveComponent(from, reference);
      if (target === undefined) this.report('error', from, `component <${tag}> is missing: ${reference}`);
      else resolved[tag] = target;
    }
    return resolved;
  }

  private resolveComponent(from: string, reference: string): string | undefined {
    const candidates = [ProjectFiles.resolve(from, reference)];
    if (!/^[./]/.test(reference)) {
      candidates.push(...ProjectFiles.npmFolders(from).map((folder) => `${folder}${reference}`));
    }
    return candidates
      .flatMap((path) => [path, posix.join(path, 'index')])
      .find((path) => this.files.has(`${path}.json`) && this.files.has(`${path}.wxml`));
  }

  private resolveGenerics(from: string, value: unknown): Record<string, { default?: string }> | undefined {
    if (!isRecord(value)) return undefined;
    const generics: Record<string, { default?: string }> = {};
    for (const [name, definition] of Object.entries(value)) {
      const fallback = isRecord(definition) ? definition['default'] : undefined;
      const target = typeof fallback === 'string' ? this.resolveComponent(from, fallback) : undefined;
      generics[name] = target === undefined ? {} : { default: target };
    }
    return generics;
  }

  private addStyle(path: string, owner: StyleOwner): void {
    try {
      const { css, problems } = compileStyle(this.files, `${path}.wxss`, owner);
      this.styles[path] = css;
      for (const message of problems) this.report('warning', `${path}.wxss`, message);
    } catch (error) {
      this.report('error', `${path}.wxss`, error instanceof Error ? error.message : String(error));
    }
  }

  /** @param path without extension */
  private addScript(path: string): void {
    const source = [`${path}.ts`, `${path}.js`].find((file) => this.files.has(file));
    if (source === undefined) this.report('error', path, 'script is missing');
    else this.addModule(source);
  }

  private addModule(file: string): string {
    const id = file.replace(/\.ts$/, '.js');
    if (this.modules[id]) return id;
    const requires: Record<string, string> = {};
    this.modules[id] = { code: '', requires };
    const compiled = this.compile(file);
    if (!compiled) return id;
    this.modules[id] = { code: compiled.code, requires };
    for (const specifier of compiled.specifiers) {
      const target = this.resolveModule(file, specifier);
      if (target === undefined) this.report('error', file, `module is missing: ${specifier}`);
      else requires[specifier] = this.addModule(target);
    }
    return id;
  }

  private compile(file: string): ReturnType<typeof compileScript> | undefined {
    const source = this.files.read(file) ?? '';
    const cached = this.compiled.get(file);
    if (cached?.source === source) return cached.result;
    try {
      const result = compileScript(file, source);
      this.compiled.set(file, { source, result });
      return result;
    } catch (error) {
      for (const { text, location } of (error as TransformFailure).errors) {
        this.problems.push({
          severity: 'error',
          path: file,
          message: text,
          ...(location && { line: location.line }),
        });
      }
      return undefined;
    }
  }

  private resolveModule(from: string, specifier: string): string | undefined {
    const bases = /^[./]/.test(specifier)
      ? [ProjectFiles.resolve(from, specifier)]
      : ProjectFiles.npmFolders(from).map((folder) => `${folder}${specifier}`);
    return bases
      .flatMap((base) => [base, `${base}.ts`, `${base}.js`, `${base}/index.ts`, `${base}/index.js`])
      .find((file) => /\.[jt]s$/.test(file) && this.files.has(file));
  }

  private reportUnknownTags(tags: ReadonlyMap<string, ReadonlySet<string>>): void {
    for (const [path, used] of tags) {
      const config = this.components.get(path);
      if (!config) continue;
      for (const tag of used) {
        const known = tag in config.usingComponents || tag in (config.componentGenerics ?? {});
        if (!known) this.report('error', `${path}.wxml`, `unknown tag <${tag}>`);
      }
    }
  }

  private readTheme(app: AppConfig): BuiltProject['theme'] {
    const theme = app.themeLocation === undefined ? undefined : this.readJson(app.themeLocation);
    return { light: asNames(theme?.['light']), dark: asNames(theme?.['dark']) };
  }

  private readJson(path: string, need: 'required' | 'optional' = 'required'): Json | undefined {
    const text = this.files.read(path);
    if (text === undefined) {
      if (need === 'required') this.report('error', path, 'file is missing');
      return undefined;
    }
    try {
      const value: unknown = JSON.parse(text);
      if (isRecord(value)) return value;
      this.report('error', path, 'not a JSON object');
    } catch (error) {
      this.report('error', path, error instanceof Error ? error.message : String(error));
    }
    return undefined;
  }

  private report(severity: BuildProblem['severity'], path: string, message: string): void {
    this.problems.push({ severity, path, message });
  }
}

/** Page paths of the main package, then of the sub-packages. */
export function listPages(app: AppConfig): string[] {
  const packages = app.subPackages ?? app.subpackages ?? [];
  return [
    ...app.pages,
    ...packages.flatMap(({ root, pages }) => pages.map((page) => posix.join(root, page))),
  ];
}

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asNames(value: unknown): Record<string, string> {
  if (!isRecord(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
