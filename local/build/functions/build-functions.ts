/**
 * Builds every deployed function into dist/cloudfunctions/. Tests, `npm start` and the deployment all call this one.
 */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bundleFunction, recipeOf, type BundledFunction } from './bundle-function';
import { findFunctions } from './deployed-function';
import { assertNothingLocal } from './nothing-local';
import { buildModels } from '../models/model-folder';

/** The repository's root. */
export const ROOT = join(__dirname, '..', '..', '..');

/**
 * Bundles all functions; the unchanged ones are skipped.
 * @throws Error when a function cannot be bundled or contains something that must stay on the developer's machine.
 */
export async function buildFunctions(root: string = ROOT): Promise<BundledFunction[]> {
  buildModels(join(root, 'dist', 'models'));
  const recipe = recipeOf(__dirname);
  const built: BundledFunction[] = [];
  for (const deployed of findFunctions(root)) built.push(await bundleFunction(root, deployed, recipe));
  removeOthers(join(root, 'dist', 'cloudfunctions'), built);
  assertNothingLocal(join(root, 'dist', 'cloudfunctions'), built);
  return built;
}

/** A function that was taken out of the repository must not be deployed again. */
function removeOthers(folder: string, built: readonly BundledFunction[]): void {
  if (!existsSync(folder)) return;
  const names = built.map(({ name }) => name);
  for (const name of readdirSync(folder)) {
    if (!names.includes(name)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}
