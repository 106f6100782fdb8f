/**
 * The form in which it is deployed: one CommonJS file made by esbuild, models and wasm binary beside it, in a
 * process of its own (where the native library runs too; inside jest its arrays belong to another realm).
 */
import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { buildModels } from '../../../local/build/models/model-folder';
import { MODEL_FOLDER } from '../../support/model-runtime';

const ROOT = resolve(__dirname, '../../..');
const INFERENCE = join(ROOT, 'cloudfunctions/photo-engine/inference');

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

/** A bundle of `program` in a new folder below `parent`. */
async function bundle(parent: string, program: string): Promise<string> {
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, 'bundled-'));
  folders.push(folder);
  const outfile = join(folder, 'index.js');
  const stdin = { contents: program, resolveDir: INFERENCE, loader: 'ts' as const };
  await build({
    stdin,
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    logLevel: 'silent',
  });
  return outfile;
}

async function run(program: string): Promise<unknown> {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [program], { env: {} });
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

beforeAll(() => {
  buildModels(MODEL_FOLDER);
});

it('runs bundled, without node_modules, network or native code', async () => {
  const program = await bundle(
    tmpdir(),
    `import { createModelRuntime } from './create-model-runtime';
     createModelRuntime(__dirname)
       .model('person-mask')
       .then((model) => model.run({ planes: new Float32Array(3 * 256 * 256), width: 256, height: 256 }))
       .then(({ logits }) => console.log(JSON.stringify([logits.length, Number.isFinite(logits[0])])));`,
  );
  expect(await readFile(program, 'utf8')).not.toContain('onnxruntime_binding');
  for (const file of ['person-mask.onnx.planes', 'ort-wasm-simd-threaded.wasm']) {
    await copyFile(join(MODEL_FOLDER, file), join(program, '..', file));
  }
  expect(await run(program)).toEqual([65536, true]);
});

const nativeInstalled = ((): boolean => {
  try {
    createRequire(__filename).resolve('onnxruntime-node');
    return true;
  } catch {
    console.warn('SKIPPED: onnxruntime-node is not installed');
    return false;
  }
})();

(nativeInstalled ? it : it.skip)(
  'the native library, found beside the bundle, gives the portable one’s numbers',
  async () => {
    const program = await bundle(
      join(ROOT, 'node_modules/.cache'),
      `import { createModelRuntime } from './create-model-runtime';
     import { MODEL_NAMES } from './model-runtime';
     const folder = ${JSON.stringify(MODEL_FOLDER)};
     async function largestRelativeDifference(name) {
       const side = name.startsWith('person-') ? 256 : 192;
       const planes = Float32Array.from({ length: 3 * side * side }, (_, i) => ((i % side) % 32) / 32);
       const outputs = async (backend) =>
         (await createModelRuntime(folder, backend).model(name)).run({ planes, width: side, height: side });
       const [portable, native] = [await outputs('wasm'), await outputs('native')];
       return Math.max(...Object.entries(portable).map(([output, values]) =>
         values.reduce((most, value, i) => Math.max(most, Math.abs(value - native[output][i]) / (1 + Math.abs(value))), 0)));
     }
     Promise.all(MODEL_NAMES.map(largestRelativeDifference)).then((all) => console.log(JSON.stringify(all)));`,
    );
    for (const difference of (await run(program)) as number[]) expect(difference).toBeLessThan(1e-3);
  },
);
