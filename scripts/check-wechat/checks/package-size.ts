/** Sizes of the packages as WeChat would upload them, against the project's limit and WeChat's own. */
import { type CheckedProject } from '../checked-project';
import { type CompiledFiles } from '../compile-with-wechat';
import { type Finding } from '../finding';

/** The project's own limit: the first page must be there in one round trip on a slow network. */
export const MAIN_PACKAGE_LIMIT = 800 * 1024;
/** WeChat: 2 MB for each sub-package, 20 MB together. */
export const SUB_PACKAGE_LIMIT = 2 * 1024 * 1024;
export const TOTAL_LIMIT = 20 * 1024 * 1024;

export interface PackageSize {
  /** Empty for the main package. */
  readonly root: string;
  readonly bytes: number;
}

/** Main package first, then the sub-packages in the order of app.json. */
export function packageSizes(project: CheckedProject, compiled: CompiledFiles): PackageSize[] {
  const { app } = project.built;
  const roots = (app.subPackages ?? app.subpackages ?? []).map(({ root }) => root.replace(/\/?$/, '/'));
  const sizes = new Map<string, number>([['', 0], ...roots.map((root) => [root, 0] as const)]);
  for (const [name, content] of compiled) {
    const root = roots.find((candidate) => name.startsWith(candidate)) ?? '';
    sizes.set(root, (sizes.get(root) ?? 0) + content.length);
  }
  return [...sizes].map(([root, bytes]) => ({ root, bytes }));
}

export function checkPackageSize(sizes: readonly PackageSize[]): Finding[] {
  const findings: Finding[] = [];
  const limit = (name: string, bytes: number, maximum: number): void => {
    if (bytes <= maximum) return;
    const message = `${name} has ${kilobytes(bytes)} KB, the limit is ${kilobytes(maximum)} KB`;
    findings.push({ check: 'package size', path: 'project.config.json', message });
  };
  for (const { root, bytes } of sizes) {
    if (root === '') limit('the main package', bytes, MAIN_PACKAGE_LIMIT);
    else limit(`the package ${root}`, bytes, SUB_PACKAGE_LIMIT);
  }
  limit(
    'the mini program',
    sizes.reduce((sum, { bytes }) => sum + bytes, 0),
    TOTAL_LIMIT,
  );
  return findings;
}

export function kilobytes(bytes: number): number {
  return Math.round(bytes / 102.4) / 10;
}
