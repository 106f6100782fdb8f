/** `check:wechat` can fail: every kind of break is found and named, and a sound project passes. */
import { checkQuickly } from '../../../scripts/check-wechat/check-project';
import { CheckedProject } from '../../../scripts/check-wechat/checked-project';
import { checkLocalReach } from '../../../scripts/check-wechat/checks/local-reach';
import { checkWithOldCompilers } from '../../../scripts/check-wechat/checks/old-compilers';
import { describeFinding, type Finding } from '../../../scripts/check-wechat/finding';
import { MUTATIONS, seededChoice } from './support/mutations';
import { ProjectCopy } from './support/project-copy';

/** Another seed breaks other files in other ways; one is enough for every day. */
const SEED = Number(process.env['MUTATION_SEED'] ?? 1);

/** Everything except WeChat's own packer, which one test runs below. */
function findingsOf(copy: ProjectCopy): Finding[] {
  const project = new CheckedProject(copy.root);
  return [
    ...checkQuickly(project),
    ...checkWithOldCompilers(project, project.absolute('')),
    ...checkLocalReach(project, new Map()),
  ];
}

describe(`seed ${SEED}`, () => {
  test.each(MUTATIONS)('finds: $kind', ({ apply, check, message }) => {
    const copy = new ProjectCopy();
    try {
      apply(copy, seededChoice(SEED));
      const found = findingsOf(copy);
      expect(found.map(describeFinding)).toContainEqual(expect.stringMatching(message));
      expect(
        found.filter((finding) => message.test(finding.message)).map((finding) => finding.check),
      ).toContain(check);
    } finally {
      copy.dispose();
    }
  });
});

test('a sound project passes', () => {
  const copy = new ProjectCopy();
  try {
    expect(findingsOf(copy).map(describeFinding)).toEqual([]);
  } finally {
    copy.dispose();
  }
});

test('libraries of the cloud that would be packed into the mini program are found', () => {
  const copy = new ProjectCopy();
  try {
    copy.write('miniprogram/package.json', '{"dependencies":{"pngjs":"7.0.0"}}');
    expect(findingsOf(copy).map(describeFinding)).toEqual([expect.stringMatching(/pngjs would be packed/)]);
  } finally {
    copy.dispose();
  }
});

test('compiled files that speak of a local tool are found', () => {
  const copy = new ProjectCopy();
  try {
    const compiled = new Map([
      ['pages/index/index.js', Buffer.from('globalThis.__phone.hide()')],
      ['local/phone/app.js', Buffer.from('')],
    ]);
    const found = checkLocalReach(new CheckedProject(copy.root), compiled);
    expect(found.map(({ path }) => path)).toEqual(['pages/index/index.js', 'local/phone/app.js']);
  } finally {
    copy.dispose();
  }
});
