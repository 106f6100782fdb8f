/**
 * All checks of a mini program project, in order of their cost. The slow one, WeChat's own packer, runs only when
 * everything before it is in order: its messages about broken sources are the worst of all.
 */
import { checkConfiguration } from './checks/configuration';
import { checkFiles } from './checks/files';
import { checkLocalReach } from './checks/local-reach';
import { checkNpmPacking } from './checks/npm-packing';
import { checkWithOldCompilers } from './checks/old-compilers';
import { checkPackageSize, type PackageSize, packageSizes } from './checks/package-size';
import { checkScriptRules } from './checks/script-rules';
import { checkSources } from './checks/sources';
import { checkSubpackageReach } from './checks/subpackage-reach';
import { CheckedProject } from './checked-project';
import { compileWithWeChat } from './compile-with-wechat';
import { type Finding } from './finding';

export interface ProjectReport {
  readonly findings: readonly Finding[];
  /** Empty when the packer did not run. */
  readonly sizes: readonly PackageSize[];
}

/** The checks that need no packer: seconds. */
export function checkQuickly(project: CheckedProject): Finding[] {
  return [
    ...checkConfiguration(project),
    ...checkSources(project),
    ...checkScriptRules(project),
    ...checkSubpackageReach(project),
    ...checkFiles(project),
    ...checkNpmPacking(project),
  ];
}

/** @param root absolute folder of project.config.json */
export async function checkProject(root: string): Promise<ProjectReport> {
  const project = new CheckedProject(root);
  const quick = checkQuickly(project);
  if (quick.length > 0) return { findings: quick, sizes: [] };
  const compilation = await compileWithWeChat(project);
  try {
    const sizes = packageSizes(project, compilation.files);
    const findings = [
      ...checkWithOldCompilers(project, compilation.stagedMiniprogram),
      ...compilation.findings,
      ...checkLocalReach(project, compilation.files),
      ...checkPackageSize(sizes),
    ];
    return { findings, sizes };
  } finally {
    compilation.dispose();
  }
}
