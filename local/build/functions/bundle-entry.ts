/**
 * One file and all that it imports as the platform runs it: a single file for the oldest Node in question. Refuses to
 * write it anywhere: the caller knows where.
 */
import { build, type Metafile } from 'esbuild';

/** The oldest runtime that the platform still offers and our packages allow. */
const TARGET = 'node18';

/** @param root the repository's folder @param entry absolute, or relative to `root` */
export async function bundleEntry(
  root: string,
  entry: string,
): Promise<{ readonly code: Uint8Array; readonly metafile: Metafile }> {
  const result = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    target: TARGET,
    format: 'cjs',
    charset: 'utf8',
    legalComments: 'eof',
    logLevel: 'warning',
    // Packages written for ES modules ask for their own address; in a bundle that is the bundle's.
    define: { 'import.meta.url': '__bundleUrl' },
    banner: { js: 'const __bundleUrl = require("node:url").pathToFileURL(__filename).href;' },
    // An accelerator that only a container may have (docs/deployment); a plain function does without it.
    external: ['onnxruntime-node'],
  });
  const [output] = result.outputFiles;
  if (output === undefined) throw new Error(`esbuild gave no output for ${entry}`);
  return { code: output.contents, metafile: result.metafile };
}
