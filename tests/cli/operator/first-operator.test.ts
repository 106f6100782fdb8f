/** The first operator, made by a command on the data folder of a cloud that is not running. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { operatorCommand } from '../../../local/cli/operator';
import { runCommand } from '../../../local/cli/support/command';
import { startTestCloud } from '../../support/start-test-cloud';

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'first-operator-'));
  const { cloud } = await startTestCloud({ dataDir: folder });
  await cloud.close();
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function type(...args: readonly string[]) {
  const said: string[] = [];
  const all = [...args, '--data', folder];
  const tell = (text: string) => said.push(text);
  const code = await runCommand(operatorCommand(all, Readable.from([])), all, { out: tell, error: tell });
  return { code, text: said.join('\n') };
}

test('a folder without a cloud is refused and stays as it is', async () => {
  const missing = join(folder, 'nothing');
  const said = await runCommand(operatorCommand(['me']), ['me', '--data', missing], {
    out: () => undefined,
    error: (text) => {
      expect(text).toContain('不是云的数据文件夹');
    },
  });
  expect(said).toBe(1);
});

test('a folder that a running cloud uses is said to be so', async () => {
  const running = await startTestCloud({ dataDir: folder });
  const said = await type('me');
  await running.cloud.close();
  expect(said).toMatchObject({ code: 1 });
  expect(said.text).toContain('npm start 正在用这个文件夹，去掉 --data 即可');
});

test('joins, once; a second command says who it is', async () => {
  expect((await type('me')).text).toContain('还没有加入');
  expect((await type('first', '--join')).text).toMatch(/身份\s+采集单位/);
  expect((await type('me')).text).toMatch(/备注名\s+管理员/);
  const again = await type('first', '--join');
  expect(again).toMatchObject({ code: 0 });
  expect(again.text).toMatch(/身份\s+采集单位/);
  // For somebody else there is always another invitation.
  expect((await type('first')).text).toMatch(/邀请码：[0-9A-Z-]{24}/);
}, 60_000);
