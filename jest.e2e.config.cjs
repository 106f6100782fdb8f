// End-to-end tests in a real Chromium (`npm run test:e2e`). One browser at a time: two cores are not enough
// for two of them, and the tests share nothing that could run side by side.
const base = require('./jest.config.cjs').projects[0];

/** @type {import('jest').Config} */
module.exports = {
  displayName: 'e2e',
  testEnvironment: 'node',
  testMatch: ['<rootDir>/tests/e2e/**/*.e2e.ts'],
  modulePathIgnorePatterns: base.modulePathIgnorePatterns,
  transform: base.transform,
  transformIgnorePatterns: base.transformIgnorePatterns,
  moduleNameMapper: base.moduleNameMapper,
  testTimeout: 120_000,
  maxWorkers: 1,
};
