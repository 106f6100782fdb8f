/** What WXSS means in a browser document. */
import { compileStyle, type StyleOwner } from '../../../local/phone/builder/compile-style';
import { ProjectFiles } from '../../../local/phone/builder/project-files';
import { ProjectTree, type Tree } from './project-tree';

const APP: StyleOwner = { kind: 'app' };
const PAGE: StyleOwner = { kind: 'page', path: 'pages/a/a' };
const COMPONENT: StyleOwner = { kind: 'component' };
const ON_PAGE = ':where(wx-page[data-route="pages/a/a"])';

function compile(tree: Tree, owner: StyleOwner = APP): ReturnType<typeof compileStyle> {
  const project = new ProjectTree(tree);
  try {
    return compileStyle(new ProjectFiles(project.root), 'a.wxss', owner);
  } finally {
    project.dispose();
  }
}

const css = (wxss: string, owner: StyleOwner = APP): string => compile({ 'a.wxss': wxss }, owner).css;

test.each([
  ['750 rpx are the screen', 'a{width:750rpx}', 'a{width:100vw}'],
  ['fractions and signs', 'a{margin:-7.5rpx .75rpx}', 'a{margin:-1vw 0.1vw}'],
  [
    'inside functions and defaults',
    'a{width:calc(100% - var(--x, 15rpx))}',
    'a{width:calc(100% - var(--x, 2vw))}',
  ],
  ['px stay', 'a{width:12px}', 'a{width:12px}'],
  ['vh counts without the bars', 'a{height:50vh}', 'a{height:calc(var(--phone-vh) * 50)}'],
  ['safe area', 'a{top:env(safe-area-inset-top)}', 'a{top:var(--phone-safe-top)}'],
  [
    'safe area with a default',
    'a{top:env(safe-area-inset-bottom, 3px)}',
    'a{top:var(--phone-safe-bottom, 3px)}',
  ],
  ['media queries too', '@media (min-width: 750rpx){a{top:0}}', '@media (min-width: 100vw){a{top:0}}'],
  ['keyframes too', '@keyframes k{50%{left:75rpx}}', '@keyframes k{50%{left:10vw}}'],
])('lengths: %s', (_, wxss, expected) => {
  expect(css(wxss)).toBe(expected);
});

test.each([
  ['tags get the phone’s names', APP, 'page view > text::after{}', 'wx-page wx-view > wx-text::after{}'],
  ['other tags stay', APP, 't-button{}', 't-button{}'],
  ['ids match with their owner’s prefix', APP, '#a.b{}', ':is([id$="--a"],#phone-never).b{}'],
  ['a page’s rules stay on it', PAGE, '.a, .b .c{}', `${ON_PAGE} .a, ${ON_PAGE} .b .c{}`],
  ['its page tag is its own root', PAGE, 'page .a{}', 'wx-page:where([data-route="pages/a/a"]) .a{}'],
  ['classes wait for their scope', COMPONENT, '.a.b > .c{}', '.__SCOPE__a.__SCOPE__b > .__SCOPE__c{}'],
  ['so does the host', COMPONENT, ':host .a{}', '[wx-host="__HOST__"] .__SCOPE__a{}'],
  ['keyframe steps are no selectors', COMPONENT, '@keyframes k{from{top:0}}', '@keyframes k{from{top:0}}'],
])('selectors: %s', (_, owner, wxss, expected) => {
  expect(css(wxss, owner)).toBe(expected);
});

test.each([
  [
    'the phone’s theme decides',
    APP,
    '@media (prefers-color-scheme: dark){page{--a:1}.b{top:0}}',
    ':where(html[data-theme="dark"]) wx-page{--a:1}:where(html[data-theme="dark"]) .b{top:0}',
  ],
  [
    'beside other conditions',
    APP,
    '@media (prefers-color-scheme: light) and (min-width: 300px){.b{top:0}}',
    '@media (min-width: 300px){:where(html[data-theme="light"]) .b{top:0}}',
  ],
  [
    'on a page',
    PAGE,
    '@media (prefers-color-scheme: dark){.b{top:0}}',
    `:where(html[data-theme="dark"]) ${ON_PAGE} .b{top:0}`,
  ],
])('dark mode: %s', (_, owner, wxss, expected) => {
  expect(css(wxss, owner)).toBe(expected);
});

test('imports are inlined in their place, relative and from the root', () => {
  const { css: result, sources } = compile({
    'a.wxss': '@import "./b/b.wxss";\n@import "/c.wxss";\n.a{top:0}',
    'b/b.wxss': '@import "../c.wxss";\n.b{top:1px}',
    'c.wxss': '.c{top:2px}',
  });
  expect(result.replace(/\s/g, '')).toBe('.c{top:2px}.b{top:1px}.c{top:2px}.a{top:0}');
  expect(sources).toEqual(['a.wxss', 'b/b.wxss', 'c.wxss', 'c.wxss']);
});

test('an import that is missing and imports in a circle are reported, the rest stands', () => {
  const missing = compile({ 'a.wxss': '@import "./none.wxss"; .a{top:0}' });
  expect(missing.problems).toEqual(['imported style sheet is missing: none.wxss']);
  expect(missing.css).toContain('.a{top:0}');
  const circle = compile({ 'a.wxss': '@import "./b.wxss";', 'b.wxss': '@import "./a.wxss"; .b{top:0}' });
  expect(circle.problems).toEqual(['style sheets import each other: a.wxss']);
  expect(circle.css).toContain('.b{top:0}');
});

test('fonts from other hosts are left out, own ones stay', () => {
  const { css: result, problems } = compile({
    'a.wxss':
      '@font-face{font-family:a;src:url(https://cdn.example/a.woff)} @font-face{font-family:b;src:url(data:font/woff2;base64,AA)}',
  });
  expect(result).toBe('@font-face{font-family:b;src:url(data:font/woff2;base64,AA)}');
  expect(problems).toHaveLength(1);
});
