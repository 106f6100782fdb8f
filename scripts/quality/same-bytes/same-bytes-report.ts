/** Whether every run gave the answers of the first one, as a part of docs/quality.md. */
import { ENGINE_VERSION } from '../../../cloudfunctions/photo-engine/engine-version';
import { markdownTable } from '../../bench/benchmark';
import { SAME_BYTES_HEADING } from '../quality-document';
import { type PictureAnswer } from './answer-pictures';

export interface NodeRun {
  /** e.g. v20.20.2 */
  readonly node: string;
  /** In the order of the pictures. */
  readonly answers: readonly PictureAnswer[];
}

/** The first is what the others are compared with. */
export type NodeRuns = readonly [NodeRun, ...NodeRun[]];

/** Names of the pictures that got another answer in any run than in the first. */
export function differingPictures(names: readonly string[], [first, ...others]: NodeRuns): string[] {
  return names.filter((_, i) => others.some(({ answers }) => !same(answers[i], first.answers[i])));
}

function same(one: PictureAnswer | undefined, other: PictureAnswer | undefined): boolean {
  return one?.outcome === other?.outcome && one?.sha256 === other?.sha256;
}

export function sameBytesReport(names: readonly string[], runs: NodeRuns): string {
  const [first] = runs;
  const developed = first.answers.filter(({ outcome }) => outcome === 'developed').length;
  const differing = differingPictures(names, runs);
  const rows = runs.map((run, i) => [
    run.node,
    i === 0 ? '–' : names.length - differingPictures(names, [first, run]).length,
  ]);
  return [
    SAME_BYTES_HEADING,
    '',
    `Written by \`npm run same-bytes -- --write\`, photo engine ${ENGINE_VERSION}; do not edit. ${names.length} pictures, ${developed} of them developed, each run in a`,
    'process of its own: the verdict with all its values, what was done to the picture, and the finished file, as one hash.',
    '',
    markdownTable(['Node', 'the same as in the first run'], rows),
    '',
    `- Different: ${differing.length === 0 ? 'none' : differing.join(', ')}.`,
  ].join('\n');
}
