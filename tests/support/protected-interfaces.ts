/**
 * Which interfaces of the mini program WeChat protects by the privacy guideline, read from the sources: a page that can
 * reach one must be able to ask (`components/privacy-gate`), and the guideline must declare it.
 * Refuses to know what the interfaces are for.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const ROOT = join(__dirname, '../../miniprogram');

/** Of WeChat's list, what a program like this one may use (用户隐私保护指引内容介绍); scanning a code is not on it. */
const PROTECTED =
  /\bwx\.(setClipboardData|getClipboardData|chooseMedia|chooseImage|chooseVideo|chooseMessageFile|saveImageToPhotosAlbum|saveVideoToPhotosAlbum)\b|<camera\b/g;

export interface PageSources {
  /** E.g. operator/members. */
  readonly name: string;
  readonly template: string;
  /** Interfaces that its template or any module behind its script uses. */
  readonly protectedInterfaces: readonly string[];
}

/** Every page of every package. */
export function allPages(): readonly PageSources[] {
  const app = JSON.parse(read(join(ROOT, 'app.json'))) as {
    readonly pages: readonly string[];
    readonly subPackages: readonly { readonly root: string; readonly pages: readonly string[] }[];
  };
  const paths = [
    ...app.pages,
    ...app.subPackages.flatMap(({ root, pages }) => pages.map((page) => `${root}/${page}`)),
  ];
  return paths.map((path) => {
    const template = read(join(ROOT, `${path}.wxml`));
    const modules = [...modulesBehind(join(ROOT, `${path}.ts`))];
    return {
      name: dirname(path),
      template,
      protectedInterfaces: interfacesIn([template, ...modules.map(read)]),
    };
  });
}

/** Those of the whole mini program. */
export function protectedInterfaces(): string[] {
  const files = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).map((file) => join(ROOT, file));
  return interfacesIn(files.filter((file) => /\.(ts|wxml)$/.test(file) && statSync(file).isFile()).map(read));
}

function interfacesIn(sources: readonly string[]): string[] {
  const found = sources.flatMap((source) => [...source.matchAll(PROTECTED)].map(([name]) => name));
  return [...new Set(found.map((name) => (name === '<camera' ? '<camera>' : name)))].sort();
}

/** The module with everything that it imports, directly or through others. */
function modulesBehind(file: string, known: Set<string> = new Set()): Set<string> {
  if (known.has(file)) return known;
  known.add(file);
  for (const [, path] of read(file).matchAll(/\bfrom '(\.[^']+)'/g)) {
    const target = resolve(dirname(file), path!);
    const found = [`${target}.ts`, join(target, 'index.ts')].find((one) => existsSync(one));
    if (found !== undefined) modulesBehind(found, known);
  }
  return known;
}

function read(file: string): string {
  return readFileSync(file, 'utf8');
}
