/** docs/deployment.md is followed by hand in a console: what it says must be what the code needs. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DATABASE_SCHEMA } from '../../cloudfunctions/platform/database-schema';
import { STORAGE_FOLDERS } from '../../cloudfunctions/upload/upload-ticket';
import { protectedInterfaces } from '../support/protected-interfaces';

const ROOT = join(__dirname, '../..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const deployment = read('docs/deployment.md');

/** The cells of the table row that begins with this code. */
function rowOf(first: string): string[] {
  const line = deployment.split('\n').find((text) => text.startsWith(`| \`${first}\``));
  if (line === undefined) throw new Error(`no row for ${first}`);
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}

interface FunctionSettings {
  readonly timeout: number;
  readonly memorySize: number;
  readonly runtime: string;
  readonly triggers?: readonly { readonly name: string; readonly config: string }[];
}

test.each(readdirSync(join(ROOT, 'cloudfunctions/functions')))('the row of %s is its config.json', (name) => {
  const settings = JSON.parse(read(`cloudfunctions/functions/${name}/config.json`)) as FunctionSettings;
  const triggers = (settings.triggers ?? []).map((trigger) => `\`${trigger.name}\`，\`${trigger.config}\``);
  expect(rowOf(name).slice(1)).toEqual([
    String(settings.timeout),
    String(settings.memorySize),
    settings.runtime,
    triggers.join('；') || '–',
  ]);
});

test('the alarm for long runs comes at four fifths of each time limit', () => {
  const [, first, second, others] = /（`photo` (\d+) 秒，`student` (\d+) 秒，其余 (\d+) 秒）/.exec(
    deployment,
  )!;
  const alarms: Readonly<Record<string, string | undefined>> = { photo: first, student: second };
  for (const name of readdirSync(join(ROOT, 'cloudfunctions/functions'))) {
    const { timeout } = JSON.parse(read(`cloudfunctions/functions/${name}/config.json`)) as FunctionSettings;
    expect([name, Number(alarms[name] ?? others)]).toEqual([name, timeout * 0.8]);
  }
});

test.each(DATABASE_SCHEMA.map((collection) => [collection.name, collection] as const))(
  'the row of %s has its indexes',
  (name, { indexes }) => {
    const listed = indexes.map(({ unique, fields }) => {
      const paths = fields.map(({ path, direction }) => {
        expect(direction).toBe('ascending');
        return path;
      });
      return `${unique ? '**唯一** ' : ''}\`${paths.join(', ')}\``;
    });
    expect(rowOf(name)[1]).toBe(listed.join('；') || '–');
  },
);

test('every environment variable of the functions is explained', () => {
  const named = new Set<string>();
  const sources = readdirSync(join(ROOT, 'cloudfunctions'), { recursive: true, encoding: 'utf8' });
  for (const file of sources.filter((path) => path.endsWith('.ts'))) {
    for (const [, name] of read(`cloudfunctions/${file}`).matchAll(/process\.env\.([A-Z_]+)/g))
      named.add(name!);
    for (const [, name] of read(`cloudfunctions/${file}`).matchAll(/\$\{PREFIX\}([A-Z_]+)/g))
      named.add(`CAPTURE_CODE_${name!}`);
  }
  // The platform's own.
  const own = [...named].filter((name) => !/^(TCB|SCF|TRIGGER)_/.test(name));
  expect(own).toContain('CAPTURE_CODE_DIGEST_KEY');
  expect(own).toContain('OPERATOR_SETUP_SECRET');
  const configuration = read('docs/configuration.md');
  for (const name of own) {
    expect([name, deployment.includes(name)]).toEqual([name, true]);
    expect([name, configuration.includes(name)]).toEqual([name, true]);
  }
});

/** Every limit of what one person does in a while: where it stands, and how often. */
function limitsInCode(): (readonly [file: string, maximum: string])[] {
  const files = readdirSync(join(ROOT, 'cloudfunctions'), { recursive: true, encoding: 'utf8' });
  return files
    .filter((path) => path.endsWith('.ts'))
    .flatMap((file) =>
      [...read(`cloudfunctions/${file}`).matchAll(/: R\w+Limit = \{.*?\bmaximum: (\d+)/g)].map(
        ([, maximum]) => [file, maximum!] as const,
      ),
    );
}

test.each(limitsInCode())('the limit in %s is in the table of limits: %s times', (file, maximum) => {
  const rows = read('docs/configuration.md').split('\n');
  expect(rows.filter((row) => row.endsWith(`\`${file}\` |`) && row.includes(` ${maximum} `))).toHaveLength(1);
});

test('every setting of the phone is explained', () => {
  const settings = [...read('miniprogram/config.ts').matchAll(/export const ([A-Z_]+)/g)].map(
    ([, name]) => name!,
  );
  for (const name of settings) expect(deployment).toContain(`\`${name}\``);
});

test('every interface that WeChat protects, and that the phone uses, is declared in its privacy guideline', () => {
  const used = protectedInterfaces();
  expect(used).toEqual(expect.arrayContaining(['<camera>', 'wx.chooseMedia', 'wx.setClipboardData']));
  const declared = [...deployment.matchAll(/^ +\| [^|`]+ \| `([^`]+)` \|/gm)].map(([, name]) => name!);
  expect(declared.sort()).toEqual(used);
});

test('the checklist tries the folders where portraits lie, and its rule takes nothing that the phone needs', () => {
  for (const folder of [STORAGE_FOLDERS.standard, STORAGE_FOLDERS.evidence]) {
    expect(deployment).toContain(`\`${folder}/\``);
  }
  expect(deployment).toContain('{"read": false, "write": "resource.openid == auth.openid"}');
  const scripts = readdirSync(join(ROOT, 'miniprogram'), { recursive: true, encoding: 'utf8' });
  for (const file of scripts.filter((path) => path.endsWith('.ts'))) {
    // Reading a stored file by its id would be refused under that rule.
    expect([file, /cloud\s*\.\s*(downloadFile|getTempFileURL)/.test(read(`miniprogram/${file}`))]).toEqual([
      file,
      false,
    ]);
  }
});

test.each(['docs/deployment.md', 'docs/configuration.md', 'docs/capture-code.md', 'docs/architecture.md'])(
  'the links of %s lead somewhere',
  (file) => {
    for (const [, target] of read(file).matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)) {
      expect([target, existsSync(join(ROOT, dirname(file), target!))]).toEqual([target, true]);
    }
  },
);
