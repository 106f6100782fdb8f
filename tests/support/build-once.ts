/**
 * Runs once before jest: brings dist/cloudfunctions up to date, because tests call the deployed functions. `npm test`
 * has built them before, and a build of nothing new takes a fifth of a second. A function that does not build fails
 * the tests that need it, not all others.
 */
import { buildFunctions } from '../../local/build/functions/build-functions';

export default async function buildOnce(): Promise<void> {
  try {
    await buildFunctions();
  } catch (error) {
    console.error(
      '\nThe functions could not be built; tests that call them see an older build or none.',
      error,
    );
  }
}
