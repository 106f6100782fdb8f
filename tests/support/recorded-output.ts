/** Remembers what a command writes. */
import { type CommandOutput } from '../../local/cli/support/command';

export interface RecordedOutput extends CommandOutput {
  readonly lines: readonly string[];
  readonly errors: readonly string[];
}

export function recordedOutput(): RecordedOutput {
  const lines: string[] = [];
  const errors: string[] = [];
  return {
    lines,
    errors,
    out: (text) => void lines.push(text),
    error: (text) => void errors.push(text),
  };
}
