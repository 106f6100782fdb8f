/**
 * `npm run check:wechat`: would WeChat take this project? On a clean machine, without network, appid or key.
 * Exit 0 when nothing was found, 1 otherwise.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Command, runWhenStarted } from '../../local/cli/support/command';
import { EXIT } from '../../local/cli/support/exit-code';
import { checkProject } from './check-project';
import { kilobytes } from './checks/package-size';
import { describeFinding } from './finding';

const USAGE = `Would WeChat take this project? Compiles it with WeChat's own compilers, without network, appid or key.

  npm run check:wechat -- [--project FOLDER]

  --project FOLDER   holds project.config.json; without it this repository

Exit code 0 when nothing was found, 1 otherwise.`;

export const checkWechatCommand: Command = {
  usage: USAGE,
  run: async (args, output) => {
    const { values } = parseArgs({
      args: [...args],
      options: { project: { type: 'string', default: resolve(__dirname, '../..') } },
    });
    const started = performance.now();
    const { findings, sizes } = await checkProject(resolve(values.project));
    for (const finding of findings) output.error(describeFinding(finding));
    for (const { root, bytes } of sizes) {
      output.out(`${root === '' ? 'main package' : root}: ${kilobytes(bytes)} KB`);
    }
    const seconds = Math.round((performance.now() - started) / 100) / 10;
    output.out(`check:wechat: ${findings.length} finding(s) in ${seconds} s`);
    return findings.length === 0 ? EXIT.done : EXIT.otherFailure;
  },
};

runWhenStarted(checkWechatCommand, __filename);
