/** Packages: check names, make and fetch, verify, mark as delivered; the spreadsheet. */
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { exportToFolder } from '../download-package';
import { findBatch, findStation, NO_STATION } from '../find-batch';
import { facts, table } from '../output';
import { type CommandContext, type Given, type OperatorCommand } from '../operator-command';
import { UsageError } from '../../support/command';
import { NOTHING_TO_PACK } from '../refused-at-pc';
import { CLI_WORDS } from '../words';
import { verify } from './verify';
import {
  EXPORT_STATE_WORDS,
  EXPORT_WORDS,
  leftOutCount,
  leftOutLines,
  NAME_PROBLEM_WORDS,
} from '../../../../miniprogram/copy/operator-export-words';
import { SPREADSHEET_LABELS } from '../../../../miniprogram/copy/spreadsheet-words';
import { momentWords } from '../../../../miniprogram/copy/time-words';
import {
  type ExportJob,
  type ExportRequest,
  type LeftOut,
} from '../../../../miniprogram/shared/contract/exporter';
import { readAll } from '../../../../miniprogram/shared/contract/read-on';
import { type ExportId } from '../../../../miniprogram/shared/identity/ids';

const SELECTION_OPTIONS: OperatorCommand['options'] = {
  station: { type: 'string', help: `（站点）只要一个函授站；${NO_STATION} 为没有站点的学生` },
  new: { type: 'boolean', help: '只要还没打包过的照片；不写就是全部已通过的' },
  'file-name': {
    type: 'string',
    help: '（写法）文件名，不写就是 {学号}。可用 {序号}、{班级}、{函授站} 等；有 --new 或 --station 时，文件名或文件夹里要有 {学号}',
  },
  folder: { type: 'string', help: '（写法）文件夹，如 {函授站}/{班级}，不写就不分' },
};

async function requestOf({ session }: CommandContext, given: Given): Promise<ExportRequest> {
  const batch = await findBatch(session.staff, given.argument(0, '批次'));
  const stationId = await findStation(session.staff, batch.schoolCode, given.text('station'));
  return {
    selection: {
      batchId: batch.id,
      ...(stationId !== undefined && { stationId }),
      photos: given.flag('new') ? 'new' : 'all-accepted',
    },
    template: {
      fileName: unquoted(given, 'file-name') ?? '{studentNumber}',
      folder: unquoted(given, 'folder') ?? '',
    },
  };
}

/** Windows' cmd takes single quotes for letters: they would stand in every name. @throws UsageError */
function unquoted(given: Given, option: string): string | undefined {
  const text = given.text(option);
  if (text !== undefined && /^'.*'$/.test(text)) throw new UsageError(CLI_WORDS.singleQuotes(option));
  return text;
}

const check: OperatorCommand = {
  name: 'export check',
  summary: '看会打包多少张、叫什么名字，什么都不写',
  arguments: ['批次'],
  options: SELECTION_OPTIONS,
  async run(context, given) {
    const data = await context.session.staff.exporter('check', await requestOf(context, given));
    const rows = data.problems.map(({ studentNumber, path, problem }) => [
      studentNumber,
      path,
      NAME_PROBLEM_WORDS[problem],
    ]);
    const text = [
      data.photos === 0
        ? `${EXPORT_WORDS.none}。${NOTHING_TO_PACK}`
        : EXPORT_WORDS.found(data.photos, data.volumes),
      ...data.examples,
      ...(rows.length === 0
        ? []
        : ['', EXPORT_WORDS.problems(data.problemCount), table(['学号', '文件名', '问题'], rows)]),
      ...leftOutText(EXPORT_WORDS.willBeLeftOut, data.leftOut),
    ].join('\n');
    return { text, json: data, exitCode: rows.length === 0 ? 0 : 1 };
  },
};

/** Who is not in the package and why, below an empty line; nothing where everybody is. */
function leftOutText(
  heading: (count: number) => string,
  leftOut: readonly LeftOut[] = [],
): readonly string[] {
  if (leftOut.length === 0) return [];
  return ['', `${heading(leftOutCount(leftOut))}。${EXPORT_WORDS.leftOutNext}`, ...leftOutLines(leftOut)];
}

