/** The walk through a mini program: what it finds, how it reports what is missing, what it builds again. */
import { ProjectBuilder } from '../../../local/phone/builder/build-project';
import { type BuiltProject } from '../../../local/phone/built-project';
import { EMPTY_PROJECT, ProjectTree, type Tree } from './project-tree';

const component = (using: object = {}): string => JSON.stringify({ component: true, usingComponents: using });

function build(tree: Tree): BuiltProject {
  const project = new ProjectTree({ ...EMPTY_PROJECT, ...tree });
  try {
    return new ProjectBuilder(project.root).build();
  } finally {
    project.dispose();
  }
}

const messages = (built: BuiltProject): string[] =>
  built.problems.map(({ path, message }) => `${path}: ${message.split('\n')[0] ?? ''}`);

test('the least project builds without a word', () => {
  const built = build({});
  expect(built.problems).toEqual([]);
  expect(Object.keys(built.pages)).toEqual(['pages/home/home']);
  expect(Object.keys(built.scripts).sort()).toEqual(['app.js', 'pages/home/home.js']);
});

test('components are found relative, from the root, in index files, globally and in npm packages', () => {
  const built = build({
    'app.json': JSON.stringify({
      pages: ['pages/home/home'],
      usingComponents: { 'x-global': '/components/global' },
    }),
    'pages/home/home.json': JSON.stringify({
      usingComponents: {
        'x-relative': '../../components/relative',
        'x-absolute': '/components/absolute',
        'x-index': '/components/index',
        'x-npm': 'own-package/button/button',
      },
    }),
    'pages/home/home.wxml': '<x-relative /><x-absolute /><x-index /><x-npm /><x-global />',
    ...Object.fromEntries(
      ['components/relative', 'components/absolute', 'components/index/index', 'components/global'].flatMap(
        (path) => [
          [`${path}.json`, component()],
          [`${path}.wxml`, '<view />'],
          [`${path}.ts`, 'Component({});'],
        ],
      ),
    ),
    'node_modules/own-package/package.json': JSON.stringify({ miniprogram: 'dist' }),
    'node_modules/own-package/dist/button/button.json': component({ 'x-part': '../part/part' }),
    'node_modules/own-package/dist/button/button.wxml': '<x-part />',
    'node_modules/own-package/dist/button/button.js':
      'import { name } from "../name"; Component({ data: { name } });',
    'node_modules/own-package/dist/name.js': 'export const name = "npm";',
    'node_modules/own-package/dist/part/part.json': component(),
    'node_modules/own-package/dist/part/part.wxml': '<view />',
    'node_modules/own-package/dist/part/part.js': 'Component({});',
  });
  expect(messages(built)).toEqual([]);
  expect(built.components['pages/home/home']?.usingComponents).toEqual({
    'x-global': 'components/global',
    'x-relative': 'components/relative',
    'x-absolute': 'components/absolute',
    'x-index': 'components/index/index',
    'x-npm': 'miniprogram_npm/own-package/button/button',
  });
  expect(built.components).toHaveProperty(['miniprogram_npm/own-package/part/part']);
  expect(built.scripts).toHaveProperty(['miniprogram_npm/own-package/name.js']);
});

test('pages of sub-packages, their settings over the app’s', () => {
  const built = build({
    'app.json': JSON.stringify({
      pages: ['pages/home/home'],
      subPackages: [{ root: 'operator', pages: ['list/list'] }],
      window: { navigationBarTitleText: 'app', backgroundColor: '#fff' },
    }),
    'operator/list/list.json': JSON.stringify({ navigationBarTitleText: 'list' }),
    'operator/list/list.ts': 'Page({});',
    'operator/list/list.wxml': '<view />',
  });
  expect(built.pages['operator/list/list']).toEqual({
    navigationBarTitleText: 'list',
    backgroundColor: '#fff',
  });
});

test('only types that are imported leave no module behind', () => {
  const built = build({
    'pages/home/home.ts':
      "import { Shape } from '../../shape';\nconst shape: Shape = { a: 1 };\nPage({ data: shape });",
    'shape.ts': 'export interface Shape { a: number }',
  });
  expect(Object.keys(built.scripts).sort()).toEqual(['app.js', 'pages/home/home.js']);
});

test.each<[string, Tree, string]>([
  ['no app.json', { 'app.json': '{' }, 'app.json: '],
  [
    'component',
    { 'pages/home/home.json': '{"usingComponents":{"x-a":"./a"}}' },
    'component <x-a> is missing: ./a',
  ],
  ['unknown tag', { 'pages/home/home.wxml': '<x-a />' }, 'pages/home/home.wxml: unknown tag <x-a>'],
  [
    'module',
    { 'pages/home/home.ts': "import './a'; Page({});" },
    'pages/home/home.ts: module is missing: ./a',
  ],
  ['script', { 'app.json': '{"pages":["pages/home/home","pages/b/b"]}' }, 'pages/b/b: script is missing'],
  ['template', { 'pages/home/home.wxml': '<import src="./a" />' }, 'pages/home/a.wxml is missing'],
  ['WXS', { 'pages/home/home.wxml': '<wxs src="./a.wxs" module="a" />' }, 'pages/home/a.wxs is missing'],
  [
    'syntax',
    { 'pages/home/home.ts': 'Page({' },
    'pages/home/home.ts: Expected identifier but found end of file',
  ],
  ['style', { 'pages/home/home.wxss': '.a {' }, 'pages/home/home.wxss: '],
])('what is missing or broken is reported with its place: %s', (_, tree, message) => {
  expect(messages(build(tree))).toContainEqual(expect.stringContaining(message));
});

test('a change is built, and only what changed is compiled again', () => {
  const project = new ProjectTree(EMPTY_PROJECT);
  try {
    const builder = new ProjectBuilder(project.root);
    const before = builder.build();
    project.write({ 'pages/home/home.ts': 'Page({ data: { changed: true } });' });
    const after = builder.build();
    expect(after.scripts['pages/home/home.js']?.code).toContain('changed');
    expect(after.scripts['app.js']?.code).toBe(before.scripts['app.js']?.code);
  } finally {
    project.dispose();
  }
});
