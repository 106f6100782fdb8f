/** What holds for every page and component of the staff's package, as `templates.test.ts` holds for the student's. */
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as v from 'valibot';
import { ACCESS_SCHEMAS } from '../../cloudfunctions/functions/operator/schemas/access';

const ROOT = join(__dirname, '../../miniprogram');
const OPERATOR = join(ROOT, 'operator');
const foldersIn = (parent: string) =>
  readdirSync(parent)
    .map((name) => join(parent, name))
    .filter((path) => statSync(path).isDirectory());
const withTemplate = (folder: string) => existsSync(join(folder, `${basename(folder)}.wxml`));
const pages = foldersIn(OPERATOR).filter(withTemplate);
const all = [...pages, ...foldersIn(join(OPERATOR, 'components'))];
const read = (folder: string, extension: string) =>
  readFileSync(join(folder, `${basename(folder)}.${extension}`), 'utf8');
const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\/\/.*$/gm, '');

/** Every page has it from `definePage`. */
const FRAME_HANDLER = 'onRetry';

const CHINESE = /[\u4e00-\u9fff]/;

describe.each(all.map((folder) => [folder.slice(OPERATOR.length + 1), folder]))('%s', (_name, folder) => {
  const template = read(folder, 'wxml');
  const script = read(folder, 'ts');

  it('holds no sentence of its own', () => {
    expect(template).not.toMatch(CHINESE);
    expect(withoutComments(script)).not.toMatch(CHINESE);
  });

  it('names only handlers that exist', () => {
    for (const [, handler] of template.matchAll(/\b(?:bind|catch):?[a-z]+="([A-Za-z]+)"/g)) {
      if (handler === FRAME_HANDLER) continue;
      expect(script).toMatch(new RegExp(`\\b${handler!}\\b[(:,]`));
    }
  });

  it('answers the button that every failure brings by doing again what was stopped', () => {
    // Only a person presses the shutter: beside a camera another try opens the camera.
    const allowed = template.includes('<camera') ? [FRAME_HANDLER, 'openCamera'] : [FRAME_HANDLER];
    for (const [panel] of template.matchAll(/<failure-panel[^>]*>/g))
      expect(allowed).toContain(/bind:retry="(\w+)"/.exec(panel)?.[1]);
  });

  it('asks for the last four of an ID number only where every letter can be typed', () => {
    expect(template).not.toContain('idcard');
  });

  it('makes only buttons tappable', () => {
    const tappable = [...template.matchAll(/<([a-z-]+)[^>]*\bbindtap=/g)].map(([, tag]) => tag);
    expect(tappable.filter((tag) => tag !== 'button')).toEqual([]);
  });

  it('names every component that it uses, and uses every one that it names', () => {
    const { usingComponents = {} } = JSON.parse(read(folder, 'json')) as {
      usingComponents?: Record<string, string>;
    };
    for (const name of Object.keys(usingComponents)) expect(template).toContain(`<${name}`);
    const own = [...template.matchAll(/<([a-z]+-[a-z-]+)/g)].map(([, tag]) => tag!);
    for (const tag of own) expect(Object.keys(usingComponents).concat('scroll-view')).toContain(tag);
  });
});

/** Seven characters of 17 px fit between the capsule and its like on the left of a screen of 320 px. */
const LONGEST_TITLE = 7;

it.each(pages.map((folder) => [basename(folder), folder]))(
  '%s has a title that a small screen shows whole',
  (_name, folder) => {
    const { navigationBarTitleText } = JSON.parse(read(folder, 'json')) as { navigationBarTitleText: string };
    expect(navigationBarTitleText.length).toBeLessThanOrEqual(LONGEST_TITLE);
  },
);

test('every page is registered in the package', () => {
  const app = JSON.parse(readFileSync(join(ROOT, 'app.json'), 'utf8')) as {
    subPackages: { root: string; pages: string[] }[];
  };
  const registered = app.subPackages.find(({ root }) => root === 'operator')?.pages ?? [];
  const expected = pages.map((folder) => `${basename(folder)}/${basename(folder)}`);
  expect([...registered].sort()).toEqual(expected.sort());
});

it('the way in has room for every code that the function takes: the first operator’s secret may be a long one', () => {
  const [, maximum] = /maxlength="(\d+)"/.exec(read(join(OPERATOR, 'enter'), 'wxml'))!;
  const isTaken = (length: number) => v.is(ACCESS_SCHEMAS.acceptInvitation, { code: 'A'.repeat(length) });
  expect([isTaken(Number(maximum)), isTaken(Number(maximum) + 1)]).toEqual([true, false]);
});
