/**
 * Turns the files and folders named on a command line into a list of picture files, in a stable order.
 * Goes by name only to leave out labels and hidden files; what a file really is, its reader decides by content.
 */
import { readdirSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';

// Companions of pictures in data folders; everything else is offered to the reader, whatever it is called.
const NOT_PICTURES = new Set(['.txt', '.bin', '.json', '.csv', '.md', '.xml']);

/** Files as named, folders walked to the bottom. A named file is always taken. Throws when a name does not exist. */
export function pictureFiles(names: readonly string[]): string[] {
  return names.flatMap((name) => (statSync(name).isDirectory() ? walk(name) : [name]));
}

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.name.startsWith('.')) return [];
      if (entry.isDirectory()) return walk(path);
      return NOT_PICTURES.has(extname(entry.name).toLowerCase()) ? [] : [path];
    });
}
