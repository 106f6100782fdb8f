/** Where the built models lie for commands that run the engine in their own process. */
import { resolve } from 'node:path';
import { buildModels } from '../../build/models/model-folder';

/** Builds the models when they are missing or outdated (a second), and returns their folder. */
export function modelFolder(): string {
  const folder = resolve(__dirname, '../../../dist/models');
  buildModels(folder);
  return folder;
}
