/** How far a batch is, who is missing, the text to forward, messages. */
import { findBatch, findStation, NO_STATION } from '../find-batch';
import { table } from '../output';
import {
  type CommandContext,
  type CommandResult,
  type Given,
  type OperatorCommand,
} from '../operator-command';
import { PROGRESS_WORDS as WORDS } from '../../../../miniprogram/copy/operator-progress-words';
import { reminderText } from '../../../../miniprogram/copy/operator-reminder-words';
import { STAFF_STATE_WORDS } from '../../../../miniprogram/copy/operator-state-words';
import { type OperatorBatch } from '../../../../miniprogram/shared/contract/operator/batches';
import { type Progress, type StudentGroup } from '../../../../miniprogram/shared/contract/operator/progress';
import { readAll } from '../../../../miniprogram/shared/contract/read-on';
import { type Instant } from '../../../../miniprogram/shared/identity/ids';
import { isComplete, type ProgressCounts } from '../../../../miniprogram/shared/progress/progress-counts';

const GROUP_OPTIONS: OperatorCommand['options'] = {
  station: { type: 'string', help: `（站点）只看一个函授站；${NO_STATION} 为没有站点的学生` },
  class: { type: 'string', help: '（班级）只看一个班' },
};

async function groupOf(
  { session }: CommandContext,
  given: Given,
): Promise<{ readonly batch: OperatorBatch; readonly group: StudentGroup }> {
  const batch = await findBatch(session.staff, given.argument(0, '批次'));
  const stationId = await findStation(session.staff, batch.schoolCode, given.text('station'));
  const className = given.text('class');
  return {
    batch,
    group: {
      batchId: batch.id,
      ...(stationId !== undefined && { stationId }),
      ...(className !== undefined && { className }),
    },
  };
}

const headings = ({ listed }: ProgressCounts) => [
  '',
  WORDS.listed,
  WORDS.bound,
  WORDS.shot,
  WORDS.confirmed,
  WORDS.accepted,
  WORDS.rejected,
  WORDS.missingCount(listed),
];

function countsRow(name: string, counts: ProgressCounts) {
  const { listed, bound, shot, confirmed, accepted, rejected, missing } = counts;
  return [name, listed, bound, shot, confirmed, accepted, rejected, missing];
}

const progress: OperatorCommand = {
  name: 'progress',
  summary: '看进度：各函授站，或一个站的各班级',
  arguments: ['批次'],
  options: { station: GROUP_OPTIONS.station! },
  async run(context, given) {
    const { group } = await groupOf(context, given);
    const data = await context.session.staff.operator('progress', group);
    const without = group.stationId === undefined ? WORDS.withoutStation : WORDS.withoutClass;
    const rows = [
      countsRow(WORDS.everybody, data.counts),
      ...data.groups.map(({ name, counts }) => countsRow(name ?? without, counts)),
    ];
    const beside = (data.unlisted ?? 0) > 0 ? `\n\n${WORDS.unlisted(data.unlisted ?? 0)}` : '';
    const unknown = data.counts.listed === null ? `\n\n${WORDS.noList}。` : '';
    return { text: table(headings(data.counts), rows) + beside + unknown, json: data };
  },
};

const missing: OperatorCommand = {
  name: 'missing',
  summary: '列出还没完成的人',
  arguments: ['批次'],
  options: GROUP_OPTIONS,
  async run(context, given) {
    const { batch, group } = await groupOf(context, given);
    const students = await readAll(async (page) => {
      const answer = await context.session.staff.operator('missing', { ...group, ...page });
      return { items: answer.students, next: answer.next };
    });
    const rows = students.map(({ studentNumber, name, stationName, className, state }) => [
      studentNumber,
      name,
      stationName,
      className,
      STAFF_STATE_WORDS[state],
    ]);
    const text =
      rows.length === 0
        ? WORDS.nobody(batch.roster !== null)
        : table(['学号', '姓名', '函授站', '班级', '进行到'], rows);
    return { text, json: { students } };
  },
};

function reminderFor(batch: OperatorBatch, group: string, { counts }: Pick<Progress, 'counts'>): string {
  const { title, opensAt, closesAt, telephone } = batch;
  const now = new Date().toISOString() as Instant;
  return reminderText({ title, opensAt, closesAt, telephone, group, counts, now });
}

const reminder: OperatorCommand = {
  name: 'reminder',
  summary: '写一段催办文字，复制到群里；--each 每个站一段',
  arguments: ['批次'],
  options: {
    station: GROUP_OPTIONS.station!,
    each: { type: 'boolean', help: '给每个还缺人的站各写一段' },
  },
  example: 'reminder 2027届 --each',
  async run(context, given) {
    const { batch, group } = await groupOf(context, given);
    const data = await context.session.staff.operator('progress', group);
    if (given.flag('each')) return remindersOfEach(batch, data);
    const name = group.stationId === null ? '' : (given.text('station') ?? '');
    const text = reminderFor(batch, name, data);
    return { text, json: { text, counts: data.counts } };
  },
};

function remindersOfEach(batch: OperatorBatch, { groups }: Progress): CommandResult {
  const reminders = groups
    .filter(({ counts }) => !isComplete(counts))
    .map(({ stationId, name, counts }) => ({
      stationId,
      text: reminderFor(batch, name ?? '', { counts }),
    }));
  const text =
    reminders.length === 0
      ? WORDS.nobody(batch.roster !== null)
      : reminders.map(({ text }) => text).join('\n\n');
  return { text, json: { reminders } };
}

const remind: OperatorCommand = {
  name: 'remind',
  summary: '给同意过的、还没完成的学生发微信提醒',
  arguments: ['批次'],
  options: GROUP_OPTIONS,
  async run(context, given) {
    const { group } = await groupOf(context, given);
    const total = { sent: 0, notAllowed: 0, failed: 0 };
    let cursor: string | null = null;
    do {
      const asked: StudentGroup & { readonly cursor?: string } =
        cursor === null ? group : { ...group, cursor };
      const some = await context.session.staff.operator('sendReminders', asked);
      total.sent += some.sent;
      total.notAllowed += some.notAllowed;
      total.failed += some.failed;
      cursor = some.next;
    } while (cursor !== null);
    return { text: WORDS.sent(total.sent, total.notAllowed, total.failed), json: total };
  },
};

export const PROGRESS_COMMANDS: readonly OperatorCommand[] = [progress, missing, reminder, remind];
