/**
 * A project as the checks see it: its configuration, every file of the mini program, and the graph of what the
 * mini program uses, walked by the browser phone's builder. Reads only; refuses a folder without
 * project.config.json.
 */
import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative } from 'node:path';
import { ProjectBuilder } from '../../local/phone/builder/build-project';
import { type BuiltProject } from '../../local/phone/built-project';

export type Json = Readonly<Record<string, unknown>>;

export class CheckedProject {
  readonly config: Json;
  /** Folder of the mini program inside the project, without a slash at the end. */
  readonly miniprogramRoot: string;
  /** Every file below the mini program's folder except packed npm packages, relative to it. */
  readonly files: readonly string[];
  readonly symbolicLinks: readonly string[];
  readonly built: BuiltProject;
  /** Files that the build read: pages, components, scripts, styles, templates, JSON. */
  readonly used: ReadonlySet<string>;

  /** @param root absolute folder of project.config.json @throws Error when there is none */
  constructor(readonly root: string) {
    const path = join(root, 'project.config.json');
    if (!existsSync(path)) throw new Error(`there is no project.config.json in ${root}`);
    this.config = parseObject(readFileSync(path, 'utf8')) ?? {};
    const folder = this.config['miniprogramRoot'];
    this.miniprogramRoot = typeof folder === 'string' ? posix.normalize(folder).replace(/\/$/, '') : '.';
    const { files, links } = listFiles(this.absolute(''));
    this.files = files;
    this.symbolicLinks = links;
    const builder = new ProjectBuilder(this.absolute(''));
    this.built = builder.build();
    this.used = builder.used;
  }

  /** Absolute path of a file of the mini program. */
  absolute(path: string): string {
    return join(this.root, this.miniprogramRoot, path);
  }

  /** Path from the project's root, for findings. */
  display(path: string): string {
    return posix.join(this.miniprogramRoot, path);
  }

  has(path: string): boolean {
    return existsSync(this.absolute(path));
  }

  read(path: string): string | undefined {
    const absolute = this.absolute(path);
    return existsSync(absolute) && lstatSync(absolute).isFile() ? readFileSync(absolute, 'utf8') : undefined;
  }

  /** A JSON object of the mini program; undefined when it is missing or broken (the build reports that). */
  json(path: string): Json | undefined {
    const text = this.read(path);
    return text === undefined ? undefined : parseObject(text);
  }
}

function parseObject(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
  } catch {
    return undefined;
  }
}

function listFiles(root: string): { readonly files: string[]; readonly links: string[] } {
  const files: string[] = [];
  const links: string[] = [];
  if (!existsSync(root)) return { files, links };
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const path = relative(root, join(entry.parentPath, entry.name)).split('\\').join('/');
    if (`${path}/`.startsWith('miniprogram_npm/')) continue;
    if (entry.isSymbolicLink()) links.push(path);
    else if (entry.isFile()) files.push(path);
  }
  return { files: files.sort(), links };
}
