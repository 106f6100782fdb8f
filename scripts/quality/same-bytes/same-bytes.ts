/**
 * `npm run same-bytes`: the same pictures through the engine in several processes and on several versions of Node: same
 * bytes in, same bytes out. Writes its part of docs/quality.md; exit code 1 when any answer differs or a Node is missing.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { modelFolder } from '../../../local/cli/support/model-folder';
import { pictureFiles } from '../../../local/cli/support/picture-files';
import { sharedData } from '../../../tests/support/shared-data';
import { bundleEntry } from '../../build/bundle-entry';
import { writePart } from '../quality-document';
import { type PictureAnswer } from './answer-pictures';
import { fetchedNode } from './fetched-node';
import { differingPictures, type NodeRun, sameBytesReport } from './same-bytes-report';

const HELP = `The same pictures through the engine, twice on this Node and once on each of others.

  npm run same-bytes -- [--node V]... [--no-data] [--no-report]

  --node V      versions fetched from the npm registry (default: the last of 18, 20 and 22)
  --no-data     the committed portraits only
  --no-report   prints, and leaves docs/quality.md as it is`;

const ROOT = resolve(__dirname, '../../..');
const FOLDER = join(ROOT, 'dist/same-bytes');
/** The last of each line that a function may find itself on (2026-11). */
const NODES = ['18.20.8', '20.20.2', '22.23.3'];

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      node: { type: 'string', multiple: true, default: NODES },
      'no-data': { type: 'boolean', default: false },
      'no-report': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const pictures = picturesOf(!values['no-data']);
  const program = await bundled();
  const wanted = values.node.filter((version) => `v${version}` !== process.version);
  const others = wanted.map(fetchedNode).filter((node) => node !== undefined);
  const run = (node: string): NodeRun => {
    const answers = answersOn(node, program, pictures);
    console.error(`${answers.node}: ${pictures.length} pictures`);
    return answers;
  };
  const runs = [run(process.execPath), run(process.execPath), ...others.map(run)] as const;
  const names = pictures.map((picture) => join(basename(resolve(picture, '..')), basename(picture)));
  const report = sameBytesReport(names, runs);
  console.log(report);
  // A run without one of the versions proves less than the document says.
  const complete = others.length === wanted.length;
  if (complete && !values['no-report']) writePart(join(ROOT, 'docs/quality.md'), { sameBytes: report });
  if (!complete || differingPictures(names, runs).length > 0) process.exitCode = 1;
}

/** The committed portraits; with data, the studio portraits and renderings too. */
function picturesOf(withData: boolean): string[] {
  const folders = [
    join(ROOT, 'tests/fixtures/portraits'),
    ...(withData ? ['portraits/full', 'rendered'].map(sharedData) : []),
  ].filter((folder) => folder !== undefined);
  return pictureFiles(folders);
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

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
