/**
 * `npm run check:wechat`: would WeChat take this project? On a clean machine, without network, appid or key.
 * Exit 0 when nothing was found, 1 otherwise.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { checkProject } from './check-project';
import { kilobytes } from './checks/package-size';
import { describeFinding } from './finding';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { project: { type: 'string', default: resolve(__dirname, '../..') } },
  });
  const started = performance.now();
  const { findings, sizes } = await checkProject(resolve(values.project));
  for (const finding of findings) console.error(describeFinding(finding));
  for (const { root, bytes } of sizes) {
    console.log(`${root === '' ? 'main package' : root}: ${kilobytes(bytes)} KB`);
  }
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  console.log(`check:wechat: ${findings.length} finding(s) in ${seconds} s`);
  process.exitCode = findings.length === 0 ? 0 : 1;
}

void main();
