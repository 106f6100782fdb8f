/**
 * `npm run operator -- <command>`: the other side of the counter from a PC. Finds the command, opens the cloud as a
 * client with an identity, and says in Chinese, or with --json for programs, what came of it. Refusals of the cloud
 * are told with their next step; they end with exit code 1.
 */
import { type Readable } from 'node:stream';
import { parseArgs } from 'node:util';
import { ACCESS_COMMANDS } from './operator/commands/access';
import { BATCH_COMMANDS } from './operator/commands/batches';
import { PACKAGE_COMMANDS } from './operator/commands/packages';
import { PROGRESS_COMMANDS } from './operator/commands/progress';
import { REVIEW_COMMANDS } from './operator/commands/review';
import { ROSTER_COMMANDS } from './operator/commands/roster';
import { STATION_COMMANDS } from './operator/commands/station';
import { UPKEEP_COMMANDS } from './operator/commands/upkeep';
import { helpFor, overview, type Section, unknownCommand } from './operator/help';
import {
  type CommandContext,
  type CommandResult,
  Given,
  type OperatorCommand,
  parseOptionsWith,
} from './operator/operator-command';
import { progressBar } from './operator/output';
import { optionProblem, refusalText } from './operator/refusals';
import { DEFAULT_IDENTITY, openSession } from './operator/session';
import { swallowedOptions } from './operator/swallowed-options';
import { typedLines } from './operator/typed-lines';
import { CLI_WORDS, SECTION_WORDS, SESSION_WORDS } from './operator/words';
import { type Command, type CommandOutput, runWhenStarted, UsageError } from './support/command';

const SECTIONS: readonly Section[] = [
  { title: SECTION_WORDS.access, commands: ACCESS_COMMANDS },
  { title: SECTION_WORDS.batches, commands: BATCH_COMMANDS },
  { title: SECTION_WORDS.roster, commands: ROSTER_COMMANDS },
  { title: SECTION_WORDS.progress, commands: PROGRESS_COMMANDS },
  { title: SECTION_WORDS.review, commands: REVIEW_COMMANDS },
  { title: SECTION_WORDS.station, commands: STATION_COMMANDS },
  { title: SECTION_WORDS.packages, commands: PACKAGE_COMMANDS },
  { title: SECTION_WORDS.upkeep, commands: UPKEEP_COMMANDS },
];

export const OPERATOR_COMMANDS: readonly OperatorCommand[] = SECTIONS.flatMap(({ commands }) => commands);

/** The longest name that the words begin with. */
function findCommand(words: readonly string[]): OperatorCommand | undefined {
  return [2, 1]
    .map((length) => words.slice(0, length).join(' '))
    .map((name) => OPERATOR_COMMANDS.find((command) => command.name === name))
    .find((command) => command !== undefined);
}

/** What the common runner needs: the usage of the command that is named, or of all; --help shows it. */
export function operatorCommand(
  args: readonly string[],
  input: Readable = process.stdin,
  environment: NodeJS.ProcessEnv = process.env,
): Command {
  const named = findCommand(wordsOf(args));
  return {
    usage: named === undefined ? overview(SECTIONS) : helpFor(named),
    run: (words, output) => run(words, output, input, environment),
  };
}

/** The words before the first option, at most two. */
function wordsOf(args: readonly string[]): readonly string[] {
  const option = args.findIndex((word) => word.startsWith('-'));
  return args.slice(0, option === -1 ? args.length : option).slice(0, 2);
}

async function run(
  args: readonly string[],
  output: CommandOutput,
  input: Readable,
  environment: NodeJS.ProcessEnv,
): Promise<number> {
  const words = wordsOf(args);
  const command = findCommand(words);
  try {
    if (words.length === 0) {
      requireNoCommandIn(args);
      output.out(overview(SECTIONS));
      return 0;
    }
    if (command === undefined) throw new UsageError(unknownCommand(words, OPERATOR_COMMANDS));
    requireNothingSwallowed(command, args, environment);
    const given = givenFor(command, args.slice(command.name.split(' ').length));
    return await runCommandWith(command, given, output, input);
  } catch (error) {
    // The whole help would push what went wrong off the screen.
    if (!(error instanceof UsageError)) throw error;
    output.error(`${error.message}\n${CLI_WORDS.seeHelp(command?.name ?? '')}`);
    return 1;
  }
}

/** @throws UsageError for an option that no command has, and for a command that stands behind its options */
function requireNoCommandIn(args: readonly string[]): void {
  const [behind] = parsed({}, args).positionals;
  if (behind !== undefined) throw new UsageError(CLI_WORDS.commandFirst(behind));
}

/** @throws UsageError */
function requireNothingSwallowed(
  { options }: OperatorCommand,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): void {
  const swallowed = swallowedOptions(Object.keys(parseOptionsWith(options)), args, environment);
  if (swallowed.length > 0) throw new UsageError(CLI_WORDS.swallowed(swallowed));
}

/** @throws UsageError */
function givenFor(command: OperatorCommand, args: readonly string[]): Given {
  const { values, positionals } = parsed(command.options, args);
  const given = new Given(positionals, values);
  given.requireAtMost(command.arguments.length);
  return given;
}

/** @throws UsageError */
function parsed(own: OperatorCommand['options'], args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: parseOptionsWith(own), allowPositionals: true });
  } catch (error) {
    const words = optionProblem(error);
    throw words === null ? error : new UsageError(words);
  }
}

async function runCommandWith(
  command: OperatorCommand,
  given: Given,
  output: CommandOutput,
  input: Readable,
): Promise<number> {
  const json = given.flag('json');
  const identity = given.text('as') ?? DEFAULT_IDENTITY;
  const bar = progressBar();
  const surroundings: Surroundings = {
    bar,
    say(text) {
      if (!json) output.out(text);
    },
    lines: () => typedLines(input),
  };
  try {
    const { text, json: data, exitCode } = await resultOf(command, given, identity, surroundings);
    output.out(json ? JSON.stringify(data, null, 2) : text);
    return exitCode ?? 0;
  } catch (error) {
    bar.end();
    const refusal = refusalText(error, identity, given.text('url') ?? SESSION_WORDS.running);
    if (refusal === null) throw error;
    if (json) output.out(JSON.stringify(refusal.json, null, 2));
    else output.error(refusal.text);
    return 1;
  }
}

type Surroundings = Omit<CommandContext, 'session'>;

async function resultOf(
  command: OperatorCommand,
  given: Given,
  identity: string,
  surroundings: Surroundings,
): Promise<CommandResult> {
  if (command.offline) return command.run(surroundings, given);
  const session = await openSession({ as: identity, url: given.text('url'), data: given.text('data') });
  try {
    return await command.run({ session, ...surroundings }, given);
  } finally {
    await session.close();
  }
}

runWhenStarted(operatorCommand(process.argv.slice(2)), __filename);
