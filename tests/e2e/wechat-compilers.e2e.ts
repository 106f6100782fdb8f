/** WeChat's own packer, run as `npm run check:wechat` runs it, on a sound project and on one that only it refuses. */
import { checkProject } from '../../scripts/check-wechat/check-project';
import { describeFinding } from '../../scripts/check-wechat/finding';
import { ProjectCopy } from '../scripts/check-wechat/support/project-copy';

let copy: ProjectCopy;

beforeEach(() => {
  copy = new ProjectCopy();
});

afterEach(() => {
  copy.dispose();
});

test('a sound project passes and its packages have sizes', async () => {
  const { findings, sizes } = await checkProject(copy.root);
  expect(findings.map(describeFinding)).toEqual([]);
  expect(sizes.map(({ root }) => root)).toEqual(['', 'library/']);
  for (const { bytes } of sizes) expect(bytes).toBeGreaterThan(0);
});

test('an entry page that is no page is refused by the packer itself', async () => {
  copy.editJson('miniprogram/app.json', (json) => ({ ...json, entryPagePath: 'pages/gone/gone' }));
  const { findings } = await checkProject(copy.root);
  expect(findings.map(({ check }) => check)).toEqual(['compile']);
});
