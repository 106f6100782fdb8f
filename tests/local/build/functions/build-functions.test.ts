import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildFunctions } from '../../../../local/build/functions/build-functions';
import { bundleFunction } from '../../../../local/build/functions/bundle-function';
import { findFunctions } from '../../../../local/build/functions/deployed-function';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'build-test-'));
  put('package.json', '{}');
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function put(path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

/** A function that imports a neighbour and reads a file beside itself. */
function aFunction(name = 'greeter'): void {
  const folder = `cloudfunctions/functions/${name}`;
  put('cloudfunctions/greeting/greeting.ts', `export const greeting: string = '你好';`);
  put(
    `${folder}/index.ts`,
    `import { readFileSync } from 'node:fs';
     import { join } from 'node:path';
     import { greeting } from '../../greeting/greeting';
     export const main = () => greeting + readFileSync(join(__dirname, 'model.bin'), 'utf8');`,
  );
  put(`${folder}/config.json`, '{"timeout": 3}');
  put(`${folder}/files-beside.ts`, `export const FILES_BESIDE = { 'model.bin': './models/model.bin' };`);
  put('models/model.bin', '!');
}

async function build() {
  const built = [];
  for (const deployed of findFunctions(root)) built.push(await bundleFunction(root, deployed, 'a recipe'));
  return built;
}

function run(name = 'greeter'): string {
  const { main } = jest.requireActual<{ main: () => string }>(
    join(root, 'dist/cloudfunctions', name, 'index.js'),
  );
  return main();
}

test('a function becomes a folder that needs nothing but Node', async () => {
  aFunction();
  const [built] = await build();
  expect(readdirSync(built!.folder).sort()).toEqual(['config.json', 'index.js', 'model.bin', 'package.json']);
  expect(JSON.parse(readFileSync(join(built!.folder, 'package.json'), 'utf8'))).not.toHaveProperty(
    'dependencies',
  );
  expect(built!.sources).toContain('cloudfunctions/greeting/greeting.ts');
  expect(built!.unpackedBytes).toBeGreaterThan(built!.zippedBytes / 2);
  expect(run()).toBe('你好!');
});

test('what did not change is not built again; what did, is', async () => {
  aFunction();
  await build();
  expect((await build())[0]!.rebuilt).toBe(false);
  for (const path of [
    'cloudfunctions/greeting/greeting.ts',
    'models/model.bin',
    'cloudfunctions/functions/greeter/config.json',
  ]) {
    const later = new Date(Date.now() + 5000);
    utimesSync(join(root, path), later, later);
    expect((await build())[0]!.rebuilt).toBe(true);
    expect((await build())[0]!.rebuilt).toBe(false);
  }
});

test('files of an earlier build are gone', async () => {
  aFunction();
  const [built] = await build();
  put('dist/cloudfunctions/greeter/old-model.bin', 'old');
  put('cloudfunctions/greeting/greeting.ts', `export const greeting: string = 'hello again';`);
  await build();
  expect(existsSync(join(built!.folder, 'old-model.bin'))).toBe(false);
});

test.each([
  ['has no config.json', 'config.json'],
  ['needs a file that does not exist', 'model.bin'],
])('a function that %s is not built', async (_, missing) => {
  aFunction();
  const path = missing === 'model.bin' ? 'models/model.bin' : `cloudfunctions/functions/greeter/${missing}`;
  rmSync(join(root, path));
  await expect(build()).rejects.toThrow(missing === 'model.bin' ? './models/model.bin' : 'config.json');
});

test('nothing of the local cloud can be deployed, and functions that were removed are gone', async () => {
  aFunction();
  put('dist/cloudfunctions/retired/index.js', '');
  await buildFunctions(root);
  expect(readdirSync(join(root, 'dist/cloudfunctions'))).toEqual(['greeter']);

  put('local/cloud/believe-everybody.ts', `export const greeting: string = 'come in';`);
  put(
    'cloudfunctions/greeting/greeting.ts',
    `export { greeting } from '../../local/cloud/believe-everybody';`,
  );
  await expect(buildFunctions(root)).rejects.toThrow('greeter contains local/cloud/believe-everybody.ts');
});

test('folders without an index.ts are no functions', () => {
  put('cloudfunctions/functions/notes/README.md', '');
  expect(findFunctions(root)).toEqual([]);
});
