/** Batches: list, one, create, copy from last year, change, move the deadline. */
import { changesOf, FIELD_OPTIONS, moment } from './batch-options';
import { findBatch } from '../find-batch';
import { facts, table } from '../output';
import { type CommandResult, type OperatorCommand } from '../operator-command';
import { BATCH_WORDS } from '../../../../miniprogram/copy/operator-batch-words';
import { calendarDateWords, deadlineWords, momentWords } from '../../../../miniprogram/copy/time-words';
import { type Cohort } from '../../../../miniprogram/shared/batch/batch';
import { DEFAULT_CHECK_SETTINGS } from '../../../../miniprogram/shared/batch/check-settings';
import { nextYear } from '../../../../miniprogram/shared/batch/next-year';
import { closingMoment, openingMoment } from '../../../../miniprogram/shared/batch/shanghai-time';
import {
  type BatchFields,
  type OperatorBatch,
} from '../../../../miniprogram/shared/contract/operator/batches';
import { DEFAULT_PHOTO_SETTINGS } from '../../../../miniprogram/shared/photo-standard/photo-standard';
import { DEFAULT_RETENTION } from '../../../../miniprogram/shared/retention/retention-rules';

function cohortWords({ year, level, studyForm, duration }: Cohort): string {
  return (
    [year && `${year}级`, level, studyForm, duration && `${duration}年`].filter(Boolean).join(' ') || '全部'
  );
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

const batches: OperatorCommand = {
  name: 'batches',
  summary: '看全部批次和完成情况',
  arguments: [],
  options: { school: { type: 'string', help: '（院校代码）只看一所学校' } },
  async run({ session }, given) {
    const school = given.text('school');
    const data = await session.staff.operator('batches', school === undefined ? {} : { schoolCode: school });
    const rows = data.batches.map(({ batch, counts }) => [
      batch.id,
      batch.title,
      batch.schoolName,
      deadlineWords(batch.closesAt),
      counts.listed,
      counts.confirmed,
      counts.accepted,
      counts.missing,
    ]);
    return {
      text: table(['编号', '名称', '学校', '截止', '名单', '已确认', '已通过', '还缺'], rows),
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
