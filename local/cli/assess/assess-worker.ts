/** One process of `npm run assess --jobs N`: a file name in, its row out. */
import { readFileSync } from 'node:fs';
import { createPhotoEngine } from '../../../cloudfunctions/photo-engine/photo-engine';
import { modelFolder } from '../support/model-folder';
import { assessRow } from './assess-row';

const engine = createPhotoEngine({ modelFolder: modelFolder() });

process.on('message', ({ file, ofiq }: { file: string; ofiq: boolean }) => {
  void assessRow(engine, file, readFileSync, ofiq).then((row) => process.send?.(row));
});
