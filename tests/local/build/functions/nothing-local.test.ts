import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { assertNothingLocal } from '../../../../local/build/functions/nothing-local';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guard-test-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function deploy(source: string) {
  mkdirSync(join(folder, 'student'));
  const result = buildSync({
    stdin: { contents: source, resolveDir: process.cwd(), loader: 'ts' },
    bundle: true,
    platform: 'node',
    metafile: true,
    write: false,
    external: ['esbuild'],
    logLevel: 'error',
  });
  writeFileSync(join(folder, 'student', 'index.js'), result.outputFiles[0]!.text);
  return [{ name: 'student', sources: Object.keys(result.metafile.inputs) }];
}

test('a function made of the platform’s edge and the real SDK passes', () => {
  const bundles = deploy(`
    import { collection } from './cloudfunctions/platform/database';
    import { downloadBytes } from './cloudfunctions/platform/storage';
    exports.main = () => [collection('audit'), downloadBytes];
  `);
  expect(() => {
    assertNothingLocal(folder, bundles);
  }).not.toThrow();
});

test.each([
  ['the local cloud', `import { startCloud } from './local/cloud/start-cloud'; exports.main = startCloud;`],
  [
    'its client',
    `import { createCloudClient } from './local/cloud/cloud-client'; exports.main = createCloudClient;`,
  ],
  ['its query engine', `import { Query } from 'mingo'; exports.main = () => new Query({});`],
  [
    'its SDK redirection',
    `import { sdkEnvironment } from './local/cloud/instances/function-instance'; exports.main = sdkEnvironment;`,
  ],
])('%s is found, by its sources and by what was emitted', (_what, source) => {
  const bundles = deploy(source);
  expect(() => {
    assertNothingLocal(folder);
  }).toThrow(/student\/index\.js contains/);
  expect(() => {
    assertNothingLocal(folder, bundles);
  }).toThrow(/student contains (?:local|node_modules\/mingo)\//);
});

test('a redirected SDK is found in plain text', () => {
  mkdirSync(join(folder, 'student'));
  writeFileSync(
    join(folder, 'student', 'index.js'),
    `process.env.TCB_CONTEXT_CNFG = '{"URL":"http://10.0.0.1/admin"}';`,
  );
  expect(() => {
    assertNothingLocal(folder);
  }).toThrow('the redirection of the SDK');
});
