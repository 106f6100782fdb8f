// Typed lint plus the folder boundaries of docs/architecture.md as rules (tests/lint/boundaries.test.ts tries them).
import { readdirSync } from 'node:fs';
import { builtinModules } from 'node:module';
import js from '@eslint/js';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/** Forbids imports of the given patterns (globs or one RegExp), with the reason shown to whoever crosses the line. */
const forbid = (...patterns) => ({
  'no-restricted-imports': [
    'error',
    {
      patterns: patterns.map(([what, message]) =>
        what instanceof RegExp ? { regex: what.source, message } : { group: what, message },
      ),
    },
  ],
});
const NODE = ['node:*', ...builtinModules];
const SDK = ['wx-server-sdk', '@cloudbase/*'];
const LOCAL = ['**/local/**', '**/scripts/**', '**/tests/**'];
const PAGES = ['pages', 'services', 'platform', 'components', 'copy', 'operator'].map(
  (folder) => `**/miniprogram/${folder}/**`,
);
/** What lies in a folder, by the names under which imports know it: what is new there is forbidden from its first day. */
const entriesOf = (folder) =>
  readdirSync(new URL(folder, import.meta.url)).map((name) => name.replace(/\.\w+$/, ''));
const entriesBeside = (folder, ...allowed) => entriesOf(folder).filter((entry) => !allowed.includes(entry));
/** An import that climbs out of its folder and then enters one of these. */
const outAndInto = (entries) =>
  new RegExp(`^(?:\\.\\./)+(?:miniprogram/|cloudfunctions/)?(?:${entries.join('|')})(?:/|$)`);
