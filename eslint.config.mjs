// Typed lint plus the folder boundaries of docs/architecture.md as rules.
import js from '@eslint/js';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/** Forbids imports of the given patterns, with the reason shown to whoever crosses the line. */
const forbid = (...patterns) => ({
  'no-restricted-imports': ['error', { patterns: patterns.map(([group, message]) => ({ group, message })) }],
});
const NODE = ['node:*', 'fs', 'path', 'crypto', 'os', 'http', 'https', 'child_process', 'worker_threads'];
const SDK = ['wx-server-sdk', '@cloudbase/*'];
const LOCAL = ['**/local/**'];

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'coverage/', '.local/', 'miniprogram/miniprogram_npm/', 'tests/fixtures/'] },
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
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // Pixel and matrix code indexes typed arrays that are in range by construction; a guard per
      // read would cost a third of the time of the matting loops (measured when they were written).
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
        [[...NODE, ...SDK, ...LOCAL, '**/cloudfunctions/**', 'jimp'], 'The kernel runs on the phone and in the cloud: pure TypeScript only.'],
        [['**/pages/**', '**/services/**', '**/platform/**', '**/components/**', '**/copy/**'], 'The kernel knows nothing of the pages.'],
      ),
      'no-restricted-globals': ['error', 'wx', 'process', 'Buffer', 'require', 'App', 'Page', 'Component'],
    },
  },
  {
    files: ['miniprogram/**/*.ts'],
    ignores: ['miniprogram/shared/**'],
    rules: forbid([[...NODE, ...SDK, ...LOCAL, '**/cloudfunctions/**'], 'Pages run inside WeChat: no node, no SDK, no local tools.']),
  },
  {
    files: ['cloudfunctions/**/*.ts'],
    ignores: ['cloudfunctions/platform/**', 'cloudfunctions/photo-engine/**'],
    rules: forbid(
      [SDK, 'Only cloudfunctions/platform talks to the SDK.'],
      [LOCAL, 'Nothing local may reach a deployed function.'],
    ),
  },
  {
    files: ['cloudfunctions/photo-engine/**/*.ts'],
    rules: forbid(
      [[...SDK, '**/cloudfunctions/platform/**', '**/platform/*'], 'The engine is pure: pictures and settings in, pictures and verdicts out.'],
      [LOCAL, 'Nothing local may reach a deployed function.'],
    ),
  },
  { files: ['cloudfunctions/platform/**/*.ts'], rules: forbid([LOCAL, 'Nothing local may reach a deployed function.']) },
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
