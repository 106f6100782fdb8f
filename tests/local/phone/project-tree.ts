/** Writes a small mini program into a temporary folder: path → text. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export type Tree = Readonly<Record<string, string>>;

export class ProjectTree {
  readonly root = mkdtempSync(join(tmpdir(), 'mini-program-'));

  constructor(tree: Tree = {}) {
    this.write(tree);
  }

  write(tree: Tree): void {
    for (const [path, text] of Object.entries(tree)) {
      mkdirSync(dirname(join(this.root, path)), { recursive: true });
      writeFileSync(join(this.root, path), text);
    }
  }

  dispose(): void {
    rmSync(this.root, { recursive: true });
  }
}

/** The least that starts: one empty page. */
export const EMPTY_PROJECT: Tree = {
  'app.json': JSON.stringify({ pages: ['pages/home/home'] }),
  'app.ts': 'App({});',
  'pages/home/home.ts': 'Page({});',
  'pages/home/home.wxml': '<view />',
};
