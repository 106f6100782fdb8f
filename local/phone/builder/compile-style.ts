/**
 * Turns WXSS into CSS that means the same inside one browser document.
 *
 * - `rpx` becomes `vw` (750 rpx are the screen's width); `vh` and the safe area become variables,
 *   because the phone's bars belong to the same document.
 * - Tag names become the phone's element names; ids match with the owner's prefix.
 * - A component's classes carry a marker that the browser replaces by the component's scope, because
 *   `styleIsolation` may be set in script and is known only when the component registers.
 * - A page's rules apply to that page only, without changing their specificity (`:where`).
 * - `prefers-color-scheme` follows the phone's switch, not the computer's.
 *
 * Refuses fonts from other hosts: the phone works without a network, and so must the mini program.
 */
import postcss, { type AtRule, type Root, type Rule } from 'postcss';
import selectorParser from 'postcss-selector-parser';
import { elementNameOf, isBuiltInTag } from '../built-in-tags';
import { translateLengths } from '../lengths';
import { HOST_MARKER, SCOPE_MARKER } from '../scope-markers';
import { ProjectFiles } from './project-files';

export type StyleOwner =
  | { readonly kind: 'app' }
  | { readonly kind: 'page'; readonly path: string }
  | { readonly kind: 'component' };

export interface CompiledStyle {
  readonly css: string;
  /** Every style sheet that was read, for missing-file reports and tests. */
  readonly sources: readonly string[];
  readonly problems: readonly string[];
}

/** Compiles one style sheet with everything that it imports. */
export function compileStyle(files: ProjectFiles, path: string, owner: StyleOwner): CompiledStyle {
  const problems: string[] = [];
  const sources: string[] = [];
  const root = inlineImports(files, path, sources, problems, []);
  root.walkAtRules('font-face', (rule) => {
    if (/url\(\s*['"]?(https?:)?\/\//.test(rule.toString())) {
      problems.push('a font from another host was left out (the phone works without a network)');
      rule.remove();
    }
  });
  root.walkDecls((declaration) => {
    declaration.value = translateLengths(declaration.value);
  });
  root.walkRules((rule) => {
    if (isInsideKeyframes(rule)) return;
    rule.selector = translateSelector(rule.selector, owner);
  });
  moveColourScheme(root);
  root.walkAtRules('media', (rule) => {
    rule.params = translateLengths(rule.params);
  });
  return { css: root.toString(), sources, problems };
}

function inlineImports(
  files: ProjectFiles,
  path: string,
  sources: string[],
  problems: string[],
  ancestors: readonly string[],
): Root {
  const text = files.read(path);
  if (text === undefined) {
    problems.push(`imported style sheet is missing: ${path}`);
    return postcss.root();
  }
  sources.push(path);
  const root = postcss.parse(text, { from: path });
  root.walkAtRules('import', (rule) => {
    const reference = /^['"]?([^'"]+)['"]?$/.exec(rule.params.replace(/^url\(|\)$/g, ''))?.[1] ?? rule.params;
    const target = ProjectFiles.resolve(path, reference);
    if (ancestors.includes(target) || target === path)
      problems.push(`style sheets import each other: ${target}`);
    // The nodes come from another root of the same postcss; the rule does not see that.
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment
    else rule.before(inlineImports(files, target, sources, problems, [...ancestors, path]).nodes);
    rule.remove();
  });
  return root;
}

/** `@media (prefers-color-scheme: dark)` becomes a condition on the document's theme attribute. */
function moveColourScheme(root: Root): void {
  root.walkAtRules('media', (media) => {
    const match = /\(\s*prefers-color-scheme\s*:\s*(dark|light)\s*\)/.exec(media.params);
    if (!match) return;
    const theme = match[1] ?? 'light';
    media.walkRules((rule) => {
      if (isInsideKeyframes(rule)) return;
      rule.selectors = rule.selectors.map((selector) => `:where(html[data-theme="${theme}"]) ${selector}`);
    });
    const rest = media.params
      .replace(match[0], '')
      .replace(/^\s*and\s+|\s+and\s*$|\band\s+and\b/g, '')
      .trim();
    if (rest === '') media.replaceWith(media.nodes);
    else media.params = rest;
  });
}

function isInsideKeyframes(rule: Rule): boolean {
  return rule.parent?.type === 'atrule' && /keyframes$/.test((rule.parent as AtRule).name);
}

function translateSelector(selector: string, owner: StyleOwner): string {
  return selectorParser((parsed) => {
    for (const single of parsed.nodes) translateSingle(single, owner);
  }).processSync(selector);
}

function translateSingle(single: selectorParser.Selector, owner: StyleOwner): void {
  const namesPage = single.nodes.some((node) => node.type === 'tag' && node.value === 'page');
  single.walk((node) => {
    if (node.type === 'tag' && node.value !== 'html' && isBuiltInTag(node.value)) {
      node.value = elementNameOf(node.value);
    } else if (node.type === 'class' && owner.kind === 'component') {
      node.value = `${SCOPE_MARKER}${node.value}`;
    } else if (node.type === 'id') {
      // The runtime writes ids as `<owner>--<id>`; the second half keeps an id's specificity.
      node.replaceWith(verbatim(`:is([id$="--${node.value}"],#phone-never)`));
    } else if (node.type === 'pseudo' && node.value === ':host') {
      node.replaceWith(verbatim(`[wx-host="${HOST_MARKER}"]`));
    }
  });
  if (owner.kind !== 'page') return;
  const route = `wx-page[data-route="${owner.path}"]`;
  const condition = namesPage ? `:where([data-route="${owner.path}"])` : `:where(${route}) `;
  if (namesPage) {
    single.walkTags((tag) => {
      if (tag.value === elementNameOf('page')) tag.value += condition;
    });
  } else {
    const first = single.first;
    const leading = first.spaces.before;
    first.spaces.before = '';
    single.prepend(verbatim(`${leading}${condition}`));
  }
}

/** A piece of selector text; the parser has no node for text that is already right. */
function verbatim(value: string): selectorParser.Tag {
  return selectorParser.tag({ value });
}
