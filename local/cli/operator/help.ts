/** The help of `npm run operator`: all commands by section, one command with its arguments, options and an example. */
import { type OperatorCommand } from './operator-command';
import { displayWidth } from './output';
import { ARGUMENT_WORDS, CLI_WORDS } from './words';

const PROGRAM = 'npm run operator --';
const EVERYWHERE = ['as', 'url', 'data', 'json', 'help'] as const;

export interface Section {
  readonly title: string;
  readonly commands: readonly OperatorCommand[];
}

const column = (name: string, width: number) =>
  `  ${name}${' '.repeat(Math.max(1, width - displayWidth(name)))}`;

function callOf(command: OperatorCommand): string {
  return [command.name, ...command.arguments.map((name) => `<${name}>`)].join(' ');
}

export function overview(sections: readonly Section[]): string {
  const lines = sections.flatMap(({ title, commands }) => [
    '',
    `${title}：`,
    ...commands.map((command) => column(callOf(command), 34) + command.summary),
  ]);
  return [CLI_WORDS.title, '', CLI_WORDS.usage, ...lines, '', CLI_WORDS.more, CLI_WORDS.exitCodes].join('\n');
}

export function helpFor(command: OperatorCommand): string {
  const explained = command.arguments.filter((name) => ARGUMENT_WORDS[name] !== undefined);
  const options = Object.entries(command.options).map(([name, { help }]) => column(`--${name}`, 26) + help);
  return [
    `${command.summary}。`,
    ...(command.remark === undefined ? [] : [command.remark]),
    '',
    `  ${PROGRAM} ${callOf(command)}${options.length > 0 ? ` [${CLI_WORDS.options}]` : ''}`,
    ...(command.example === undefined
      ? []
      : ['', `${CLI_WORDS.example}：`, `  ${PROGRAM} ${command.example}`]),
    ...(explained.length === 0
      ? []
      : ['', ...explained.map((name) => column(`<${name}>`, 26) + ARGUMENT_WORDS[name]!)]),
    ...(options.length > 0 ? ['', `${CLI_WORDS.options}：`, ...options] : []),
    '',
    `${CLI_WORDS.everywhere}：`,
    ...EVERYWHERE.map((name) => column(`--${name}`, 26) + CLI_WORDS[name]),
  ].join('\n');
}

/** What to say about words that are no command: the rest of the group, or names that look alike. */
export function unknownCommand(words: readonly string[], commands: readonly OperatorCommand[]): string {
  const names = commands.map(({ name }) => name);
  const group = names.filter((name) => name.startsWith(`${words[0]} `));
  if (group.length > 0 && words.length === 1) return CLI_WORDS.group(words[0]!, group);
  const typed = words.join(' ');
  const alike = names.filter((name) => distance(name, typed) <= 2 || distance(name, words[0]!) <= 2);
  const close = alike.length > 0 ? alike : group;
  return [CLI_WORDS.unknown(typed), ...(close.length === 0 ? [] : [CLI_WORDS.didYouMean(close)])].join('\n');
}

/** Levenshtein's: how many letters must be changed, added or left out. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [i, letter] of Array.from(one).entries()) {
    const next = [i + 1];
    for (let j = 0; j < other.length; j += 1) {
      next.push(Math.min(row[j + 1]! + 1, next[j]! + 1, row[j]! + (letter === other[j] ? 0 : 1)));
    }
    row = next;
  }
  return row[other.length]!;
}
