/**
 * WeChat's classic compilers for WXML (wcc) and WXSS (wcsc), which older WebView pages still run on: no `?.`, `??`,
 * template literals or arrow functions in `{{}}`, no ES6 in WXS, no nested CSS. Each stops at its first mistake.
 */
import { chmodSync, copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type CheckedProject } from '../checked-project';
import { type Finding } from '../finding';

const CHECK = 'old compilers';

/** @param folder the mini program with its npm packages packed @throws Error where the binaries cannot run */
export function checkWithOldCompilers(project: CheckedProject, folder: string): Finding[] {
  const temporary = mkdtempSync(join(tmpdir(), 'wechat-compilers-'));
  try {
    const used = [...project.used];
    const templates = used.filter((path) => /\.(wxml|wxs)$/.test(path));
    const styles = used.filter((path) => path.endsWith('.wxss'));
    return [
      ...compile(project, folder, temporary, 'wcc', [
        '-d',
        '-o',
        join(temporary, 'templates.js'),
        ...templates,
      ]),
      ...compile(project, folder, temporary, 'wcsc', ['-lc', '-o', join(temporary, 'styles.js'), ...styles]),
    ];
  } finally {
    rmSync(temporary, { recursive: true });
  }
}

function compile(
  project: CheckedProject,
  folder: string,
  temporary: string,
  compiler: 'wcc' | 'wcsc',
  parameters: readonly string[],
): Finding[] {
  const program = join(temporary, compiler);
  copyFileSync(join(binaries(), compiler), program);
  // npm packs them without the executable bit.
  chmodSync(program, 0o755);
  const { status, error, stdout, stderr } = spawnSync(program, parameters, { cwd: folder, encoding: 'utf8' });
  if (error) throw new Error(`${compiler} cannot run on this computer: ${error.message}`);
  if (status === 0) return [];
  const text = `${stderr}\n${stdout}`.trim();
  const place = /(?:^|[\s`'"])([\w@./-]+\.(?:wxml|wxss|wxs))(?:[:(](\d+))?/m.exec(text);
  return [
    {
      check: CHECK,
      path: place?.[1] === undefined ? project.display('') : project.display(place[1]),
      ...(place?.[2] !== undefined && { line: Number(place[2]) }),
      message: `${compiler}: ${text.split('\n').find((line) => line.trim() !== '') ?? `exit ${String(status)}`}`,
    },
  ];
}

function binaries(): string {
  const platform = process.platform === 'darwin' ? 'mac' : 'linux';
  const folder = dirname(createRequire(__filename).resolve('miniprogram-compiler/package.json'));
  return join(folder, 'bin', platform);
}
