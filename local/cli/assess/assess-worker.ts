/** One process of `npm run assess --jobs N`: a file name in, its row out. */
import { createPhotoEngine } from '../../../cloudfunctions/photo-engine/photo-engine';
import { modelFolder } from '../support/model-folder';
import { type AssessQuestion } from './assess-in-parallel';
import { assessRow } from './assess-row';

const engine = createPhotoEngine({ modelFolder: modelFolder() });

process.on('message', ({ file, row: options }: AssessQuestion) => {
  void assessRow(engine, file, options).then((row) => process.send?.(row));
});
