/**
 * Compiles WXML and WXS with WeChat's own template compiler (glass-easel) into one script.
 * Refuses unknown tags by name, because WeChat would draw nothing for them without a word.
 */
import { TmplGroup } from 'glass-easel-template-compiler';
import { isBuiltInTag, TEMPLATE_TAGS } from '../built-in-tags';
import { type BuildProblem } from '../built-project';
import { type ProjectFiles } from './project-files';

/** As the compiler reports them (its typings say `any`; shape read from version 0.12.1). */
interface TemplateParseError {
  readonly isError: boolean;
  readonly message: string;
  readonly startLine: number;
}

/** Warnings that WeChat's own components raise and that change nothing. */
const HARMLESS = /^(uninitialized data field|unused|deprecated)/;

export interface CompiledTemplates {
  readonly script: string;
  /** Component path → tags that its template uses, except built-in ones. */
  readonly tags: ReadonlyMap<string, ReadonlySet<string>>;
  readonly problems: readonly BuildProblem[];
}

/** @param paths components and pages whose `<path>.wxml` is wanted; imported templates follow by themselves */
export function compileTemplates(files: ProjectFiles, paths: Iterable<string>): CompiledTemplates {
  const group = new TmplGroup();
  const problems: BuildProblem[] = [];
  const tags = new Map<string, ReadonlySet<string>>();
  const queue = [...paths].map((path) => ({ path, from: undefined as string | undefined }));
  const scripts = new Set<string>();
  const done = new Set<string>();
  try {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const { path, from } = next;
      if (done.has(path)) continue;
      done.add(path);
      const source = files.read(`${path}.wxml`);
      if (source === undefined) {
        problems.push({ severity: 'error', path: from ?? path, message: `template ${path}.wxml is missing` });
        continue;
      }
      for (const found of group.addTmpl(path, source) as TemplateParseError[]) {
        if (HARMLESS.test(found.message)) continue;
        problems.push({
          severity: found.isError ? 'error' : 'warning',
          path: `${path}.wxml`,
          line: found.startLine + 1,
          message: found.message,
        });
      }
      tags.set(path, usedTags(group, path));
      for (const imported of group.getDirectDependencies(path) as string[]) {
        queue.push({ path: imported, from: `${path}.wxml` });
      }
      for (const script of group.getScriptDependencies(path) as string[]) {
        addScript(files, group, script, `${path}.wxml`, scripts, problems);
      }
    }
    return { script: group.getTmplGenObjectGroups(), tags, problems };
  } finally {
    group.free();
  }
}

function usedTags(group: TmplGroup, path: string): ReadonlySet<string> {
  const tags = new Set<string>();
  for (const match of group.getTmplGenObject(path).matchAll(/\bE\("([^"]+)"/g)) {
    const tag = match[1] ?? '';
    if (!isBuiltInTag(tag) && !TEMPLATE_TAGS.has(tag)) tags.add(tag);
  }
  return tags;
}

function addScript(
  files: ProjectFiles,
  group: TmplGroup,
  path: string,
  from: string,
  done: Set<string>,
  problems: BuildProblem[],
): void {
  if (done.has(path)) return;
  done.add(path);
  const source = files.read(`${path}.wxs`);
  if (source === undefined) {
    problems.push({ severity: 'error', path: from, message: `script ${path}.wxs is missing` });
    return;
  }
  // The compiler registers scripts without their extension, but leaves the references as written.
  const references = [...source.matchAll(/\brequire\(\s*(['"])([^'"]+?)(?:\.wxs)?\1\s*\)/g)];
  group.addScript(path, source.replace(/\brequire\(\s*(['"])([^'"]+?)\.wxs\1\s*\)/g, 'require($1$2$1)'));
  for (const [, , reference] of references) {
    if (reference === undefined) continue;
    const target = new URL(reference, `file:///${path}`).pathname.slice(1);
    addScript(files, group, target, `${path}.wxs`, done, problems);
  }
}
