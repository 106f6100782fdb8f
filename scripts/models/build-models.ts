/** Command: builds the models into the folder given as the only argument (default dist/models). */
import { resolve } from 'node:path';
import { buildModels } from './model-folder';

const { manifest, built } = buildModels(resolve(process.argv[2] ?? 'dist/models'));
for (const { file, bytes } of [...manifest.models, manifest.runtime]) {
  console.log(`${built ? 'built' : 'up to date'}  ${file}  ${(bytes / 1e6).toFixed(2)} MB`);
}
