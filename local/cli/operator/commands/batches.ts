/** Batches: list, one, create, copy from last year, change, move the deadline. */
import { changesOf, FIELD_OPTIONS, moment } from './batch-options';
import { allBatches } from '../all-batches';
import { findBatch } from '../find-batch';
import { facts, table } from '../output';
import { type CommandResult, type OperatorCommand } from '../operator-command';
import { CHECK_WORDS } from '../../../../miniprogram/copy/check-words';
import { BATCH_EDIT_WORDS, BATCH_WORDS } from '../../../../miniprogram/copy/operator-batch-words';
import { calendarDateWords, deadlineWords, momentWords } from '../../../../miniprogram/copy/time-words';
import { type Cohort } from '../../../../miniprogram/shared/batch/batch';
import { DEFAULT_CHECK_SETTINGS } from '../../../../miniprogram/shared/batch/check-settings';
import { nextYear } from '../../../../miniprogram/shared/batch/next-year';
import { closingMoment, openingMoment } from '../../../../miniprogram/shared/time/shanghai-time';
import {
  type BatchFields,
  type OperatorBatch,
} from '../../../../miniprogram/shared/contract/operator/batches';
import { DEFAULT_PHOTO_SETTINGS } from '../../../../miniprogram/shared/photo-standard/photo-standard';
import { DEFAULT_RETENTION } from '../../../../miniprogram/shared/retention/retention-rules';
import { type CheckId } from '../../../../miniprogram/shared/verdict/check-ids';

function cohortWords({ year, level, studyForm, duration }: Cohort): string {
  return (
    [year && `${year}级`, level, studyForm, duration && `${duration}年`].filter(Boolean).join(' ') || '全部'
  );
}

const yesOrNo = (value: boolean) => (value ? '是' : '否');
const daysOf = (days: number | null) =>
  days === null ? '和全部数据一起删' : `${days} ${BATCH_EDIT_WORDS.days}`;

function photoFacts({ photoSettings, checkSettings }: OperatorBatch): readonly (readonly [string, string])[] {
  const { background, fileBytes, glasses } = photoSettings;
  const { onlyWarn, overrides = {} } = checkSettings;
  const names = (ids: readonly string[]) =>
    ids.map((id) => CHECK_WORDS[id as CheckId].name).join('、') || '-';
  return [
    [BATCH_EDIT_WORDS.background, `RGB(${background.red}, ${background.green}, ${background.blue})`],
    [BATCH_EDIT_WORDS.fileBytes, `${Math.floor(fileBytes.min / 1024)}–${Math.ceil(fileBytes.max / 1024)} KB`],
    [
      BATCH_EDIT_WORDS.glasses,
      glasses === 'allowed' ? BATCH_EDIT_WORDS.glassesAllowed : BATCH_EDIT_WORDS.glassesForbidden,
    ],
    ['只提醒的检查', names(onlyWarn)],
    ['改过参数的检查', names(Object.keys(overrides))],
  ];
}

function retentionFacts({ retention }: OperatorBatch): readonly (readonly [string, string])[] {
  const { unfinishedDays, originalsDays, packagesDays, everythingDays } = retention;
  return [
    [BATCH_EDIT_WORDS.unfinishedDays, daysOf(unfinishedDays)],
    [BATCH_EDIT_WORDS.originalsDays, daysOf(originalsDays)],
    [BATCH_EDIT_WORDS.packagesDays, daysOf(packagesDays)],
    [BATCH_EDIT_WORDS.everythingDays, daysOf(everythingDays)],
  ];
}

function batchResult(batch: OperatorBatch): CommandResult {
  const { attemptLimit, roster, deadlineChanges } = batch;
  const text = facts([
    ['编号', batch.id],
    ['名称', batch.title],
    [BATCH_WORDS.school, `${batch.schoolCode} ${batch.schoolName}`],
    [BATCH_WORDS.graduation, calendarDateWords(batch.graduationDate)],
    [BATCH_WORDS.cohorts, batch.cohorts.map(cohortWords).join('、')],
    [BATCH_WORDS.window, BATCH_WORDS.until(momentWords(batch.opensAt), deadlineWords(batch.closesAt))],
    [
      BATCH_WORDS.attempts,
      attemptLimit === null ? BATCH_WORDS.unlimited : BATCH_WORDS.attemptsOf(attemptLimit),
    ],
    [BATCH_WORDS.telephone, batch.telephone],
    [BATCH_EDIT_WORDS.notice, batch.notice === '' ? '-' : batch.notice],
    ...photoFacts(batch),
    [BATCH_EDIT_WORDS.confirmOnTheSpot, yesOrNo(batch.confirmOnTheSpot)],
    [BATCH_WORDS.onlyListed, yesOrNo(batch.rosterRequired)],
    ...retentionFacts(batch),
    [
      BATCH_WORDS.roster,
      roster === null
        ? BATCH_WORDS.noRoster
        : BATCH_WORDS.rosterOf(roster.students, momentWords(roster.importedAt)),
    ],
    ...deadlineChanges.map(
      ({ from, to, reason }) =>
        [
          BATCH_WORDS.changes,
          `${BATCH_WORDS.change(deadlineWords(from), deadlineWords(to))}：${reason}`,
        ] as const,
    ),
  ]);
  return { text, json: batch };
}

