/** The school's list: a template to fill, a dry run, the import. */
import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { findBatch } from '../find-batch';
import { type PlanLists, planText } from '../roster-plan-text';
import { writeTemplate } from '../roster-template';
import {
  type CommandContext,
  type CommandResult,
  type Given,
  type OperatorCommand,
} from '../operator-command';
import { type StaffClient } from '../staff-client';
import { UsageError } from '../../support/command';
import { ROSTER_PAGE_WORDS as WORDS } from '../../../../miniprogram/copy/operator-roster-words';
import { ROSTER_FIELD_WORDS } from '../../../../miniprogram/copy/roster-words';
import {
  type ColumnMapping,
  type RosterDifference,
  type RosterPlan,
} from '../../../../miniprogram/shared/contract/operator/roster';
import { type FileId } from '../../../../miniprogram/shared/identity/ids';
import { ROSTER_FIELDS } from '../../../../miniprogram/shared/roster/roster-fields';
import { type RosterFinding } from '../../../../miniprogram/shared/roster/roster-findings';

/** On a terminal; programs get all that is kept. */
const FINDINGS_SHOWN = 100;
const DIFFERENCES_SHOWN = 50;

const OPTIONS: OperatorCommand['options'] = {
  map: {
    type: 'string',
    multiple: true,
    help: '（标题=内容）指定一列，如 编号=学号；备注=不导入。可以写多次',
  },
  names: { type: 'string', help: '（leave-out、masked 或 whole）姓名不导入、打码或保存全名，不写就打码' },
  'skip-bad': { type: 'boolean', help: `跳过有问题的行（${WORDS.badOutRemark}）` },
};

/** `编号=学号`, `备注=不导入` or `备注=`. */
function mappingOf(pairs: readonly string[]): ColumnMapping {
  return Object.fromEntries(
    pairs.map((pair) => {
      const [heading, word = ''] = pair.split('=');
      const field = ROSTER_FIELDS.find((each) => ROSTER_FIELD_WORDS[each] === word || each === word);
      if (word !== '' && word !== WORDS.columnUnused && field === undefined) {
        const known = [...Object.values(ROSTER_FIELD_WORDS), WORDS.columnUnused].join('、');
        throw new UsageError(`“${word}”不是可以导入的内容：${known}。`);
      }
      return [heading!, field ?? null] as const;
    }),
  );
}

async function dryRun({ session, bar }: CommandContext, given: Given): Promise<RosterPlan> {
  const { staff } = session;
  const batch = await findBatch(staff, given.argument(0, '批次'));
  const path = given.argument(1, '文件');
  const bytes = readFileSync(path);
  bar.show(0, 2, WORDS.uploading);
  const ticket = await staff.operator('prepareRosterUpload', {
    batchId: batch.id,
    extension: extname(path).toLowerCase() === '.xlsx' ? 'xlsx' : 'csv',
  });
  const fileId = (await staff.upload(ticket.cloudPath, bytes)) as FileId;
  bar.show(1, 2, WORDS.checking);
  const plan = await staff.operator('checkRoster', {
    batchId: batch.id,
    uploadId: ticket.uploadId,
    fileId,
    options: {
      mapping: mappingOf(given.list('map')),
      names: given.oneOf('names', ['leave-out', 'masked', 'whole'], 'masked'),
      badRows: given.flag('skip-bad') ? 'leave-out' : 'stop',
    },
  });
  bar.end();
  return plan;
}

async function everyPage<Item>(
  read: (page: number) => Promise<{ readonly items: readonly Item[]; readonly pages: number }>,
  enough: number,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  for (let page = 0; items.length < enough; page += 1) {
    const { items: some, pages } = await read(page);
    items.push(...some);
    if (page + 1 >= pages) break;
  }
  return items.slice(0, enough);
}

async function listsOf(staff: StaffClient, { id: planId }: RosterPlan, given: Given): Promise<PlanLists> {
  const enough = (shown: number) => (given.flag('json') ? Infinity : shown);
  const findings = await everyPage<RosterFinding>(async (page) => {
    const { findings: items, pages } = await staff.operator('rosterFindings', { planId, page });
    return { items, pages };
  }, enough(FINDINGS_SHOWN));
  const differences = await everyPage<RosterDifference>(async (page) => {
    const { differences: items, pages } = await staff.operator('rosterDifferences', { planId, page });
    return { items, pages };
  }, enough(DIFFERENCES_SHOWN));
  return { findings, differences };
}

function nextStep({ state }: RosterPlan): string {
  switch (state) {
    case 'stopped':
      return '还有要改的行，没有导入。请在文件里改好再运行一次；或加 --skip-bad，跳过这些行。';
    case 'nothing-to-do':
      return WORDS.nothing;
    case 'ready':
    case 'applying':
    case 'applied':
    case 'outdated':
      return '什么都还没有改。要导入，请用 roster import，其余照写，最后加 --yes。';
  }
}

const check: OperatorCommand = {
  name: 'roster check',
  summary: '检查名单，不改动任何数据',
  remark: WORDS.oneList,
  arguments: ['批次', '文件'],
  options: OPTIONS,
  async run(context, given) {
    const plan = await dryRun(context, given);
    const lists = await listsOf(context.session.staff, plan, given);
    return {
      text: `${planText(plan, lists)}\n\n${nextStep(plan)}`,
      json: { plan, ...lists },
      exitCode: plan.state === 'stopped' ? 1 : 0,
    };
  },
};

const importList: OperatorCommand = {
  name: 'roster import',
  summary: '检查名单并导入（加 --yes 才会导入）',
  remark: WORDS.oneList,
  example: 'roster import 2027届 名单.xlsx --yes',
  arguments: ['批次', '文件'],
  options: { ...OPTIONS, yes: { type: 'boolean', help: '看过检查结果，确定导入' } },
  async run(context, given) {
    const { session, bar } = context;
    const plan = await dryRun(context, given);
    const lists = await listsOf(session.staff, plan, given);
    const text = planText(plan, lists);
    const stop = (words: string, exitCode: number): CommandResult => ({
      text: `${text}\n\n${words}`,
      json: { plan, ...lists },
      exitCode,
    });
    if (plan.state === 'stopped' || plan.state === 'nothing-to-do') {
      return stop(nextStep(plan), plan.state === 'stopped' ? 1 : 0);
    }
    if (!given.flag('yes')) return stop('还没有导入。看过没有问题，请加 --yes。', 1);
    const toWrite = plan.rows.good + (plan.rows.kept ?? 0);
    let applied = plan;
    do {
      bar.show(applied.written, toWrite, WORDS.applying(applied.written, toWrite));
      applied = await session.staff.operator('applyRoster', { planId: plan.id, digest: plan.digest });
    } while (applied.state === 'applying');
    bar.end();
    return { text: `${text}\n\n${WORDS.applied}。`, json: { plan: applied, ...lists } };
  },
};

const template: OperatorCommand = {
  name: 'roster template',
  summary: '写一个名单样表（.xlsx 或 .csv）',
  arguments: ['文件'],
  options: {},
  offline: true,
  example: 'roster template 名单样表.xlsx',
  async run(_, given) {
    const path = given.argument(0, '文件');
    await writeTemplate(path);
    return {
      text: `${path}：把第二行换成学生，每人一行。只有“学号”是必需的，名单里不可以有身份证号。`,
      json: { path },
    };
  },
};

export const ROSTER_COMMANDS: readonly OperatorCommand[] = [template, check, importList];
