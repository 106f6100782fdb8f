/**
 * What WeChat's "构建 npm" would pack, by the project's real setting. The tool packs every dependency of the named
 * package.json, used or not: pointed at the root's it would put the cloud's libraries into the mini program.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CheckedProject } from '../checked-project';
import { usedPackages } from '../compile-with-wechat';
import { type Finding } from '../finding';

const CHECK = 'npm-packing';

interface Relation {
  readonly packageJsonPath: string;
}

export function checkNpmPacking(project: CheckedProject): Finding[] {
  const { setting } = project.config as { readonly setting?: { readonly packNpmRelationList?: Relation[] } };
  const used = usedPackages(project);
  return (setting?.packNpmRelationList ?? []).flatMap(({ packageJsonPath: path }) => {
    const file = join(project.root, path);
    if (!existsSync(file)) return [{ check: CHECK, path, message: 'the package.json to pack is missing' }];
    const { dependencies = {} } = JSON.parse(readFileSync(file, 'utf8')) as {
      readonly dependencies?: Readonly<Record<string, string>>;
    };
    return Object.keys(dependencies)
      .filter((name) => !used.includes(name))
      .map((name) => ({ check: CHECK, path, message: `${name} would be packed, and no page uses it` }));
  });
}
