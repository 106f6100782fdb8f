import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildModels, MANIFEST } from '../../../../local/build/models/model-folder';

const folders: string[] = [];
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'models-'));
  folders.push(folder);
  return folder;
}
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

const digest = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');
const FILES = [
  'face-detector.onnx.planes',
  'face-mesh.onnx.planes',
  'ort-wasm-simd-threaded.wasm',
  'person-mask.onnx.planes',
  'person-parts.onnx.planes',
];

describe('the folder of models', () => {
  it('holds the models, the runtime’s binary and a manifest that tells their hashes and origins', () => {
    const folder = newFolder();
    const { manifest, built } = buildModels(folder);
    expect(built).toBe(true);
    expect(readdirSync(folder).sort()).toEqual([...FILES, MANIFEST].sort());
    for (const { file, sha256, bytes } of [...manifest.models, manifest.runtime]) {
      expect(digest(join(folder, file))).toBe(sha256);
      expect(readFileSync(join(folder, file))).toHaveLength(bytes);
    }
    for (const { source } of manifest.models) expect(source.version).toMatch(/^0\.\d+\.\d+$/);
    expect(JSON.parse(readFileSync(join(folder, MANIFEST), 'utf8'))).toEqual(manifest);
  });

  it('is the same, byte by byte, wherever it is built', () => {
    const [one, other] = [newFolder(), newFolder()];
    buildModels(one);
    buildModels(other);
    for (const file of [...FILES, MANIFEST]) expect(digest(join(one, file))).toBe(digest(join(other, file)));
  });

  it('is left alone when nothing changed, and made whole when a file is damaged or missing', () => {
    const folder = newFolder();
    buildModels(folder);
    expect(buildModels(folder).built).toBe(false);
    writeFileSync(join(folder, 'face-mesh.onnx.planes'), 'damaged');
    expect(buildModels(folder).built).toBe(true);
    rmSync(join(folder, 'person-mask.onnx.planes'));
    expect(buildModels(folder).built).toBe(true);
    expect(buildModels(folder).built).toBe(false);
  });
});
