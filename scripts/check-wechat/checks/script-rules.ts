/**
 * What WeChat's script tools trip over and no type check sees: `import type` (the real-device debugger cannot parse
 * it), modules from outside the mini program, links in the tree.
 */
import { posix } from 'node:path';
import { type CheckedProject } from '../checked-project';
import { type Finding, lineAt } from '../finding';

const CHECK = 'script rules';
const TYPE_IMPORT =
  /^\s*import\s+type\s+[{*\w]|^\s*export\s+type\s*[{*]|^\s*(?:import|export)\s*\{[^}]*\btype\s+\w/gm;
const SPECIFIER = /(?:\bfrom|\bimport|\brequire\s*\(|\bimport\s*\()\s*(['"])([^'"\n]+)\1/g;

export function checkScriptRules(project: CheckedProject): Finding[] {
  const findings: Finding[] = project.symbolicLinks.map((path) => ({
    check: CHECK,
    path: project.display(path),
    message: 'a link in the mini program: WeChat would pack what it points to',
  }));
  for (const path of project.files.filter((file) => file.endsWith('.ts'))) {
    const text = project.read(path) ?? '';
    const add = (offset: number, message: string): void => {
      findings.push({ check: CHECK, path: project.display(path), line: lineAt(text, offset), message });
    };
    for (const match of text.matchAll(TYPE_IMPORT)) {
      // The match may begin with the line break before the statement.
      add(
        match.index + match[0].search(/\S/),
        'use a plain import: WeChat’s real-device debugger cannot parse a type import',
      );
    }
    for (const match of text.matchAll(SPECIFIER)) {
      const specifier = match[2] ?? '';
      if (!specifier.startsWith('.')) continue;
      const target = posix.normalize(posix.join(posix.dirname(path), specifier));
      if (target.startsWith('..')) add(match.index, `imports from outside the mini program: ${specifier}`);
    }
  }
  return findings;
}
