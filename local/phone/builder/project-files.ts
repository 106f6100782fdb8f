/**
 * Reads the mini program's tree the way WeChat sees it after npm packing: paths are relative to its root,
 * and `miniprogram_npm/<package>/` shows the package's own mini program build.
 * Refuses nothing itself; a missing file is `undefined` and the caller says who asked for it.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';

const NPM_ROOT = 'miniprogram_npm/';

interface CachedText {
  readonly modified: number;
  readonly text: string;
}

export class ProjectFiles {
  private readonly packages = new Map<string, string | undefined>();
  private readonly texts = new Map<string, CachedText>();
  /** Paths that were read since this object was made: what the mini program consists of. */
  readonly used = new Set<string>();

  constructor(readonly root: string) {}

  /** Absolute path of a file of the mini program, or undefined where there is none. */
  locate(path: string): string | undefined {
    const own = join(this.root, path);
    if (isFile(own)) return own;
    if (!path.startsWith(NPM_ROOT)) return undefined;
    const [name, rest] = splitPackagePath(path.slice(NPM_ROOT.length));
    const folder = this.packageFolder(name);
    if (folder === undefined) return undefined;
    const packed = join(folder, rest);
    return isFile(packed) ? packed : undefined;
  }

  has(path: string): boolean {
    return this.locate(path) !== undefined;
  }

  /** Text of a file; read again only when its modification time changed. */
  read(path: string): string | undefined {
    const absolute = this.locate(path);
    if (absolute === undefined) return undefined;
    this.used.add(path);
    const modified = statSync(absolute).mtimeMs;
    const cached = this.texts.get(absolute);
    if (cached?.modified === modified) return cached.text;
    const text = readFileSync(absolute, 'utf8');
    this.texts.set(absolute, { modified, text });
    return text;
  }

  /** Resolves a relative or absolute reference against the file that makes it. */
  static resolve(from: string, reference: string): string {
    if (reference.startsWith('/')) return posix.normalize(reference.slice(1));
    return posix.normalize(posix.join(posix.dirname(from), reference));
  }

  /** Folders `miniprogram_npm` that a file at this path may use, nearest first. */
  static npmFolders(from: string): string[] {
    const folders: string[] = [];
    for (let folder = posix.dirname(from); ; folder = posix.dirname(folder)) {
      const base = folder === '.' ? '' : `${folder}/`;
      if (!base.endsWith(NPM_ROOT)) folders.push(`${base}${NPM_ROOT}`);
      if (folder === '.') return folders;
    }
  }

  /** The mini program build of an npm package (its `miniprogram` field), found upwards from the project. */
  private packageFolder(name: string): string | undefined {
    if (!this.packages.has(name)) this.packages.set(name, findPackage(this.root, name));
    return this.packages.get(name);
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function splitPackagePath(path: string): [name: string, rest: string] {
  const parts = path.split('/');
  const length = path.startsWith('@') ? 2 : 1;
  return [parts.slice(0, length).join('/'), parts.slice(length).join('/')];
}

function findPackage(from: string, name: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const manifest = join(folder, 'node_modules', name, 'package.json');
    if (existsSync(manifest)) {
      const { miniprogram } = JSON.parse(readFileSync(manifest, 'utf8')) as { miniprogram?: string };
      return miniprogram === undefined ? undefined : join(dirname(manifest), miniprogram);
    }
    if (dirname(folder) === folder) return undefined;
  }
}
