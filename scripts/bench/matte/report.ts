/** The rows of the matting benchmark as docs/matting.md: means and medians per wall, and whether bad cuts are flagged. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { arch, cpus, platform } from 'node:os';
import { markdownTable, median, percent } from '../benchmark';
import { referenceMilliseconds } from '../reference-step';
import { type StudioAlarms } from './studio-alarms';
import { type CutErrors, type MeasuredCut, type MethodName } from './measure-sample';

const MARKER = '<!-- measured by npm run bench:matte -- --write; do not edit below -->';
const ORDER: readonly MethodName[] = [
  'raw mask',
  'second look',
  'guided filter',
  'closed form',
  'our cut-out',
  'RVM',
  'ISNet',
];
const OURS = 'our cut-out';

export interface MattingRun {
  readonly engineVersion: string;
  readonly rows: readonly MeasuredCut[];
  /** Null where the portraits are not on this machine. */
  readonly studio: StudioAlarms | null;
}

export function mattingReport({ engineVersion, rows, studio }: MattingRun): string {
  const methods = ORDER.filter((name) => rows.some(({ errors }) => errors[name] !== undefined));
  const walls = [...new Set(rows.map(({ wall }) => wall))];
  const people = new Set(rows.map(({ person }) => person)).size;
  const sections = [
    `Measured ${new Date().toISOString().slice(0, 10)} on ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), ` +
      `${platform()} ${arch()}, Node ${process.version}, photo engine ${engineVersion}; reference step ${referenceMilliseconds().toFixed(0)} ms. ` +
      `${people} people before ${walls.length} walls, ${rows.length} photos.`,
    '## Against RVM and the simpler ways',
    'MAD × 1000, mean (median) over the people.',
    overview(rows, walls, methods),
    '## The people that nothing was tuned on',
    'MAD × 1000, mean (median), the proof half alone.',
    overview(
      rows.filter(({ half }) => half === 'proof'),
      walls,
      methods,
    ),
    flags(rows),
    ...(studio === null ? [] : [studioSentence(studio)]),
    '## CPU of one cut-out',
    cpuTable(rows, methods),
    '## Wall by wall',
    'Errors × 1000 per pixel of the 480 × 640 result, means over the people; ΔE (CIE76) on the blue in the edge band.',
    ...walls.map((wall) => wallTable(rows, wall, methods)),
  ];
  return `${sections.join('\n\n')}\n`;
}

export function writeReport(path: string, report: string): void {
  const before = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const head = before.includes(MARKER) ? before.slice(0, before.indexOf(MARKER)) : before;
  writeFileSync(path, `${head}${MARKER}\n\n${report}`);
}

function valuesOf(
  rows: readonly MeasuredCut[],
  method: MethodName,
  pick: (errors: CutErrors) => number,
): number[] {
  return rows.flatMap(({ errors }) => {
    const found = errors[method];
    return found === undefined ? [] : [pick(found)];
  });
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function overview(
  rows: readonly MeasuredCut[],
  walls: readonly string[],
  methods: readonly MethodName[],
): string {
  const lines = walls.map((wall) => {
    const here = rows.filter((row) => row.wall === wall);
    const cells = methods.map((method) => {
      const values = valuesOf(here, method, ({ mad }) => mad);
      return values.length === 0 ? '–' : `${mean(values).toFixed(1)} (${median(values).toFixed(1)})`;
    });
    const pairs = here.filter(({ errors }) => errors.RVM !== undefined);
    const won = pairs.filter(({ errors }) => errors[OURS]!.mad < errors.RVM!.mad).length;
    const edge = mean(valuesOf(here, OURS, ({ edgeColour }) => edgeColour)).toFixed(1);
    return [wall, ...cells, ...(methods.includes('RVM') ? [`${won} of ${pairs.length}`] : []), edge];
  });
  const head = [
    'wall',
    ...methods,
    ...(methods.includes('RVM') ? ['ours nearer than RVM'] : []),
    'our edge ΔE',
  ];
  return markdownTable(head, lines);
}

/** Of the worst tenth by true error, how many carry the warning; and how many of the good ones do without need. */
function flags(rows: readonly MeasuredCut[]): string {
  const lines = (['tuning', 'proof'] as const).map((half) => {
    const sorted = rows
      .filter((row) => row.half === half)
      .sort((a, b) => b.errors[OURS]!.mad - a.errors[OURS]!.mad);
    const worst = sorted.slice(0, Math.ceil(sorted.length / 10));
    const better = sorted.slice(Math.ceil(sorted.length / 2));
    const plain = better.filter(({ kind }) => kind === 'plain');
    const share = (of: readonly MeasuredCut[]) =>
      of.length === 0
        ? '–'
        : `${percent(of.filter(({ flagged }) => flagged).length / of.length)} of ${of.length}`;
    return [
      half,
      share(worst),
      worst.length === 0 ? '–' : worst.at(-1)!.errors[OURS]!.mad.toFixed(1),
      share(better),
      share(plain),
    ];
  });
  return [
    '## Bad cut-outs are flagged',
    '"Flagged": the check `wall` warns or worse. The worst tenth and the better half are by the true MAD of our cut-out.',
    markdownTable(
      [
        'people',
        'worst tenth flagged',
        '… from MAD × 1000',
        'better half flagged',
        'better half on plain walls flagged',
      ],
      lines,
    ),
  ].join('\n\n');
}

function studioSentence({ developed, warned }: StudioAlarms): string {
  const names = warned.length === 0 ? '' : ` (${warned.join(', ')})`;
  return `Compliant studio portraits as they were taken: ${warned.length} of ${developed} warned${names}.`;
}

function cpuTable(rows: readonly MeasuredCut[], methods: readonly MethodName[]): string {
  return markdownTable(
    ['method', 'median ms'],
    methods.map((method) => [
      method,
      median(valuesOf(rows, method, ({ cpu }) => cpu)).toFixed(method === 'raw mask' ? 1 : 0),
    ]),
  );
}

function wallTable(rows: readonly MeasuredCut[], wall: string, methods: readonly MethodName[]): string {
  const here = rows.filter((row) => row.wall === wall);
  const lines = methods.map((method) => {
    const of = (pick: (errors: CutErrors) => number, digits = 1) =>
      mean(valuesOf(here, method, pick)).toFixed(digits);
    return [
      method,
      of(({ mad }) => mad),
      of(({ mse }) => mse),
      of(({ gradient }) => gradient, 2),
      of(({ connectivity }) => connectivity),
      of(({ edgeColour }) => edgeColour),
    ];
  });
  return `### ${wall}\n\n${markdownTable(['method', 'MAD', 'MSE', 'gradient', 'connectivity', 'edge ΔE'], lines)}`;
}
