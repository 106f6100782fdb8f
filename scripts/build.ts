/**
 * `npm run build`: the deployed functions, self-contained, in dist/cloudfunctions/. Prints their sizes.
 */
import { parseArgs } from 'node:util';
import { buildFunctions } from '../local/build/functions/build-functions';
import { type Command, runWhenStarted } from '../local/cli/support/command';
import { EXIT } from '../local/cli/support/exit-code';

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(2)} MB`;

const USAGE = `Builds the deployed functions into dist/cloudfunctions, those that changed.

  npm run build`;

export const buildCommand: Command = {
  usage: USAGE,
  run: async (args, output) => {
    parseArgs({ args: [...args], options: {} });
    const started = performance.now();
    for (const built of await buildFunctions()) {
      const state = built.rebuilt ? 'built' : 'unchanged';
      output.out(
        `${built.name.padEnd(14)} ${state.padEnd(10)} ${megabytes(built.zippedBytes)} zipped, ${megabytes(built.unpackedBytes)} unpacked`,
      );
    }
    output.out(`dist/cloudfunctions ready in ${Math.round(performance.now() - started)} ms`);
    return EXIT.done;
  },
};

runWhenStarted(buildCommand, __filename);
