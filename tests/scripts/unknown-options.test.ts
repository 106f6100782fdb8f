/** A mistyped option is said to be none, by every script; it would otherwise be ignored, or end in a stack trace. */
import { runCommand } from '../../local/cli/support/command';
import { buildCommand } from '../../scripts/build';
import { checkWechatCommand } from '../../scripts/check-wechat/check-wechat';
import { galleryCommand } from '../../scripts/gallery';
import { buildModelsCommand } from '../../scripts/models/build-models';
import { recordedOutput } from '../support/recorded-output';

test.each([
  ['build', buildCommand],
  ['build:models', buildModelsCommand],
  ['gallery', galleryCommand],
  ['check:wechat', checkWechatCommand],
] as const)('%s --foo: the usage and exit code 1', async (name, command) => {
  const output = recordedOutput();
  expect(await runCommand(command, ['--foo'], output)).toBe(1);
  expect(output.errors.join('\n')).toContain('--foo');
  expect(output.errors.join('\n')).toContain(`npm run ${name}`);
  expect(output.lines).toEqual([]);
});
