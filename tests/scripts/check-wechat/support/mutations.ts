/**
 * Ways in which a mini program breaks. Each picks its victim with a seeded choice, so that a run can be repeated and
 * another seed breaks another file, and names what must be said about it.
 */
import { type ProjectCopy } from './project-copy';

export interface Mutation {
  readonly kind: string;
  readonly apply: (copy: ProjectCopy, choose: Choose) => void;
  readonly check: string;
  readonly message: RegExp;
}

/** Picks one of several, always the same for the same seed. */
export type Choose = <T>(items: readonly T[]) => T;

export function seededChoice(seed: number): Choose {
  let state = seed >>> 0;
  return (items) => {
    // mulberry32
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    const index = ((mixed ^ (mixed >>> 14)) >>> 0) % items.length;
    return items[index]!;
  };
}

const PAGES = ['gallery/gallery', 'index/index', 'form/form', 'camera/camera', 'device/device'].map(
  (name) => `miniprogram/pages/${name}`,
);
const COMPONENTS = ['greeting/greeting', 'badge/badge'].map((name) => `miniprogram/components/${name}`);
const STYLES = ['app.wxss', 'styles/tokens.wxss', 'pages/form/form.wxss', 'components/badge/badge.wxss'].map(
  (name) => `miniprogram/${name}`,
);
const prepend = (text: string) => (before: string) => `${text}\n${before}`;
const append = (text: string) => (before: string) => `${before}\n${text}\n`;

