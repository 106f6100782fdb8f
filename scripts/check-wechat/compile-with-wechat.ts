/**
 * Packs npm packages and compiles the mini program with WeChat's own `miniprogram-ci`, without network, appid or
 * key, in a temporary copy: the packer writes into the project, and leaves folders in its working directory.
 * Refuses to use the network: a proxy that does not exist makes its one request fail at once.
 */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { type CheckedProject } from './checked-project';
import { type Finding } from './finding';

/** Path inside the compiled mini program → content. */
export type CompiledFiles = ReadonlyMap<string, Buffer>;

export interface Compilation {
  readonly files: CompiledFiles;
  readonly findings: readonly Finding[];
  /** The staged mini program with packed npm packages; gone after `dispose`. */
  readonly stagedMiniprogram: string;
  dispose(): void;
}

const CHECK = 'compile';
const COMPILER = join(__dirname, 'wechat-compiler.cjs');

export async function compileWithWeChat(project: CheckedProject): Promise<Compilation> {
  const stage = mkdtempSync(join(tmpdir(), 'wechat-stage-'));
  const dispose = (): void => {
    rmSync(stage, { recursive: true, force: true });
  };
  try {
    stageProject(project, join(stage, 'project'));
    const findings = await runCompiler(project, stage);
    return {
      files: readTree(join(stage, 'compiled')),
      findings,
      stagedMiniprogram: join(stage, 'project', project.miniprogramRoot),
      dispose,
    };
  } catch (error) {
    dispose();
    throw error;
  }
}

/** npm packages whose mini program build the pages use: `miniprogram_npm/<name>/…` in the build. */
export function usedPackages(project: CheckedProject): string[] {
  const names = [...project.used]
    .filter((path) => path.startsWith('miniprogram_npm/'))
    .map((path) => /^miniprogram_npm\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? '');
  return [...new Set(names)].sort();
}

function stageProject(project: CheckedProject, target: string): void {
  mkdirSync(target, { recursive: true });
  writeFileSync(join(target, 'project.config.json'), JSON.stringify(project.config));
  cpSync(join(project.root, project.miniprogramRoot), join(target, project.miniprogramRoot), {
    recursive: true,
    filter: (source) => !source.endsWith('/miniprogram_npm'),
  });
  const dependencies: Record<string, string> = {};
  for (const name of usedPackages(project)) {
    const manifest = createRequire(join(project.root, 'package.json')).resolve(`${name}/package.json`);
    const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { readonly version: string };
    dependencies[name] = version;
    // The packer does not follow links, so the package is copied.
    cpSync(dirname(manifest), join(target, 'node_modules', name), { recursive: true });
  }
  writeFileSync(
    join(target, 'package.json'),
    JSON.stringify({ name: 'staged', version: '0.0.0', dependencies }),
  );
}

/** What the compiler process prints as its last line. */
interface CompilerReport {
  readonly failures: readonly { readonly path?: string; readonly message: string }[];
}

const REPORT_MARK = 'REPORT ';

function runCompiler(project: CheckedProject, stage: string): Promise<Finding[]> {
  const workingDirectory = join(stage, 'working-directory');
  mkdirSync(workingDirectory);
  return new Promise((resolve, reject) => {
    const compiler = spawn(process.execPath, [COMPILER, join(stage, 'project'), join(stage, 'compiled')], {
      cwd: workingDirectory,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    let output = '';
    for (const stream of [compiler.stdout, compiler.stderr]) {
      stream.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
    }
    compiler.on('error', reject);
    compiler.on('close', () => {
      const report = output.split('\n').find((line) => line.startsWith(REPORT_MARK));
      if (report === undefined) {
        reject(new Error(`miniprogram-ci gave no report:\n${output.slice(-2000)}`));
        return;
      }
      const { failures } = JSON.parse(report.slice(REPORT_MARK.length)) as CompilerReport;
      resolve(
        failures.map(({ path, message }) => ({
          check: CHECK,
          path: path === undefined ? 'project.config.json' : project.display(path),
          message: message.replaceAll(stage, ''),
        })),
      );
    });
  });
}

function readTree(root: string): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  if (!existsSync(root)) return files;
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(relative(root, path).split('\\').join('/'), readFileSync(path));
  }
  return files;
}
