/** A mistyped option is said to be none, by every script; it would otherwise be ignored, or end in a stack trace. */
import { runCommand } from '../../local/cli/support/command';
import { startCommand } from '../../local/start';
import { benchCommand } from '../../scripts/bench/bench';
import { buildCommand } from '../../scripts/build';
import { checkWechatCommand } from '../../scripts/check-wechat/check-wechat';
import { galleryCommand } from '../../scripts/gallery';
import { buildModelsCommand } from '../../scripts/build-models';
import { recordedOutput } from '../support/recorded-output';

test.each([
  ['npm start', startCommand],
  ['npm run bench', benchCommand],
  ['npm run build', buildCommand],
  ['npm run build:models', buildModelsCommand],
  ['npm run gallery', galleryCommand],
  ['npm run check:wechat', checkWechatCommand],
] as const)('%s --foo: the usage and exit code 1', async (name, command) => {
  const output = recordedOutput();
  expect(await runCommand(command, ['--foo'], output)).toBe(1);
  expect(output.errors.join('\n')).toContain('--foo');
  expect(output.errors.join('\n')).toContain(name);
  expect(output.lines).toEqual([]);
});

test.each([
  [['code-picture'], 'no benchmark code-picture; there are '],
  [['--last-engine'], '--last-engine goes with code-pictures alone'],
  [['code-pictures', 'operator', '--last-engine'], '--last-engine goes with code-pictures alone'],
  [['code-pictures', '--last-engine', '--write'], 'without --write'],
])('npm run bench -- %j: measures nothing and says why', async (args, problem) => {
  const output = recordedOutput();
  expect(await runCommand(benchCommand, args, output)).toBe(1);
  expect(output.errors.join('\n')).toContain(problem);
});
