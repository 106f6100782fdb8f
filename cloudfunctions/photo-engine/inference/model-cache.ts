/**
 * Loads each model once per function instance, at its first use: a blocked photo never pays for the
 * person mask's session. A load that failed is forgotten, so that the next call tries again.
 */
import { type Model, type ModelName } from './model-runtime';

/** Wraps `load` so that every name is loaded at most once at a time and kept when it succeeded. */
export function loadOnce(load: (name: ModelName) => Promise<Model>): (name: ModelName) => Promise<Model> {
  const loaded = new Map<ModelName, Promise<Model>>();
  return (name) => {
    const known = loaded.get(name);
    if (known) return known;
    const loading = load(name).catch((error: unknown) => {
      loaded.delete(name);
      throw error;
    });
    loaded.set(name, loading);
    return loading;
  };
}
