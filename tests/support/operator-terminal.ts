/** The operator's command line as a person types it, against the deployed functions; what it prints is kept. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { operatorCommand } from '../../local/cli/operator';
import { runCommand } from '../../local/cli/support/command';
import { type OperatorBatch } from '../../miniprogram/shared/contract/operator/batches';
import { storedMember } from './staff-builder';
import { startTestCloud } from './start-test-cloud';

interface Said {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

type Keyboard = (printed: () => string) => AsyncIterable<string>;

export interface OperatorTerminal {
  /** As the operator. */
  readonly type: (...args: readonly string[]) => Promise<Said>;
  readonly typeAs: (openid: string, ...args: readonly string[]) => Promise<Said>;
  /** @param lines what the operator types while the command runs */
  readonly typeWith: (lines: readonly string[], ...args: readonly string[]) => Promise<Said>;
  /** @param keyboard what comes from a keyboard, given all that was printed so far */
  readonly typeAt: (keyboard: Keyboard, ...args: readonly string[]) => Promise<Said>;
  /** What the command prints for programs. */
  readonly json: <Data>(...args: readonly string[]) => Promise<Data>;
  readonly aBatch: (title: string) => Promise<OperatorBatch>;
  /** A folder of the operator's own. */
  readonly folder: string;
  /** The path of a file in it. */
  readonly file: (name: string) => string;
  readonly close: () => Promise<void>;
}

const OPERATOR = 'the-operator';
export const BATCH = ['--school', '99999', '--title', '2027届毕业生图像采集', '--graduation', '2027-01-10'];
export const WINDOW = ['--opens', '2026-01-01', '--closes', '2099-02-28', '--telephone', '0550-1234567'];

export async function openOperatorTerminal(): Promise<OperatorTerminal> {
  const testCloud = await startTestCloud();
  const folder = mkdtempSync(join(tmpdir(), 'operator-'));
  await storedMember({ role: 'operator' }, OPERATOR);

  const runWith = async (
    inputOf: (printed: () => string) => Readable,
    openid: string,
    args: readonly string[],
  ): Promise<Said> => {
    const said: { out: string[]; error: string[] } = { out: [], error: [] };
    const all = [...args, '--as', openid, '--url', testCloud.cloud.url];
    const input = inputOf(() => said.out.join('\n'));
    const code = await runCommand(operatorCommand(all, input, {}), all, {
      out: (text) => said.out.push(text),
      error: (text) => said.error.push(text),
    });
    return { code, out: said.out.join('\n'), error: said.error.join('\n') };
  };
  const run = (lines: readonly string[], openid: string, args: readonly string[]) =>
    runWith(() => Readable.from(lines.map((line) => `${line}\n`)), openid, args);
  const type = (...args: readonly string[]) => run([], OPERATOR, args);
  const json = async <Data>(...args: readonly string[]): Promise<Data> => {
    const { out, error } = await type(...args, '--json');
    expect(error).toBe('');
    return JSON.parse(out) as Data;
  };
  return {
    type,
    typeAs: (openid, ...args) => run([], openid, args),
    typeWith: (lines, ...args) => run(lines, OPERATOR, args),
    typeAt: (keyboard, ...args) =>
      runWith((printed) => Object.assign(Readable.from(keyboard(printed)), { isTTY: true }), OPERATOR, args),
    json,
    aBatch: async (title) => {
      await type('school', '99999', '示范大学');
      return json<OperatorBatch>(
        'batch',
        'create',
        ...BATCH,
        ...WINDOW,
        '--cohort',
        '2021',
        '--title',
        title,
      );
    },
    folder,
    file: (name) => join(folder, name),
    close: async () => {
      await testCloud.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
