/**
 * Templates, scripts, styles and references, by the browser phone's builder (glass-easel's template compiler,
 * esbuild, postcss): broken templates, missing components, modules, imports and WXS, unknown tags.
 * WeChat's own packer accepts most of these without a word. Packed npm packages are not ours to mend.
 */
import { type CheckedProject } from '../checked-project';
import { type Finding } from '../finding';

/** Warnings of the template compiler that point at mistakes; the rest are hints. */
const SERIOUS_WARNINGS =
  /missing end tag|unmatched|duplicated|invalid|unknown|illegal|not a valid|style sheet/;

export function checkSources(project: CheckedProject): Finding[] {
  return project.built.problems
    .filter(({ path }) => !path.startsWith('miniprogram_npm/'))
    .filter(({ severity, message }) => severity === 'error' || SERIOUS_WARNINGS.test(message))
    .map(({ path, line, message }) => ({
      check: 'sources',
      path: project.display(path),
      ...(line !== undefined && { line }),
      message: message.split('\n')[0] ?? message,
    }));
}