/** The parts of the mini program, each with the parts that it may import. Only its subpackage may import everything. */
const MINIPROGRAM_PARTS = {
  shared: [],
  platform: ['shared'],
  copy: ['platform', 'shared'],
  services: ['config', 'copy', 'platform', 'shared'],
  components: ['services', 'copy', 'platform', 'shared'],
  pages: ['config', 'components', 'services', 'copy', 'platform', 'shared'],
};
const PAGES_RUN_IN_WECHAT = [
  [...NODE, ...SDK, ...LOCAL, '**/cloudfunctions/**'],
  'Pages run inside WeChat: no node, no SDK, no local tools.',
];
/** What a part must not import: other parts, and in the subpackage those of its folders that are pages. */
const outsideOf = (part, folder) => [
  outAndInto(entriesBeside(folder, part, ...MINIPROGRAM_PARTS[part])),
  `${part}/ imports ${['itself', ...MINIPROGRAM_PARTS[part]].join(', ')} and nothing else of the mini program.`,
];
const NO_OWN_KEYS = [
  ['**/services/request-key'],
  'A key of its own for every tap does a thing twice: what changes something goes by `send` of `attempt`.',
];
/** What Node or a browser has and WeChat's script engine lacks. */
const NOT_IN_WECHAT = [
  ...['process', 'Buffer', 'require', 'globalThis', 'window', 'document', 'localStorage', 'fetch', 'crypto'],
  ...['URL', 'URLSearchParams', 'TextEncoder', 'TextDecoder', 'structuredClone', 'atob', 'btoa', 'Intl'],
];
const DEPLOYED = [
  [LOCAL, 'Nothing local may reach a deployed function.'],
  [PAGES, 'The cloud knows the kernel, not the pages.'],
];
const ONLY_THE_PLATFORM = [
  [...SDK, '**/platform/sdk', '**/platform/database-connection'],
  'Only cloudfunctions/platform talks to the SDK.',
];
const NO_ENTRIES = [['**/functions/**'], 'Functions name the use cases, never the other way round.'];
/** An import that is only decided at run time goes around every rule above. */
const STATIC_IMPORT = {
  selector: 'ImportExpression',
  message: 'Import statically: the boundaries are checked on static imports.',
};
/** What a page keeps belongs to the page that is open: the one opened next shares its module and must not share that. */
const MODULE_STATE = {
  selector: ['[kind="let"]', ' > VariableDeclarator > NewExpression']
    .map((kept) => `:matches(Program, Program > ExportNamedDeclaration) > VariableDeclaration${kept}`)
    .join(', '),
  message: 'All instances of a page share its module: what one of them keeps stands in its state.',
};
const STATIC_IMPORTS = { 'no-restricted-syntax': ['error', STATIC_IMPORT] };
/** One such expression, and no page of the package opens there: WeChat's compilers leave it as it is. */
const LOOKBEHIND = [
  'Literal[regex.pattern=/\\(\\?<[=!]/]',
  'NewExpression[callee.name="RegExp"] > *[value=/\\(\\?<[=!]/]',
].map((selector) => ({ selector, message: 'iOS below 16.4 knows no lookbehind (caniuse.com, 2023).' }));
const WECHAT_SYNTAX = { 'no-restricted-syntax': ['error', STATIC_IMPORT, ...LOOKBEHIND] };
const PAGE_SYNTAX = { 'no-restricted-syntax': ['error', STATIC_IMPORT, ...LOOKBEHIND, MODULE_STATE] };

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'node_modules/',
      'coverage/',
      '.local/',
      'miniprogram/miniprogram_npm/',
      'tests/fixtures/',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['*.cjs', '*.mjs', 'tests/support/*.cjs'] },
        tsconfigRootDir: import.meta.dirname,
      },
      globals: { ...globals.node },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      // Pixel and matrix code indexes typed arrays that are in range by construction; a guard per read would only be
      // a branch that never runs, in the innermost loops.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
    },
  },
  {
    files: ['miniprogram/shared/**/*.ts'],
    languageOptions: { globals: {} },
    rules: {
      ...forbid(
        [
          [...NODE, ...SDK, ...LOCAL, '**/cloudfunctions/**', 'jimp'],
          'The kernel runs on the phone and in the cloud: pure TypeScript only.',
        ],
        outsideOf('shared', 'miniprogram'),
      ),
      ...WECHAT_SYNTAX,
      // What Node has and WeChat lacks, what WeChat has and Node lacks, and the way around both.
      'no-restricted-globals': [
        'error',
        ...NOT_IN_WECHAT,
        ...['wx', 'App', 'Page', 'Component', 'getApp', 'getCurrentPages', 'setTimeout', 'setInterval'],
      ],
    },
  },
  {
    files: ['miniprogram/**/*.ts'],
    ignores: ['miniprogram/shared/**'],
    rules: {
      ...forbid(PAGES_RUN_IN_WECHAT),
      ...WECHAT_SYNTAX,
      'no-restricted-globals': ['error', ...NOT_IN_WECHAT],
    },
  },
  ...['platform', 'copy', 'services', 'components'].map((part) => ({
    files: [`miniprogram/${part}/**/*.ts`],
    rules: forbid(PAGES_RUN_IN_WECHAT, outsideOf(part, 'miniprogram')),
  })),
  {
    files: ['miniprogram/pages/**/*.ts'],
    rules: forbid(PAGES_RUN_IN_WECHAT, outsideOf('pages', 'miniprogram'), NO_OWN_KEYS),
  },
  {
    files: ['miniprogram/operator/**/*.ts'],
    rules: forbid(PAGES_RUN_IN_WECHAT, NO_OWN_KEYS),
  },
  {
    files: ['miniprogram/pages/**/*.ts', 'miniprogram/operator/**/*.ts'],
    ignores: ['miniprogram/operator/{services,platform}/**'],
    rules: PAGE_SYNTAX,
  },
  {
    files: ['miniprogram/*.ts'],
    rules: forbid(PAGES_RUN_IN_WECHAT, [
      ['./operator/**'],
      'The main package loads before the subpackage, and without it.',
    ]),
  },
  ...['platform', 'services', 'components'].map((part) => ({
    files: [`miniprogram/operator/${part}/**/*.ts`],
    rules: forbid(
      PAGES_RUN_IN_WECHAT,
      outsideOf(part, 'miniprogram'),
      outsideOf(part, 'miniprogram/operator'),
      NO_OWN_KEYS,
    ),
  })),
  {
    // The keys of an upload are stored with its job, so that it outlives the mini program.
    files: ['miniprogram/operator/services/seat-store.ts'],
    rules: forbid(
      PAGES_RUN_IN_WECHAT,
      outsideOf('services', 'miniprogram'),
      outsideOf('services', 'miniprogram/operator'),
    ),
  },
  {
    files: ['cloudfunctions/**/*.ts'],
    rules: { ...forbid(...DEPLOYED, ONLY_THE_PLATFORM, NO_ENTRIES), ...STATIC_IMPORTS },
  },
  {
    files: ['cloudfunctions/functions/**/*.ts'],
    rules: forbid(...DEPLOYED, ONLY_THE_PLATFORM),
  },
  {
    files: ['cloudfunctions/platform/**/*.ts'],
    rules: forbid(...DEPLOYED, [
      outAndInto(entriesBeside('cloudfunctions', 'platform')),
      'The platform folder knows the SDK and nothing of what is done with it.',
    ]),
  },
  {
    files: ['cloudfunctions/photo-engine/**/*.ts', 'cloudfunctions/picture-header/**/*.ts'],
    rules: forbid(
      ...DEPLOYED,
      [SDK, 'The engine knows no cloud.'],
      [
        outAndInto(entriesBeside('cloudfunctions', 'photo-engine', 'picture-header')),
        'The engine is pure: pictures and settings in, pictures and verdicts out.',
      ],
    ),
  },
  {
    files: ['local/**/*.ts'],
    rules: forbid([
      ['**/scripts/**', '**/tests/**'],
      'What runs on one machine knows no measurement and no test.',
    ]),
  },
  {
    // WeChat's real-device debugging cannot parse `import type` under miniprogram/ (reported by one project).
    files: ['miniprogram/**/*.ts'],
    rules: { '@typescript-eslint/consistent-type-imports': ['error', { prefer: 'no-type-imports' }] },
  },
  {
    files: ['**/*.{mjs,cjs}'],
    extends: [tseslint.configs.disableTypeChecked],
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
);
