/**
 * Where a file lies that people get by a link. A browser saves it under the last part of the link's path: so that is
 * its own name, by which the manifest knows it, and the folder before it is what nobody can guess. Names are plain
 * letters and carry nothing of a person: they stand in links and in the storage's console.
 */
import { newId } from '../identity/unguessable-id';
import { STORAGE_FOLDERS } from '../upload/upload-ticket';

/** A new one each time. */
export function packagePath(fileName: string): string {
  return `${STORAGE_FOLDERS.package}/${newId()}/${fileName}`;
}
