/**
 * `npm run same-bytes`: the same pictures through the engine in several processes and on several versions of Node: same
 * bytes in, same bytes out; exit code 1 when any answer differs or a Node is missing. With --write into its part of
 * docs/quality.md. Refuses to write a part.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Command, runWhenStarted } from '../../../local/cli/support/command';
import { EXIT } from '../../../local/cli/support/exit-code';
import { modelFolder } from '../../../local/cli/support/model-folder';
import { pictureFiles } from '../../../local/cli/support/picture-files';
import { sharedData } from '../../../tests/support/shared-data';
import { bundleEntry } from '../../../local/build/functions/bundle-entry';
import { requireComplete, WRITE_HELP } from '../complete-run';
import { writePart } from '../quality-document';
import { type PictureAnswer } from './answer-pictures';
import { fetchedNode } from './fetched-node';
import { differingPictures, type NodeRun, sameBytesReport } from './same-bytes-report';

const ROOT = resolve(__dirname, '../../..');
const FOLDER = join(ROOT, 'dist/same-bytes');
/** The last of each line that a function may find itself on (2026-11). */
const NODES = ['18.20.8', '20.20.2', '22.23.3'];

const USAGE = `The same pictures through the engine, twice on this Node and once on each of others. The measuring data lies outside
the repository: without it the committed portraits alone are compared.

  npm run same-bytes -- [--write] [--node V]... [--no-data]

  --write     ${WRITE_HELP}
  --node V    versions fetched from the npm registry (default: ${NODES.join(', ')})
  --no-data   the committed portraits only`;

export const sameBytesCommand: Command = {
  usage: USAGE,
  run: async (args, output) => {
    const { values } = parseArgs({
      args: [...args],
      options: {
        write: { type: 'boolean', default: false },
        node: { type: 'string', multiple: true, default: NODES },
        'no-data': { type: 'boolean', default: false },
      },
    });
    const { pictures, withData } = picturesOf(!values['no-data']);
    if (values.write) {
      const left = NODES.filter((version) => !values.node.includes(version));
      requireComplete(
        withData ? undefined : 'without the measuring data',
        left.length === 0 ? undefined : `without Node ${left.join(', ')}`,
      );
    }
    const wanted = values.node.filter((version) => `v${version}` !== process.version);
    const others = wanted.map(fetchedNode).filter((node) => node !== undefined);
    const complete = others.length === wanted.length;
    if (values.write) requireComplete(complete ? undefined : 'a version of Node could not be fetched');
    const program = await bundled();
    const run = (node: string): NodeRun => {
      const answers = answersOn(node, program, pictures);
      output.error(`${answers.node}: ${pictures.length} pictures`);
      return answers;
    };
    const runs = [run(process.execPath), run(process.execPath), ...others.map(run)] as const;
    const names = pictures.map((picture) => join(basename(resolve(picture, '..')), basename(picture)));
    const report = sameBytesReport(names, runs);
    output.out(report);
    if (values.write) writePart(join(ROOT, 'docs/quality.md'), { sameBytes: report });
    return complete && differingPictures(names, runs).length === 0 ? EXIT.done : EXIT.otherFailure;
  },
};

/** The committed portraits; with data, where it is on this machine, the studio portraits and renderings too. */
function picturesOf(wanted: boolean): { readonly pictures: string[]; readonly withData: boolean } {
  const data = wanted
    ? ['portraits/full', 'rendered'].map(sharedData).filter((folder) => folder !== undefined)
    : [];
  const pictures = pictureFiles([join(ROOT, 'tests/fixtures/portraits'), ...data]);
  return { pictures, withData: data.length === 2 };
}

async function bundled(): Promise<string> {
  const { code } = await bundleEntry(ROOT, join(relative(ROOT, __dirname), 'answer-pictures.ts'));
  mkdirSync(FOLDER, { recursive: true });
  const program = join(FOLDER, 'answer-pictures.js');
  writeFileSync(program, code);
  return program;
}

function answersOn(node: string, program: string, pictures: readonly string[]): NodeRun {
  const list = join(FOLDER, 'pictures.json');
  writeFileSync(list, JSON.stringify(pictures));
  const run = (...args: readonly string[]): string => {
    const { status, stdout, stderr } = spawnSync(node, args, { encoding: 'utf8', maxBuffer: 2 ** 26 });
    if (status !== 0) throw new Error(`${node} ended with ${String(status)}\n${stderr}`);
    return stdout;
  };
  const answers = JSON.parse(run(program, modelFolder(), list)) as PictureAnswer[];
  return { node: run('--version').trim(), answers };
}

runWhenStarted(sameBytesCommand, __filename);
