import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { CODE_READER_FILES } from '../../cloudfunctions/capture-code/decoder-binaries';
import { WECHAT_ENGINE_FILES } from '../../cloudfunctions/capture-code/wechat-engine';

const ROOT = resolve(__dirname, '../..');
const PICTURES = join(ROOT, 'tests/fixtures/code-pictures');

/** Whatever reaches for the network fails loudly. */
const NO_NETWORK = `
globalThis.fetch = () => { throw new Error('the network was asked'); };
require('node:net').Socket.prototype.connect = () => { throw new Error('the network was asked'); };
const __bundleUrl = require('node:url').pathToFileURL(__filename).href;`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bundle-'));
  const reading = join(ROOT, 'cloudfunctions/capture-code');
  writeFileSync(
    join(folder, 'entry.ts'),
    `import { readFileSync } from 'node:fs';
    import { readCodePicture } from '${reading}/read-code-picture';
    import { loadWechatEngine } from '${reading}/wechat-engine';
    async function main() {
      const stages: string[] = [];
      const [picture, engine] = process.argv.slice(2);
      const options = engine === 'engine' ? { lastEngine: loadWechatEngine } : {};
      for await (const codes of readCodePicture(readFileSync(picture!), options)) stages.push(...codes.map(({ stage }) => stage));
      console.log(stages.join());
    }
    void main();`,
  );
  // The command, not the API: esbuild refuses to run inside jest's own globals.
  const bundled = spawnSync(
    join(ROOT, 'node_modules/.bin/esbuild'),
    [
      'entry.ts',
      '--bundle',
      '--platform=node',
      '--format=cjs',
      '--target=node18',
      '--outfile=index.js',
      '--define:import.meta.url=__bundleUrl',
      `--banner:js=${NO_NETWORK}`,
      `--tsconfig=${ROOT}/tsconfig.json`,
      '--log-level=error',
    ],
    { cwd: folder, encoding: 'utf8', env: { ...process.env, NODE_PATH: join(ROOT, 'node_modules') } },
  );
  expect(bundled.stderr).toBe('');
  for (const [name, source] of Object.entries({ ...CODE_READER_FILES, ...WECHAT_ENGINE_FILES })) {
    copyFileSync(join(ROOT, 'node_modules', source), join(folder, name));
  }
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const read = (picture: string, ...more: readonly string[]) =>
  spawnSync(process.execPath, ['index.js', join(PICTURES, picture), ...more], {
    cwd: folder,
    encoding: 'utf8',
  });

test('a bundle with its files beside it needs neither packages nor the network', () => {
  for (const [picture, stage] of [
    ['f-prog.jpg', 'as-sent'],
    ['f.webp', 'on-white'],
  ] as const) {
    expect(read(picture)).toMatchObject({ stdout: `${stage}\n`, stderr: '', status: 0 });
  }
});

test('the second engine is loaded from beside the bundle, and only when it is asked for', () => {
  expect(read('f-prog.jpg', 'engine')).toMatchObject({ stdout: 'as-sent\n', stderr: '', status: 0 });
  rmSync(join(folder, 'wechat-qr-engine.mjs'));
  expect(read('f-prog.jpg', 'engine').stderr).toContain('neither beside the bundle nor installed');
  expect(read('f-prog.jpg').status).toBe(0);
});

test('the engine is not inside the bundle', () => {
  expect(statSync(join(folder, 'index.js')).size).toBeLessThan(1_000_000);
});
