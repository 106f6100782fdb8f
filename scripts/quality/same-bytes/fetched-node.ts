/** Other versions of Node, from the npm registry's own packages of them. Development only. */
import { join } from 'node:path';
import { fetchPackages } from '../../registry/fetch-packages';

/** The path of that Node's program; undefined, with a warning, when it cannot be had. @param version e.g. 18.20.8 */
export function fetchedNode(version: string): string | undefined {
  const name = `node-${process.platform}-${process.arch}`;
  const folder = fetchPackages(`node ${version}`, [`${name}@${version}`]);
  return folder && join(folder, 'node_modules', name, 'bin/node');
}
