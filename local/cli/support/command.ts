/**
 * What every command has in common: a usage text behind --help, a short message and exit code 1 for wrong usage and for
 * files that cannot be read or written, and an end without a stack trace when whoever reads the output stops reading.
 */
import { existsSync, realpathSync } from 'node:fs';
import { EXIT } from './exit-code';
import { fileProblem, isClosedPipe, isFileError } from './named-files';
import { isStopping } from './stop-signals';
import { UsageError } from './usage-error';

export { UsageError };

/** Where a command writes; given from outside so that tests can look. */
export interface CommandOutput {
  out(text: string): void;
  error(text: string): void;
}

const PROCESS_OUTPUT: CommandOutput = {
  out: (text) => void process.stdout.write(`${text}\n`),
  error: (text) => void process.stderr.write(`${text}\n`),
};

export interface Command {
  /** Shown for --help and after a usage error. */
  readonly usage: string;
  /** @returns the exit code */
  run(args: readonly string[], output: CommandOutput): Promise<number>;
}

/** @returns the exit code: that of the command, 0 for --help and where nobody reads on, 1 for wrong usage */
export async function runCommand(
  command: Command,
  args: readonly string[],
  output: CommandOutput = PROCESS_OUTPUT,
): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    output.out(command.usage);
    return 0;
  }
  try {
    return await command.run(args, output);
  } catch (error) {
    if (isClosedPipe(error)) return EXIT.done;
    const message = usageProblem(error);
    if (message === null) throw error;
    output.error(`${message}\n\n${command.usage}`);
    return 1;
  }
}

/** Runs the command of the file that was started. Does nothing where the file is only imported. */
export function runWhenStarted(command: Command, file: string): void {
  if (!isStarted(file)) return;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  runCommand(command, process.argv.slice(2)).then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      if (isStopping()) return;
      console.error(error);
      process.exitCode = 1;
    },
  );
}

/** Node says where a file really lies, and what was started as it was typed: through a link, or a junction on Windows. */
function isStarted(file: string): boolean {
  const started = process.argv[1];
  return started !== undefined && existsSync(started) && realpathSync(started) === file;
}

/** What is wrong with the arguments or the files they name; null for a bug. */
function usageProblem(error: unknown): string | null {
  if (error instanceof UsageError) return error.message;
  if (isFileError(error)) return fileProblem(error);
  // Node's parseArgs marks its errors by code.
  const { code, message } = (error ?? {}) as Partial<NodeJS.ErrnoException>;
  return code?.startsWith('ERR_PARSE_ARGS_') === true ? (message ?? code) : null;
}
