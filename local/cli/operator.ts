/**
 * `npm run operator -- <command>`: the other side of the counter from a PC. Finds the command, opens the cloud as a
 * client with an identity, and says in Chinese, or with --json for programs, what came of it. Refusals of the cloud
 * are told with their next step; they end with exit code 1.
 */
import { parseArgs } from 'node:util';
import { ACCESS_COMMANDS } from './operator/commands/access';
import { BATCH_COMMANDS } from './operator/commands/batches';
import { PACKAGE_COMMANDS } from './operator/commands/packages';
import { PROGRESS_COMMANDS } from './operator/commands/progress';
import { REVIEW_COMMANDS } from './operator/commands/review';
import { ROSTER_COMMANDS } from './operator/commands/roster';
import { STATION_COMMANDS } from './operator/commands/station';
import { UPKEEP_COMMANDS } from './operator/commands/upkeep';
import { Given, type OperatorCommand, parseOptionsOf } from './operator/operator-command';
import { displayWidth, progressBar } from './operator/output';
import { DEFAULT_IDENTITY, openSession } from './operator/session';
import { CLI_WORDS } from './operator/words';
import { type Command, type CommandOutput, runWhenStarted, UsageError } from './support/command';
import { CloudClientError } from '../cloud/cloud-client';
import { errorWords } from '../../miniprogram/copy/error-words';
import { isDomainError } from '../../miniprogram/shared/errors';

export const OPERATOR_COMMANDS: readonly OperatorCommand[] = [
  ...ACCESS_COMMANDS,
  ...BATCH_COMMANDS,
  ...ROSTER_COMMANDS,
  ...PROGRESS_COMMANDS,
  ...REVIEW_COMMANDS,
  ...STATION_COMMANDS,
  ...PACKAGE_COMMANDS,
  ...UPKEEP_COMMANDS,
];

const column = (name: string, width: number) =>
  `  ${name}${' '.repeat(Math.max(1, width - displayWidth(name)))}`;

function overview(): string {
  const lines = OPERATOR_COMMANDS.map(
    (command) =>
      column([command.name, ...command.arguments.map((name) => `<${name}>`)].join(' '), 40) + command.summary,
  );
  return [
    CLI_WORDS.title,
    '',
    CLI_WORDS.usage,
    '',
    `${CLI_WORDS.commands}：`,
    ...lines,
    '',
    CLI_WORDS.more,
  ].join('\n');
}

function helpFor(command: OperatorCommand): string {
  const usage = ['npm run operator --', command.name, ...command.arguments.map((name) => `<${name}>`)].join(
    ' ',
  );
  const options = Object.entries(command.options).map(([name, { help }]) => column(`--${name}`, 26) + help);
  const everywhere = (['as', 'url', 'data', 'json', 'help'] as const).map(
    (name) => column(`--${name}`, 26) + CLI_WORDS[name],
  );
  return [
    `${command.summary}。`,
    '',
    `  ${usage}`,
    ...(options.length > 0 ? ['', `${CLI_WORDS.options}：`, ...options] : []),
    '',
    `${CLI_WORDS.everywhere}：`,
    ...everywhere,
  ].join('\n');
}

/** The longest name that the words begin with. */
function findCommand(words: readonly string[]): OperatorCommand | undefined {
  return [2, 1]
    .map((length) => words.slice(0, length).join(' '))
    .map((name) => OPERATOR_COMMANDS.find((command) => command.name === name))
    .find((command) => command !== undefined);
}

/** What the common runner needs: the usage of the command that is named, or of all; --help shows it. */
export function operatorCommand(args: readonly string[]): Command {
  const named = findCommand(wordsOf(args));
  return { usage: named === undefined ? overview() : helpFor(named), run };
}

/** The words before the first option, at most two. */
function wordsOf(args: readonly string[]): readonly string[] {
  const option = args.findIndex((word) => word.startsWith('-'));
  return args.slice(0, option === -1 ? args.length : option).slice(0, 2);
}

async function run(args: readonly string[], output: CommandOutput): Promise<number> {
  const words = wordsOf(args);
  const command = findCommand(words);
  if (words[0] === undefined) {
    output.out(overview());
    return 0;
  }
  if (command === undefined) throw new UsageError(CLI_WORDS.unknown(words.join(' ')));
  const { values, positionals } = parseArgs({
    args: args.slice(command.name.split(' ').length),
    options: parseOptionsOf(command),
    allowPositionals: true,
  });
  return runCommandWith(command, new Given(positionals, values), output);
}

async function runCommandWith(
  command: OperatorCommand,
  given: Given,
  output: CommandOutput,
): Promise<number> {
  const json = given.flag('json');
  const session = await openSession({
    as: given.text('as') ?? DEFAULT_IDENTITY,
    url: given.text('url'),
    data: given.text('data'),
  });
  const bar = progressBar();
  try {
    const { text, json: data, exitCode } = await command.run({ session, bar }, given);
    output.out(json ? JSON.stringify(data, null, 2) : text);
    return exitCode ?? 0;
  } catch (error) {
    bar.end();
    return tellRefusal(error, json, output);
  } finally {
    await session.close();
  }
}

/** What the cloud refuses is said; anything else is a bug and is thrown on. */
function tellRefusal(error: unknown, json: boolean, output: CommandOutput): number {
  if (isDomainError(error)) {
    const { code, details } = error;
    const { title, next } = errorWords(code, details);
    if (json) output.out(JSON.stringify({ refused: code, details }, null, 2));
    else
      output.error(
        `${title}（${code}）\n${next}${code === 'INVALID_REQUEST' ? `（${String(details.path)}）` : ''}`,
      );
    return 1;
  }
  if (error instanceof CloudClientError) {
    output.error(error.errMsg);
    return 1;
  }
  throw error;
}

runWhenStarted(operatorCommand(process.argv.slice(2)), __filename);
