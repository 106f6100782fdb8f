/**
 * What holds for every page and component: sentences live in `copy/`, titles are known to WeChat's search, handlers
 * exist, and everything that can be tapped is a button, so that keyboard and screen reader reach it.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { PAGE_TITLES } from '../../miniprogram/copy/app-words';

const ROOT = join(__dirname, '../../miniprogram');
const folders = (kind: 'pages' | 'components') =>
  readdirSync(join(ROOT, kind), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(ROOT, kind, entry.name));
const all = [...folders('pages'), ...folders('components')];
const fileOf = (folder: string, extension: string) => join(folder, `${basename(folder)}.${extension}`);
const read = (folder: string, extension: string) => readFileSync(fileOf(folder, extension), 'utf8');

/** Every page has it from `definePage`. */
const FRAME_HANDLER = 'onRetry';

const CHINESE = /[\u4e00-\u9fff]/;
const withoutComments = (text: string) =>
  text
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\/\/.*$/gm, '');

describe.each(all.map((folder) => [folder.slice(ROOT.length + 1), folder]))('%s', (_name, folder) => {
  const template = read(folder, 'wxml');
  const script = read(folder, 'ts');

  it('holds no sentence of its own', () => {
    expect(withoutComments(template)).not.toMatch(CHINESE);
    expect(withoutComments(script)).not.toMatch(CHINESE);
    const view = join(folder, 'to-view.ts');
    if (existsSync(view)) {
      // Units that belong to a value of the school (2022级) are data, not sentences.
      expect(withoutComments(readFileSync(view, 'utf8')).replace(/\}级`/g, '}`')).not.toMatch(CHINESE);
    }
  });

  it('names only handlers that exist', () => {
    const named = [...template.matchAll(/\b(?:bind|catch):?[a-z]+="([A-Za-z]+)"/g)].map((match) => match[1]!);
    for (const handler of named.filter((name) => name !== FRAME_HANDLER))
      expect(script).toMatch(new RegExp(`\\b${handler}\\b[(:,]`));
  });

  it('answers the button that every failure brings by doing again what was stopped', () => {
    // Only a person presses the shutter: beside a camera another try opens the camera.
    const allowed = template.includes('<camera') ? [FRAME_HANDLER, 'openCamera'] : [FRAME_HANDLER];
    for (const [panel] of template.matchAll(/<failure-panel[^>]*>/g))
      expect(allowed).toContain(/bind:retry="(\w+)"/.exec(panel)?.[1]);
  });

  it('asks for the last four of an ID number only where every letter can be typed', () => {
    if (!folder.endsWith('id-tail-field')) expect(template).not.toContain('idcard');
  });

  it('makes only buttons and inputs tappable', () => {
    const tappable = [...template.matchAll(/<([a-z-]+)[^>]*\bbindtap=/g)].map((match) => match[1]);
    expect(tappable.filter((tag) => tag !== 'button')).toEqual([]);
  });

  it('uses no expression that WeChat’s older compiler rejects', () => {
    const expressions = [...template.matchAll(/\{\{([\s\S]*?)\}\}/g)].map((match) => match[1]!);
    for (const expression of expressions) expect(expression).not.toMatch(/\?\.|\?\?|`|=>/);
  });

  it('leaves WeChat’s own functions to platform/', () => {
    expect(withoutComments(script)).not.toMatch(/\bwx\./);
  });

  it('describes every picture or hides it', () => {
    const pictures = [...template.matchAll(/<image[^>]*>/g)].map((match) => match[0]);
    for (const picture of pictures) {
      const inLabelledButton = /class="(done-picture|compare-picture)"/.test(picture);
      expect(inLabelledButton || picture.includes('aria-label') || picture.includes('aria-hidden')).toBe(
        true,
      );
    }
  });
});

describe('pages', () => {
  it.each(Object.entries(PAGE_TITLES))('%s has its title where WeChat’s search reads it', (name, title) => {
    const config = JSON.parse(read(join(ROOT, 'pages', name), 'json')) as { navigationBarTitleText: string };
    expect(config.navigationBarTitleText).toBe(title);
  });

  it('are all registered, and found by what students type', () => {
    const app = JSON.parse(readFileSync(join(ROOT, 'app.json'), 'utf8')) as { pages: string[] };
    expect(app.pages.map((path) => path.split('/')[1]).sort()).toEqual(Object.keys(PAGE_TITLES).sort());
    const titles = Object.values(PAGE_TITLES).join('');
    for (const word of ['毕业照', '图像采集']) expect(titles).toContain(word);
  });

  it('stay thin: life cycle and handlers', () => {
    for (const folder of folders('pages')) {
      expect({ folder: basename(folder), lines: read(folder, 'ts').split('\n').length <= 130 }).toEqual({
        folder: basename(folder),
        lines: true,
      });
    }
  });
});