export const MUTATIONS: readonly Mutation[] = [
  {
    kind: 'JSON that cannot be parsed',
    apply: (copy, choose) => {
      copy.edit(`${choose([...PAGES, ...COMPONENTS])}.json`, (text) => text.replace(/\}\s*$/, ''));
    },
    check: 'sources',
    message: /JSON/,
  },
  {
    kind: 'unclosed tag',
    apply: (copy, choose) => {
      copy.edit(`${choose(PAGES)}.wxml`, append('<view><text>'));
    },
    check: 'sources',
    message: /end tag/,
  },
  {
    kind: 'broken expression',
    apply: (copy, choose) => {
      copy.edit(`${choose(PAGES)}.wxml`, append('<view>{{a.}}</view>'));
    },
    check: 'sources',
    message: /identifier/,
  },
  {
    kind: 'unknown tag',
    apply: (copy, choose) => {
      copy.edit(`${choose(PAGES)}.wxml`, append('<x-nobody />'));
    },
    check: 'sources',
    message: /unknown tag <x-nobody>/,
  },
  {
    kind: 'missing component',
    apply: (copy, choose) => {
      copy.editJson(`${choose(PAGES)}.json`, (json) => ({
        ...json,
        usingComponents: { 'x-gone': './gone' },
      }));
    },
    check: 'sources',
    message: /component <x-gone> is missing/,
  },
  {
    kind: 'missing module',
    apply: (copy, choose) => {
      copy.edit(`${choose(PAGES)}.ts`, prepend("import { gone } from './gone';\nconsole.log(gone);"));
    },
    check: 'sources',
    message: /module is missing: \.\/gone/,
  },
  {
    kind: 'script that cannot be parsed',
    apply: (copy, choose) => {
      copy.edit(`${choose([...PAGES, ...COMPONENTS])}.ts`, append('const = 1;'));
    },
    check: 'sources',
    message: /Expected identifier/,
  },
  {
    kind: 'missing template',
    apply: (copy, choose) => {
      copy.edit(`${choose(PAGES)}.wxml`, prepend('<import src="./gone.wxml" />'));
    },
    check: 'sources',
    message: /template .*gone\.wxml is missing/,
  },
  {
    kind: 'missing WXS',
    apply: (copy, choose) => {
      copy.edit(`${choose(PAGES)}.wxml`, prepend('<wxs src="./gone.wxs" module="gone" />'));
    },
    check: 'sources',
    message: /gone\.wxs is missing/,
  },
  {
    kind: 'missing style sheet',
    apply: (copy, choose) => {
      copy.edit(choose(STYLES), prepend("@import './gone.wxss';"));
    },
    check: 'sources',
    message: /imported style sheet is missing/,
  },
  {
    kind: 'style sheet that cannot be parsed',
    apply: (copy, choose) => {
      copy.edit(choose(STYLES), append('.a { color: red'));
    },
    check: 'sources',
    message: /Unclosed block/,
  },
  {
    kind: 'type import',
    apply: (copy, choose) => {
      copy.edit(`${choose(PAGES)}.ts`, prepend("import type { remember } from '../../scripts/memory';"));
    },
    check: 'script rules',
    message: /plain import/,
  },
  {
    kind: 'type import beside others',
    apply: (copy, choose) => {
      copy.edit(`${choose(PAGES)}.ts`, prepend("import { type remember } from '../../scripts/memory';"));
    },
    check: 'script rules',
    message: /plain import/,
  },
  {
    kind: 'import of a local tool',
    apply: (copy, choose) => {
      copy.edit(`${choose(PAGES)}.ts`, prepend("import '../../../local/phone/start-phone';"));
    },
    check: 'script rules',
    message: /outside the mini program/,
  },
  {
    kind: 'script of a subpackage in the main package',
    apply: (copy, choose) => {
      copy.write('miniprogram/library/titles.ts', "export const TITLE = '列表';");
      copy.edit(
        `${choose(PAGES)}.ts`,
        prepend("import { TITLE } from '../../library/titles';\nconsole.log(TITLE);"),
      );
    },
    check: 'subpackage reach',
    message: /takes library\/titles\.js out of the subpackage library\//,
  },
  {
    kind: 'component of a subpackage in the main package',
    apply: (copy, choose) => {
      for (const extension of ['json', 'ts', 'wxml', 'wxss']) {
        const badge = copy.read(`miniprogram/components/badge/badge.${extension}`);
        copy.write(`miniprogram/library/badge/badge.${extension}`, badge);
      }
      copy.editJson(`${choose(PAGES)}.json`, (json) => ({
        ...json,
        usingComponents: { ...(json['usingComponents'] as object), 'x-badge': '/library/badge/badge' },
      }));
    },
    check: 'subpackage reach',
    message: /takes library\/badge\/badge out of the subpackage library\//,
  },
  {
    kind: 'missing picture in a template',
    apply: (copy, choose) => {
      copy.edit(`${choose(PAGES)}.wxml`, append('<image src="/images/gone.png" />'));
    },
    check: 'files',
    message: /file is missing: \/images\/gone\.png/,
  },
  {
    kind: 'missing picture with a gap in its name',
    apply: (copy, choose) => {
      copy.edit(`${choose(PAGES)}.wxml`, append('<image src="/images/step-{{n}}.svg" />'));
    },
    check: 'files',
    message: /file is missing/,
  },
  {
    kind: 'missing picture in a script',
    apply: (copy, choose) => {
      copy.edit(`${choose(PAGES)}.ts`, append("export const SHARE = '/images/gone.jpg';"));
    },
    check: 'files',
    message: /file is missing/,
  },
  {
    kind: 'picture in a style sheet',
    apply: (copy, choose) => {
      copy.edit(choose(STYLES), append('.a { background-image: url(/images/mark.png); }'));
    },
    check: 'files',
    message: /no local picture/,
  },
  {
    kind: 'file that nobody uses',
    apply: (copy, choose) => {
      copy.write(`miniprogram/${choose(['images/old.png', 'scripts/old.ts', 'pages/old/old.wxml'])}`, ' ');
    },
    check: 'files',
    message: /nothing uses this file/,
  },
  {
    kind: 'page that app.json forgot',
    apply: (copy, choose) => {
      const page = choose(PAGES).replace('miniprogram/', '');
      copy.editJson('miniprogram/app.json', (json) => ({
        ...json,
        pages: (json['pages'] as string[]).filter((path) => path !== page),
      }));
    },
    check: 'files',
    message: /nothing uses this file/,
  },
  {
    kind: 'page that does not exist',
    apply: (copy) => {
      copy.editJson('miniprogram/app.json', (json) => ({
        ...json,
        pages: [...(json['pages'] as string[]), 'pages/gone/gone'],
      }));
    },
    check: 'configuration',
    message: /page has no template: pages\/gone\/gone/,
  },
  {
    kind: 'page listed twice',
    apply: (copy, choose) => {
      const page = choose(PAGES).replace('miniprogram/', '');
      copy.editJson('miniprogram/app.json', (json) => ({
        ...json,
        pages: [...(json['pages'] as string[]), page],
      }));
    },
    check: 'configuration',
    message: /listed twice/,
  },
  {
    kind: 'page without a title',
    apply: (copy, choose) => {
      copy.edit(`${choose(PAGES)}.json`, (text) => text.replace(/"navigationBarTitleText": ?"[^"]*",?/, ''));
    },
    check: 'configuration',
    message: /no title/,
  },
  {
    kind: 'permission that WeChat does not know',
    apply: (copy) => {
      copy.editJson('miniprogram/app.json', (json) => ({
        ...json,
        permission: { 'scope.camera': { desc: '拍照' } },
      }));
    },
    check: 'configuration',
    message: /permission\.scope\.camera/,
  },
  {
    kind: 'mistyped or forgotten setting',
    apply: (copy, choose) => {
      const key = choose([
        'componentFramework',
        'lazyCodeLoading',
        '__usePrivacyCheck__',
        'darkmode',
        'style',
      ]);
      copy.editJson('miniprogram/app.json', ({ [key]: value, ...rest }) => ({ ...rest, [`${key}s`]: value }));
    },
    check: 'configuration',
    message: /Invalid key/,
  },
  {
    kind: 'sitemap that is not there',
    apply: (copy) => {
      copy.remove('miniprogram/sitemap.json');
    },
    check: 'configuration',
    message: /sitemapLocation/,
  },
  {
    kind: 'theme variable for one theme only',
    apply: (copy, choose) => {
      const theme = choose(['light', 'dark']);
      copy.editJson('miniprogram/theme.json', (json) => ({
        ...json,
        [theme]: { bar: '#000000', barText: 'white' },
      }));
    },
    check: 'configuration',
    message: /@background is not defined/,
  },
  {
    kind: 'component that does not say so',
    apply: (copy, choose) => {
      copy.editJson(`${choose(COMPONENTS)}.json`, () => ({ usingComponents: {} }));
    },
    check: 'configuration',
    message: /"component": true/,
  },
  {
    kind: 'real appid in the committed configuration',
    apply: (copy) => {
      copy.editJson('project.config.json', (json) => ({ ...json, appid: 'wx0123456789abcdef' }));
    },
    check: 'configuration',
    message: /touristappid/,
  },
  {
    kind: 'TypeScript switched off',
    apply: (copy) => {
      copy.editJson('project.config.json', (json) => ({
        ...json,
        setting: { ...(json['setting'] as object), useCompilerPlugins: [] },
      }));
    },
    check: 'configuration',
    message: /typescript/,
  },
  {
    kind: 'syntax that the old template compiler rejects',
    apply: (copy, choose) => {
      const expression = choose(['{{a?.b}}', '{{a ?? b}}', '{{`a`}}', '{{list.map(x => x)}}']);
      copy.edit(`${choose(PAGES)}.wxml`, append(`<view class="${expression}" />`));
    },
    check: 'old compilers',
    message: /wcc/,
  },
  {
    kind: 'modern script in WXS',
    apply: (copy) => {
      copy.write(
        'miniprogram/components/greeting/punctuation.wxs',
        'module.exports = { mark: (() => `！`)() };',
      );
    },
    check: 'old compilers',
    message: /wcc/,
  },
  {
    kind: 'nested style rules',
    apply: (copy, choose) => {
      copy.edit(choose(STYLES), append('.a { .b { color: red; } }'));
    },
    check: 'old compilers',
    message: /wcsc/,
  },
  {
    kind: 'files packed from outside',
    apply: (copy) => {
      copy.editJson('project.config.json', (json) => ({
        ...json,
        packOptions: { ignore: [], include: [{ type: 'folder', value: 'local' }] },
      }));
    },
    check: 'local reach',
    message: /packOptions\.include/,
  },
];
