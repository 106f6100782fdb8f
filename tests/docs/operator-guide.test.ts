/**
 * docs/operator-guide.md is copied command by command: each of its console blocks is typed here, in order, and must
 * answer what is printed there. Ids, dates and codes differ from run to run and are not compared.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { issueCodeCommand } from '../../local/cli/issue-code';
import { operatorCommand } from '../../local/cli/operator';
import { DEFAULT_IDENTITY } from '../../local/cli/operator/session';
import { type Command, runCommand } from '../../local/cli/support/command';
import { seedDemonstration } from '../../local/demo/seed-demonstration';
import { storedMember } from '../support/staff-builder';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';

const ROOT = resolve(__dirname, '../..');
const GUIDE = readFileSync(join(ROOT, 'docs/operator-guide.md'), 'utf8');
/** Stands for lines that the guide leaves out. */
const LEFT_OUT = '……';
const DAY = 86_400_000;

interface Step {
  readonly program: string;
  readonly words: readonly string[];
  /** What the person types while the command runs. */
  readonly typed: readonly string[];
  readonly output: readonly string[];
}

/** Every `$ npm run PROGRAM -- …` of the console blocks, with the lines below it. */
function stepsOf(guide: string): Step[] {
  const blocks = [...guide.matchAll(/```console\n([\s\S]*?)```/g)].map(([, text]) => text!);
  return blocks.flatMap((block) =>
    block
      .split(/^\$ /m)
      .slice(1)
      .map((text) => {
        const [command = '', ...lines] = text.split('\n');
        const [, , program = '', , ...words] = wordsOf(command);
        const isTyped = (line: string) => /^[arsuq]$/.test(line);
        return {
          program,
          words,
          typed: lines.filter(isTyped),
          output: lines.filter((line) => !isTyped(line)),
        };
      }),
  );
}

/** As a shell takes a line of words and quoted words apart. */
function wordsOf(command: string): string[] {
  return [...command.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, plain]) => double ?? single ?? plain!,
  );
}

const ID = /[0-9a-f]{32}/g;

/** The lines without what differs from run to run, in an order of their own: batches are listed by their dates. */
function comparable(lines: readonly string[]): string[] {
  return lines
    .map((line) =>
      line
        .replace(ID, '编号')
        .replace(/([0-9A-Z]{4}-){4}[0-9A-Z]{4}/, '邀请码')
        .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z|\d{4}年\d+月\d+日( \d+:\d\d)?/g, '时间')
        .replace(/还剩 \d+ 天/, '还剩几天')
        .trimEnd(),
    )
    .filter((line) => line !== '')
    .sort();
}

let testCloud: TestCloud;
let folder: string;
const before = process.cwd();
beforeAll(async () => {
  testCloud = await startTestCloud();
  // When the guide was written: its titles name the years.
  await seedDemonstration(testCloud.cloud, new Date('2026-11-23T00:00:00Z'));
  folder = mkdtempSync(join(tmpdir(), 'guide-'));
  for (const path of ['docs/samples', 'tests/fixtures/portraits'])
    cpSync(join(ROOT, path), join(folder, path), { recursive: true });
  process.chdir(folder);
});
afterAll(async () => {
  process.chdir(before);
  await testCloud.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Of the guide's ids, those that this run gave instead. */
const ids = new Map<string, string>();

async function take({ program, words, typed }: Step): Promise<string[]> {
  const said: string[] = [];
  const tell = (text: string) => said.push(...text.split('\n'));
  const { command, args } = program === 'issue-code' ? issuing(words) : operating(words, typed);
  await runCommand(command, args, { out: tell, error: tell });
  return said;
}

function issuing(words: readonly string[]): { command: Command; args: readonly string[] } {
  return { command: issueCodeCommand, args: words };
}

function operating(words: readonly string[], typed: readonly string[]) {
  const own = words.map((word) => ids.get(word) ?? word);
  // The reader is told to put dates around today.
  for (const [option, days] of [
    ['--opens', -1],
    ['--closes', 97],
  ] as const) {
    const at = own.indexOf(option);
    if (at >= 0) own[at + 1] = new Date(Date.now() + days * DAY).toISOString().slice(0, 10);
  }
  const args = [...own, '--url', testCloud.cloud.url];
  return { command: operatorCommand(args, Readable.from(typed.map((line) => `${line}\n`))), args };
}

const steps = stepsOf(GUIDE);

test('the guide begins with the first operator and goes as far as the retention', () => {
  expect(steps[0]?.words).toEqual(['first', '--join']);
  expect(steps.at(-1)?.words).toEqual(['retention']);
  expect(steps.length).toBeGreaterThan(15);
});

test('copied command by command, it answers what it prints', async () => {
  // `first` works where the cloud runs (tests/cli/operator/first-operator.test.ts); this is what it leaves behind.
  await storedMember({ role: 'operator' }, DEFAULT_IDENTITY);
  for (const step of steps.slice(1)) {
    const said = await take(step);
    const name = [step.program, ...step.words].join(' ');
    const printed = comparable(step.output.filter((line) => line !== LEFT_OUT));
    const answered = comparable(said);
    const shown = step.output.includes(LEFT_OUT)
      ? answered.filter((line) => printed.includes(line))
      : answered;
    expect([name, shown]).toEqual([name, printed]);
    remember(step.output, said);
  }
}, 120_000);

/** The first id of each line that both have: an id of the guide stands for the one at its place. */
function remember(printed: readonly string[], said: readonly string[]): void {
  for (const line of printed) {
    const [known] = line.match(ID) ?? [];
    const place = known === undefined ? -1 : line.indexOf(known);
    const same = said.find((other) => place >= 0 && other.startsWith(line.slice(0, place)));
    const [given] = same?.slice(place).match(ID) ?? [];
    if (known !== undefined && given !== undefined && !ids.has(known)) ids.set(known, given);
  }
}
