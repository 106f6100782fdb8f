/**
 * `npm run build`: the deployed functions, self-contained, in dist/cloudfunctions/. Prints their sizes.
 */
import { buildFunctions } from './build/build-functions';

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(2)} MB`;

async function main(): Promise<void> {
  const started = performance.now();
  for (const built of await buildFunctions()) {
    const state = built.rebuilt ? 'built' : 'unchanged';
    console.log(
      `${built.name.padEnd(14)} ${state.padEnd(10)} ${megabytes(built.zippedBytes)} zipped, ${megabytes(built.unpackedBytes)} unpacked`,
    );
  }
  console.log(`dist/cloudfunctions ready in ${Math.round(performance.now() - started)} ms`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
