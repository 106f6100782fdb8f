/**
 * The main package must do without its subpackages: a phone loads it first, and a script or component that it takes
 * from a subpackage stops the app as it starts. The packer and the compilers say nothing about it. Pages lead there by
 * navigation, and a subpackage may use everything of the main package, nothing of another subpackage.
 */
import { type CheckedProject } from '../checked-project';
import { type Finding } from '../finding';

const CHECK = 'subpackage reach';

export function checkSubpackageReach(project: CheckedProject): Finding[] {
  const { app, scripts, components } = project.built;
  const roots = (app.subPackages ?? app.subpackages ?? []).map(({ root }) => root.replace(/\/?$/, '/'));
  /** Empty for the main package. */
  const packageOf = (path: string): string => roots.find((root) => path.startsWith(root)) ?? '';
  const reaches = (from: string, targets: readonly string[]): Finding[] =>
    targets
      .filter((target) => !['', packageOf(from)].includes(packageOf(target)))
      .map((target) => ({
        check: CHECK,
        path: project.display(from),
        message: `takes ${target} out of the subpackage ${packageOf(target)}, which may not be there yet`,
      }));
  return [
    ...Object.entries(scripts).flatMap(([path, { requires }]) => reaches(path, Object.values(requires))),
    ...Object.entries(components).flatMap(([path, { usingComponents, componentPlaceholder = {} }]) =>
      // What has a placeholder is loaded when it is there.
      reaches(
        `${path}.json`,
        Object.entries(usingComponents).flatMap(([tag, target]) =>
          tag in componentPlaceholder ? [] : [target],
        ),
      ),
    ),
  ];
}
