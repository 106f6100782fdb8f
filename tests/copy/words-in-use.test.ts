/** A sentence that nobody is shown is not kept: it would be checked, corrected and translated for nothing. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ENTER_WORDS } from '../../miniprogram/copy/operator-enter-words';
import { entriesOf, readsOf, scriptsBelow } from '../support/words-in-use';

const ROOT = join(__dirname, '../..');
const read = new Set(
  ['miniprogram', 'local'].flatMap((folder) => scriptsBelow(join(ROOT, folder)).flatMap(readsOf)),
);
const isRead = (entry: string) => read.has(entry) || read.has(`${entry.split('.')[0]!}.*`);

/** A page's title stands in the page's json, where WeChat reads it; sentences quote it. */
const TITLES = /^(PAGE_TITLES\.\w+|ENTER_WORDS\.title)$/;

it.each(scriptsBelow(join(ROOT, 'miniprogram/copy')).map((path) => [path.split('/').at(-1)!, path]))(
  'every sentence of %s is shown somewhere',
  (_, path) => {
    expect(entriesOf(path).filter((entry) => !isRead(entry) && !TITLES.test(entry))).toEqual([]);
  },
);

it('one that is not read is found, one that a template or another name reads is not', () => {
  const station = join(ROOT, 'miniprogram/operator/station-shoot/station-shoot.ts');
  expect(readsOf(station)).toEqual(
    expect.arrayContaining(['STATION_SHOOT_WORDS.ticksReady', 'SHOOT_WORDS.opening']),
  );
  expect(readsOf(station)).not.toContain('STATION_SHOOT_WORDS.*');
  expect(readsOf(join(ROOT, 'local/cli/operator/commands/progress.ts'))).toContain('PROGRESS_WORDS.listed');
  expect(entriesOf(join(ROOT, 'miniprogram/copy/app-words.ts'))).toContain('COMMON_WORDS.retry');
});

it('the title that sentences quote is that of the page', () => {
  const page = readFileSync(join(ROOT, 'miniprogram/operator/enter/enter.json'), 'utf8');
  expect(page).toContain(`"navigationBarTitleText": "${ENTER_WORDS.title}"`);
});
