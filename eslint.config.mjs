// Typed lint plus the folder boundaries of docs/architecture.md as rules (tests/lint/boundaries.test.ts tries them).
import { builtinModules } from 'node:module';
import js from '@eslint/js';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/** Forbids imports of the given patterns, with the reason shown to whoever crosses the line. */
const forbid = (...patterns) => ({
  'no-restricted-imports': ['error', { patterns: patterns.map(([group, message]) => ({ group, message })) }],
});
const NODE = ['node:*', ...builtinModules];
const SDK = ['wx-server-sdk', '@cloudbase/*'];
const LOCAL = ['**/local/**', '**/scripts/**', '**/tests/**'];
// Words (`copy/`) are not among them: lists for schools are written by the cloud and have Chinese headings.
const PAGES = ['pages', 'services', 'platform', 'components', 'operator'].map(
  (folder) => `**/miniprogram/${folder}/**`,
);
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
        ...['wx', 'App', 'Page', 'Component', 'getApp', 'process', 'Buffer', 'require', 'globalThis'],
        ...['URL', 'TextEncoder', 'TextDecoder', 'fetch', 'crypto', 'setTimeout', 'setInterval'],
      ],
    },
  },
  {
    files: ['miniprogram/**/*.ts'],
    ignores: ['miniprogram/shared/**'],
    rules: forbid([
      [...NODE, ...SDK, ...LOCAL, '**/cloudfunctions/**'],
      'Pages run inside WeChat: no node, no SDK, no local tools.',
    ]),
  },
  {
    files: ['cloudfunctions/**/*.ts'],
    ignores: ['cloudfunctions/platform/**', 'cloudfunctions/photo-engine/**'],
    rules: forbid(
      [[...SDK, '**/platform/sdk'], 'Only cloudfunctions/platform talks to the SDK.'],
      [LOCAL, 'Nothing local may reach a deployed function.'],
      [PAGES, 'Functions know the kernel, not the pages.'],
    ),
  },
  {
    files: ['cloudfunctions/photo-engine/**/*.ts'],
    rules: forbid(
      [
        [
          ...SDK,
          '**/platform/*',
          '**/submission/**',
          '**/batch/**',
          '**/requests/**',
          '**/consent/**',
          '**/upload/**',
          '**/audit/**',
        ],
        'The engine is pure: pictures and settings in, pictures and verdicts out.',
      ],
      [PAGES, 'The engine knows the kernel, not the pages.'],
      [LOCAL, 'Nothing local may reach a deployed function.'],
    ),
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
