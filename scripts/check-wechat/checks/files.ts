/**
 * Pictures that are named and missing, files that nobody uses. WeChat reports neither.
 * A picture may be named with a gap (`/images/{{name}}.svg`); then one fitting file must exist.
 * Files of the kernel that only the cloud functions use count as used.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { type CheckedProject } from '../checked-project';
import { type Finding, lineAt } from '../finding';

const CHECK = 'files';
const ASSET = 'png|jpe?g|gif|svg|webp|mp3|wav|m4a';
/** A path in quotes or `url()` that ends like a picture or a sound; `{{…}}` and `${…}` are gaps. */
const REFERENCE = new RegExp(
  `(["'\`(])((?:\\.{0,2}/)(?:[\\w@./-]|\\{\\{[^}]*\\}\\}|\\$\\{[^}]*\\})+\\.(?:${ASSET}))(?=["'\`)])`,
  'g',
);
const STYLE_PICTURE = new RegExp(`url\\(\\s*["']?(?!data:|https?:)([^"')]+\\.(?:${ASSET}))`, 'g');
const SPECIFIER = /(?:\bfrom|\bimport|\brequire\s*\()\s*\(?(['"])(\.[^'"\n]+)\1/g;
const TEXT = /\.(wxml|ts|js|json|wxs)$/;
/** Configuration that WeChat reads by name. */
const KNOWN = new Set(['app.json', 'sitemap.json', 'theme.json', 'package.json', 'tsconfig.json']);

export function checkFiles(project: CheckedProject): Finding[] {
  const { findings, used } = assets(project);
  const reachable = new Set([...project.used, ...used, ...typeOnly(project), ...usedOutside(project)]);
  const ignored = ignoredSuffixes(project);
  for (const path of project.files) {
    if (reachable.has(path) || KNOWN.has(path) || path.endsWith('.d.ts')) continue;
    if (ignored.some((suffix) => path.endsWith(suffix))) continue;
    findings.push({ check: CHECK, path: project.display(path), message: 'nothing uses this file' });
  }
  return findings;
}

function assets(project: CheckedProject): { readonly findings: Finding[]; readonly used: Set<string> } {
  const findings: Finding[] = [];
  const used = new Set<string>();
  for (const path of project.files) {
    const text = TEXT.test(path) || path.endsWith('.wxss') ? (project.read(path) ?? '') : '';
    const at = (offset: number): Pick<Finding, 'check' | 'path' | 'line'> => ({
      check: CHECK,
      path: project.display(path),
      line: lineAt(text, offset),
    });
    if (path.endsWith('.wxss')) {
      for (const match of text.matchAll(STYLE_PICTURE)) {
        findings.push({
          ...at(match.index),
          message: `WeChat loads no local picture from a style sheet: ${match[1] ?? ''}`,
        });
      }
      continue;
    }
    for (const match of text.matchAll(REFERENCE)) {
      const reference = match[2] ?? '';
      const fitting = matchingFiles(project, path, reference);
      for (const file of fitting) used.add(file);
      if (fitting.length === 0)
        findings.push({ ...at(match.index), message: `file is missing: ${reference}` });
    }
  }
  for (const { path, name } of tabIcons(project)) {
    if (project.has(name)) used.add(name);
    else findings.push({ check: CHECK, path, message: `file is missing: ${name}` });
  }
  return { findings, used };
}

function matchingFiles(project: CheckedProject, from: string, reference: string): string[] {
  const gap = '\u0000';
  const plain = reference.replace(/\{\{[^}]*\}\}|\$\{[^}]*\}/g, gap);
  const target = plain.startsWith('/')
    ? plain.slice(1)
    : posix.normalize(posix.join(posix.dirname(from), plain));
  const pattern = new RegExp(
    `^${target
      .split(gap)
      .map((part) => part.replace(/[.*+?^$()|[\]\\]/g, '\\$&'))
      .join('[^/]+')}$`,
  );
  return project.files.filter((file) => pattern.test(file));
}

function tabIcons(project: CheckedProject): { readonly path: string; readonly name: string }[] {
  const list = (project.built.app.tabBar?.list ?? []) as readonly Readonly<Record<string, string>>[];
  return list
    .flatMap((tab) => [tab['iconPath'], tab['selectedIconPath']])
    .flatMap((name) => (name === undefined ? [] : [{ path: project.display('app.json'), name }]));
}

/** Scripts that only lend types leave no trace in the build, but in the sources. */
function typeOnly(project: CheckedProject): Set<string> {
  const found = new Set<string>();
  const queue = [...project.used].filter((path) => path.endsWith('.ts'));
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    for (const target of importsOf(project, path, project.read(path) ?? '')) {
      if (found.has(target)) continue;
      found.add(target);
      queue.push(target);
    }
  }
  return found;
}

/** Files of the mini program that functions and local programs import, and what those import. */
function usedOutside(project: CheckedProject): Set<string> {
  const found = new Set<string>();
  const queue: string[] = [];
  const add = (target: string): void => {
    if (found.has(target)) return;
    found.add(target);
    queue.push(target);
  };
  for (const folder of ['cloudfunctions', 'local', 'scripts']) {
    for (const file of typeScriptFiles(join(project.root, folder))) {
      importsOf(project, fromRoot(project, file), readFileSync(file, 'utf8')).forEach(add);
    }
  }
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    importsOf(project, path, project.read(path) ?? '').forEach(add);
  }
  return found;
}

/** A path outside the mini program as seen from inside: `../cloudfunctions/…`. */
function fromRoot(project: CheckedProject, file: string): string {
  return posix.relative(project.absolute(''), file);
}

function importsOf(project: CheckedProject, from: string, text: string): string[] {
  return [...text.matchAll(SPECIFIER)].flatMap((match) => {
    const root = project.absolute('');
    const base = posix.relative(root, posix.join(root, posix.dirname(from), match[2] ?? ''));
    const target = [`${base}.ts`, `${base}/index.ts`, base].find((path) => project.files.includes(path));
    return target === undefined ? [] : [target];
  });
}

function typeScriptFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
}

function ignoredSuffixes(project: CheckedProject): string[] {
  const options = project.config['packOptions'] as { readonly ignore?: readonly PackOption[] } | undefined;
  return (options?.ignore ?? []).filter(({ type }) => type === 'suffix').map(({ value }) => value);
}

interface PackOption {
  readonly type: string;
  readonly value: string;
}
