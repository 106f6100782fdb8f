/**
 * Proves that nothing of the local tools (browser phone, embedded cloud, commands) can reach a WeChat build:
 * no import leaves the mini program's folder, nothing outside is packed, and no compiled file speaks of them.
 */
import { type CheckedProject } from '../checked-project';
import { type CompiledFiles } from '../compile-with-wechat';
import { type Finding } from '../finding';

const CHECK = 'local reach';
/** Words that only the local tools use. */
const MARKS = ['__phone', 'browser phone', 'x-cloud-session', 'glass-easel-miniprogram-adapter'];

export function checkLocalReach(project: CheckedProject, compiled: CompiledFiles): Finding[] {
  const findings: Finding[] = [];
  const add = (path: string, message: string): void => {
    findings.push({ check: CHECK, path, message });
  };
  for (const [id, { requires }] of Object.entries(project.built.scripts)) {
    for (const target of [id, ...Object.values(requires)]) {
      if (target.startsWith('..') || target.startsWith('/'))
        add(project.display(id), `reaches outside: ${target}`);
    }
  }
  const options = project.config['packOptions'] as { readonly include?: readonly unknown[] } | undefined;
  if ((options?.include ?? []).length > 0) {
    add('project.config.json', 'packOptions.include adds files that nothing uses; it must stay empty');
  }
  for (const [name, content] of compiled) {
    if (name.startsWith('..') || /(^|\/)local\//.test(name)) add(name, 'a local tool was packed');
    if (!/\.(js|wxml|wxss|json)$/.test(name)) continue;
    const text = content.toString('utf8');
    for (const mark of MARKS)
      if (text.includes(mark)) add(name, `compiled file speaks of a local tool: "${mark}"`);
  }
  return findings;
}
