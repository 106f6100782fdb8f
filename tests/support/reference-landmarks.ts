/**
 * Landmarks of the measuring data's portraits (its 512-pixel copies) by an independent executor of the attention mesh,
 * in this project's order. Refuses nothing: where the data is absent it is undefined, with a warning.
 */
import { readFileSync } from 'node:fs';
import { sharedData } from './shared-data';

/** File name → 478 points [x, y, z], pixels of the 512-pixel copy. */
export type ReferenceLandmarks = Readonly<
  Record<string, readonly (readonly [x: number, y: number, z: number])[]>
>;

export function referenceLandmarks(): ReferenceLandmarks | undefined {
  const path = sharedData('portraits/mesh478.json');
  if (path === undefined) return undefined;
  const meshes = JSON.parse(readFileSync(path, 'utf8')) as ReferenceLandmarks;
  // That executor has the two irises in each other's place (its 468 … 472 lie in the eye of point 263).
  return Object.fromEntries(
    Object.entries(meshes).map(([file, points]) => [
      file,
      [...points.slice(0, 468), ...points.slice(473), ...points.slice(468, 473)],
    ]),
  );
}
