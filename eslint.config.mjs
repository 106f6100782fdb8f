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
// Words (`copy/`) are not among them: lists for schools are written by the cloud and have Chinese headings.
const PAGES = ['pages', 'services', 'platform', 'components', 'operator'].map(
  (folder) => `**/miniprogram/${folder}/**`,
);
/** Everything beside the engine but what reads headers: a new folder is forbidden to it from its first day. */
const BESIDE_THE_ENGINE = readdirSync(new URL('cloudfunctions', import.meta.url)).filter(
  (folder) => !['photo-engine', 'picture-header'].includes(folder),
);
const OUTSIDE_WECHAT = [
  [...NODE, ...SDK, ...LOCAL, '**/cloudfunctions/**'],
  'Pages run inside WeChat: no node, no SDK, no local tools.',
];
/** What Node or a browser has and WeChat's script engine lacks. */
const NOT_IN_WECHAT = [
  ...['process', 'Buffer', 'require', 'globalThis', 'window', 'document', 'localStorage', 'fetch', 'crypto'],
  ...['URL', 'URLSearchParams', 'TextEncoder', 'TextDecoder', 'structuredClone', 'atob', 'btoa', 'Intl'],
];
/** An import that is only decided at run time goes around every rule above. */
const STATIC_IMPORTS = {
  'no-restricted-syntax': [
    'error',
    {
      selector: 'ImportExpression',
      message: 'Import statically: the boundaries are checked on static imports.',
    },
  ],
};

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
        [
          ['**/pages/**', '**/services/**', '**/platform/**', '**/components/**', '**/copy/**'],
          'The kernel knows nothing of the pages.',
        ],
      ),
      ...STATIC_IMPORTS,
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
      ...forbid(OUTSIDE_WECHAT),
      ...STATIC_IMPORTS,
      'no-restricted-globals': ['error', ...NOT_IN_WECHAT],
    },
  },
  {
    files: ['miniprogram/pages/**/*.ts', 'miniprogram/operator/**/*.ts'],
    ignores: [
      // The keys of an upload are stored with its job, so that it outlives the mini program.
      'miniprogram/operator/services/seat-store.ts',
      // Names a file.
      'miniprogram/operator/station-shoot/shoot-for-seat.ts',
    ],
    rules: forbid(OUTSIDE_WECHAT, [
      ['**/services/request-key'],
      'A key of its own for every tap does a thing twice: what changes something goes by `send` of `attempt`.',
    ]),
  },
  {
    files: ['cloudfunctions/**/*.ts'],
    ignores: ['cloudfunctions/platform/**', 'cloudfunctions/photo-engine/**'],
    rules: forbid(
      [
        [...SDK, '**/platform/sdk', '**/platform/database-connection'],
        'Only cloudfunctions/platform talks to the SDK.',
      ],
      [LOCAL, 'Nothing local may reach a deployed function.'],
      [PAGES, 'Functions know the kernel, not the pages.'],
    ),
  },
  {
    files: ['cloudfunctions/photo-engine/**/*.ts'],
    rules: forbid(
      [
        new RegExp(`^(\\.\\./)+(${BESIDE_THE_ENGINE.join('|')})/`),
        'The engine is pure: pictures and settings in, pictures and verdicts out.',
      ],
      [SDK, 'The engine knows no cloud.'],
      [PAGES, 'The engine knows the kernel, not the pages.'],
      [LOCAL, 'Nothing local may reach a deployed function.'],
    ),
  },
  {
    files: ['cloudfunctions/**/*.ts'],
    rules: STATIC_IMPORTS,
  },
  {
    files: ['cloudfunctions/platform/**/*.ts'],
    rules: forbid([LOCAL, 'Nothing local may reach a deployed function.']),
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