function windowWords({ opensAt, closesAt }: OperatorBatch, now: string): string {
  if (now < opensAt) return '未开始';
  return now < closesAt ? '进行中' : '已截止';
}

const batches: OperatorCommand = {
  name: 'batches',
  summary: '看全部批次和完成情况',
  arguments: [],
  options: { school: { type: 'string', help: '（院校代码）只看一所学校' } },
  async run({ session }, given) {
    const school = given.text('school');
    const data = await allBatches(session.staff, school === undefined ? {} : { schoolCode: school });
    const rows = data.batches.map(({ batch, counts }) => [
      batch.id,
      batch.title,
      batch.schoolName,
      deadlineWords(batch.closesAt),
      windowWords(batch, data.now),
      counts.listed,
      counts.confirmed,
      counts.accepted,
      counts.listed === null ? null : counts.missing,
    ]);
    return {
      text: table(['编号', '名称', '学校', '截止', '', '名单', '已确认', '已通过', '还缺'], rows),
      json: data,
    };
  },
};

const batch: OperatorCommand = {
  name: 'batch show',
  summary: '看一个批次',
  arguments: ['批次'],
  options: {},
  run: async ({ session }, given) => batchResult(await findBatch(session.staff, given.argument(0, '批次'))),
};

const create: OperatorCommand = {
  name: 'batch create',
  summary: '新建批次',
  arguments: [],
  example:
    'batch create --school 99999 --title 2027届毕业生图像采集 --graduation 2027-01-10 --cohort 2021 --opens 2026-11-01 --closes 2027-02-28 --telephone 0550-0000000',
  options: {
    school: { type: 'string', help: '（院校代码）哪所学校' },
    closes: { type: 'string', help: '（日期）截止，如 2027-02-28' },
    ...FIELD_OPTIONS,
  },
  async run({ session }, given) {
    const empty: BatchFields = {
      schoolCode: given.needed('school'),
      title: given.needed('title'),
      graduationDate: given.needed('graduation'),
      cohorts: [],
      opensAt: moment(given.needed('opens'), openingMoment),
      closesAt: moment(given.needed('closes'), closingMoment),
      photoSettings: DEFAULT_PHOTO_SETTINGS,
      attemptLimit: null,
      telephone: given.needed('telephone'),
      notice: '',
      rosterRequired: false,
      checkSettings: DEFAULT_CHECK_SETTINGS,
      confirmOnTheSpot: false,
      retention: DEFAULT_RETENTION,
    };
    const fields = { ...empty, ...changesOf(given, empty) };
    return batchResult(await session.staff.operator('createBatch', fields));
  },
};

const copy: OperatorCommand = {
  name: 'batch copy',
  summary: '从去年的批次复制：日期、年级、届都加一年',
  example: 'batch copy 2027届 --closes 2028-03-10',
  arguments: ['批次'],
  options: { closes: { type: 'string', help: '（日期）新的截止日期' }, ...FIELD_OPTIONS },
  async run({ session }, given) {
    const fields = nextYear(await findBatch(session.staff, given.argument(0, '批次')));
    const closes = given.text('closes');
    return batchResult(
      await session.staff.operator('createBatch', {
        ...fields,
        ...changesOf(given, fields),
        ...(closes !== undefined && { closesAt: moment(closes, closingMoment) }),
      }),
    );
  },
};

const change: OperatorCommand = {
  name: 'batch change',
  summary: '修改批次（截止时间用 batch deadline）',
  arguments: ['批次'],
  options: FIELD_OPTIONS,
  async run({ session }, given) {
    const before = await findBatch(session.staff, given.argument(0, '批次'));
    const request = { batchId: before.id, revision: before.revision, changes: changesOf(given, before) };
    return batchResult(await session.staff.operator('updateBatch', request));
  },
};

const deadline: OperatorCommand = {
  name: 'batch deadline',
  summary: '延期、重开或提前截止，要写原因',
  example: 'batch deadline 2027届 2027-03-10 --reason 函授站延期开课',
  arguments: ['批次', '日期'],
  options: { reason: { type: 'string', help: '（原因）为什么' } },
  async run({ session }, given) {
    const before = await findBatch(session.staff, given.argument(0, '批次'));
    return batchResult(
      await session.staff.operator('changeDeadline', {
        batchId: before.id,
        revision: before.revision,
        closesAt: moment(given.argument(1, '日期'), closingMoment),
        reason: given.needed('reason'),
      }),
    );
  },
};

export const BATCH_COMMANDS: readonly OperatorCommand[] = [batches, batch, create, copy, change, deadline];
