/** What one command of `npm run operator` is: a name of one or two words, its arguments, what it does and says. */
import { type ParseArgsConfig } from 'node:util';
import { type Bar } from './output';
import { type Session } from './session';
import { type TypedLines } from './typed-lines';
import { UsageError } from '../support/command';
import { CLI_WORDS } from './words';

export interface CommandOption {
  readonly type: 'string' | 'boolean';
  readonly multiple?: boolean;
  /** In Chinese, for --help; the value's name in brackets comes first where there is one. */
  readonly help: string;
}

export interface CommandResult {
  /** For people. */
  readonly text: string;
  /** For programs, with --json. */
  readonly json: unknown;
  /** 0 where it is left out. */
  readonly exitCode?: number;
}

export interface CommandContext {
  readonly session: Session;
  readonly bar: Bar;
  /** Tells people something before the end; not with --json. */
  say(text: string): void;
  /** What the person types from now on; whoever asks closes them. */
  lines(): TypedLines;
}

interface CommandShape {
  /** E.g. `batches`, `batch create`. */
  readonly name: string;
  /** In Chinese. */
  readonly summary: string;
  /** What --help says below it. */
  readonly remark?: string;
  /** Names of the positional arguments. */
  readonly arguments: readonly string[];
  readonly options: Readonly<Record<string, CommandOption>>;
  /** What one may type after the program's name. */
  readonly example?: string;
}

/** Works on a cloud. */
export interface CloudCommand extends CommandShape {
  readonly offline?: never;
  run(context: CommandContext, given: Given): Promise<CommandResult>;
}

/** Works on files alone, also on a PC without any cloud. */
export interface OfflineCommand extends CommandShape {
  readonly offline: true;
  run(context: Pick<CommandContext, 'bar'>, given: Given): Promise<CommandResult>;
}

export type OperatorCommand = CloudCommand | OfflineCommand;

/** The arguments of one run, asked for by name; what is missing is a usage error. */
export class Given {
  constructor(
    private readonly positionals: readonly string[],
    private readonly values: Readonly<Record<string, unknown>>,
  ) {}

  /** @throws UsageError */
  argument(position: number, name: string): string {
    const value = this.positionals[position];
    if (value === undefined || value === '') throw new UsageError(CLI_WORDS.missingArgument(name));
    return value;
  }

  /** @throws UsageError for more arguments than there are names */
  requireAtMost(count: number): void {
    const [surplus] = this.positionals.slice(count);
    if (surplus !== undefined) throw new UsageError(CLI_WORDS.tooMany(surplus));
  }

  text(option: string): string | undefined {
    const value = this.values[option];
    return typeof value === 'string' ? value : undefined;
  }

  /** @throws UsageError */
  needed(option: string): string {
    const value = this.text(option);
    if (value === undefined) throw new UsageError(CLI_WORDS.missingOption(option));
    return value;
  }

  list(option: string): readonly string[] {
    const value = this.values[option];
    return Array.isArray(value) ? (value as string[]) : [];
  }

  flag(option: string): boolean {
    return this.values[option] === true;
  }

  /** @throws UsageError */
  number(option: string): number | undefined {
    const value = this.text(option);
    if (value === undefined) return undefined;
    if (!/^\d+$/.test(value)) throw new UsageError(CLI_WORDS.notANumber(option));
    return Number(value);
  }

  /** One of some words. @throws UsageError */
  oneOf<Word extends string>(option: string, words: readonly Word[], otherwise: Word): Word {
    const value = this.text(option) ?? otherwise;
    const found = words.find((word) => word === value);
    if (found === undefined) throw new UsageError(CLI_WORDS.notOneOf(option, words));
    return found;
  }
}

/** Options of node's parseArgs for a command, with those that every command has. */
export function parseOptionsWith(
  options: OperatorCommand['options'],
): NonNullable<ParseArgsConfig['options']> {
  const own = Object.entries(options).map(([name, { type, multiple }]) => [
    name,
    { type, ...(multiple === true && { multiple }) },
  ]);
  return {
    ...(Object.fromEntries(own) as NonNullable<ParseArgsConfig['options']>),
    as: { type: 'string' },
    url: { type: 'string' },
    data: { type: 'string' },
    json: { type: 'boolean' },
  };
}
