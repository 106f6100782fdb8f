/**
 * A sound project in a temporary folder, to be broken: the browser phone's small mini program without its npm
 * components (they are somebody else's, and packing them would take most of the time).
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { mkdirSync } from 'node:fs';

const ROOT = resolve(__dirname, '../../../..');
const FIXTURE = join(ROOT, 'tests/fixtures/mini-program');

export class ProjectCopy {
  readonly root = mkdtempSync(join(tmpdir(), 'broken-project-'));

  constructor() {
    cpSync(FIXTURE, join(this.root, 'miniprogram'), { recursive: true });
    cpSync(join(ROOT, 'project.config.json'), join(this.root, 'project.config.json'));
    writeFileSync(join(this.root, 'package.json'), '{}');
    writeFileSync(join(this.root, 'miniprogram/package.json'), '{}');
    symlinkSync(join(ROOT, 'node_modules'), join(this.root, 'node_modules'));
    for (const page of ['pages/index/index', 'pages/form/form']) this.removeNpmComponents(page);
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), 'utf8');
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), text);
  }

  edit(path: string, change: (text: string) => string): void {
    const before = this.read(path);
    const after = change(before);
    if (after === before) throw new Error(`the mutation changed nothing in ${path}`);
    this.write(path, after);
  }

  editJson(path: string, change: (json: Record<string, unknown>) => Record<string, unknown>): void {
    this.edit(path, (text) => JSON.stringify(change(JSON.parse(text) as Record<string, unknown>)));
  }

  remove(path: string): void {
    rmSync(join(this.root, path), { recursive: true });
  }

  dispose(): void {
    rmSync(this.root, { recursive: true });
  }

  private removeNpmComponents(page: string): void {
    this.editJson(`miniprogram/${page}.json`, (json) => ({
      ...json,
      usingComponents: Object.fromEntries(
        Object.entries(json['usingComponents'] as Record<string, string>).filter(
          ([tag]) => !tag.startsWith('t-'),
        ),
      ),
    }));
    this.edit(`miniprogram/${page}.wxml`, (text) =>
      text.replace(/<t-[^>]*\/>/g, '').replace(/<(t-[\w-]+)[^>]*>[\s\S]*?<\/\1>/g, ''),
    );
  }
}
