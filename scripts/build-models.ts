/** `npm run build:models`: builds the models into the folder given as the only argument. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Command, runWhenStarted, UsageError } from '../local/cli/support/command';
import { EXIT } from '../local/cli/support/exit-code';
import { buildModels } from '../local/build/models/model-folder';

const USAGE = `Builds the models from the installed packages, those that are missing or outdated.

  npm run build:models -- [FOLDER]

  FOLDER   where to, default dist/models`;

export const buildModelsCommand: Command = {
  usage: USAGE,
  run: (args, output) => {
    const { positionals } = parseArgs({ args: [...args], allowPositionals: true, options: {} });
    const [folder = 'dist/models', ...more] = positionals;
    if (more.length > 0) throw new UsageError(`One folder; ${more.join(', ')} is too much.`);
    const { manifest, built } = buildModels(resolve(folder));
    for (const { file, bytes } of [...manifest.models, manifest.runtime]) {
      output.out(`${built ? 'built' : 'up to date'}  ${file}  ${(bytes / 1e6).toFixed(2)} MB`);
    }
    return Promise.resolve(EXIT.done);
  },
};

runWhenStarted(buildModelsCommand, __filename);