const exportPackage: OperatorCommand = {
  name: 'export',
  summary: '打包并下载到文件夹；中断了再运行一次就接着来',
  example: 'export 2027届 --out 2027届照片 --folder "{函授站}/{班级}"',
  arguments: ['批次'],
  options: { out: { type: 'string', help: '（文件夹）存到哪里，必需' }, ...SELECTION_OPTIONS },
  async run(context, given) {
    const folder = given.needed('out');
    const request = await requestOf(context, given);
    const { job, files, resumed } = await exportToFolder(context.session.staff, request, folder, context.bar);
    const text = [
      facts([
        ['包', job.id],
        ['照片', job.packed],
        ['文件', files.map(({ fileName }) => fileName).join('、')],
        ['文件夹', folder],
      ]),
      ...leftOutText(EXPORT_WORDS.leftOut, job.leftOut),
      '',
      ...(resumed ? [CLI_WORDS.resumed(momentWords(job.startedAt))] : []),
      `核对：npm run operator -- verify "${folder}"`,
    ].join('\n');
    return {
      text,
      json: {
        job,
        resumed,
        files: files.map(({ fileName, bytes, sha256 }) => ({ fileName, bytes, sha256 })),
      },
    };
  },
};

function jobRow({ id, state, photos, leftOut = [], packed, startedAt, deliveredAt }: ExportJob) {
  return [
    id,
    EXPORT_STATE_WORDS[state],
    packed,
    photos,
    leftOut.length === 0 ? null : leftOutCount(leftOut),
    momentWords(startedAt),
    deliveredAt === null ? null : momentWords(deliveredAt),
  ];
}
const JOB_HEADINGS = ['编号', '状态', '已打包', '照片', '没放进', '开始', '送达'];

const list: OperatorCommand = {
  name: 'export list',
  summary: '看打过的包',
  arguments: ['批次'],
  options: {},
  async run({ session }, given) {
    const { id: batchId } = await findBatch(session.staff, given.argument(0, '批次'));
    const jobs = await readAll(async (page) => {
      const answer = await session.staff.exporter('jobs', { batchId, ...page });
      return { items: answer.jobs, next: answer.next };
    });
    return {
      text: jobs.length === 0 ? EXPORT_WORDS.noJobs : table(JOB_HEADINGS, jobs.map(jobRow)),
      json: { jobs },
    };
  },
};

function onJob(
  name: string,
  summary: string,
  run: (context: CommandContext, exportId: ExportId) => Promise<ExportJob>,
): OperatorCommand {
  return {
    name,
    summary,
    arguments: ['编号'],
    options: {},
    async run(context, given) {
      const job = await run(context, given.argument(0, '编号') as ExportId);
      return { text: table(JOB_HEADINGS, [jobRow(job)]), json: job };
    },
  };
}

const cancel = onJob(
  'export cancel',
  '停止打包并删除它的文件：没有送达的照片重新算新照片',
  ({ session }, exportId) => session.staff.exporter('cancel', { exportId }),
);
const delivered = onJob(
  'export delivered',
  '标为已送达：学生会看到“已送达”，不能改回来；文件到期了也可以标',
  async ({ session, bar }, exportId) => {
    for (;;) {
      const job = await session.staff.exporter('markDelivered', { exportId });
      bar.show(job.delivered ?? 0, job.photos, '');
      if (job.deliveredAt === null) continue;
      bar.end();
      return job;
    }
  },
);

const spreadsheet: OperatorCommand = {
  name: 'spreadsheet',
  summary: '下载全部学生的表格（.xlsx）',
  example: 'spreadsheet 2027届 --out 2027届学生.xlsx',
  arguments: ['批次'],
  options: {
    out: { type: 'string', help: '（文件）存到哪里，如 学生.xlsx，必需' },
    station: SELECTION_OPTIONS.station!,
  },
  async run({ session }, given) {
    const path = given.needed('out');
    const batch = await findBatch(session.staff, given.argument(0, '批次'));
    const stationId = await findStation(session.staff, batch.schoolCode, given.text('station'));
    const file = await session.staff.exporter('spreadsheet', {
      batchId: batch.id,
      ...(stationId !== undefined && { stationId }),
      labels: SPREADSHEET_LABELS,
    });
    const response = await fetch(file.link.url);
    if (!response.ok || response.body === null) throw new Error(`HTTP ${response.status}`);
    await pipeline(Readable.fromWeb(response.body), createWriteStream(path));
    return { text: `已写入 ${path}。`, json: { path, bytes: file.bytes, sha256: file.sha256 } };
  },
};

export const PACKAGE_COMMANDS: readonly OperatorCommand[] = [
  check,
  exportPackage,
  list,
  cancel,
  delivered,
  verify,
  spreadsheet,
];
