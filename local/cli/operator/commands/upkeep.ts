/** What would be deleted, deleting it now, and how many people are stored. */
import { FILING_WORDS } from './access';
import { facts, table } from '../output';
import { type OperatorCommand } from '../operator-command';
import {
  leftWords,
  RETENTION_KIND_WORDS,
  UPKEEP_WORDS,
} from '../../../../miniprogram/copy/operator-upkeep-words';
import { momentWords } from '../../../../miniprogram/copy/time-words';
import { type RetentionReport } from '../../../../miniprogram/shared/contract/housekeeping';

function reportText(report: RetentionReport): string {
  const { dryRun, lines, complete, storedPeople } = report;
  const rows = lines.map(({ kind, batchTitle, documents, files }) => [
    RETENTION_KIND_WORDS[kind],
    batchTitle,
    documents,
    files,
  ]);
  return [
    ...(rows.length === 0 && complete ? [UPKEEP_WORDS.nothing] : []),
    ...(rows.length === 0 ? [] : [`${dryRun ? UPKEEP_WORDS.dry : UPKEEP_WORDS.done}\n`]),
    ...(rows.length === 0 ? [] : [table(['内容', '批次', '记录', '文件'], rows)]),
    ...(complete ? [] : [leftWords(report)]),
    '',
    facts([
      [UPKEEP_WORDS.people, `${storedPeople.count}（${momentWords(storedPeople.countedAt)}）`],
      ['备案提醒', FILING_WORDS[storedPeople.warning]],
    ]),
  ].join('\n');
}

const retention: OperatorCommand = {
  name: 'retention',
  summary: '看到期会删什么；--yes 现在就删',
  arguments: [],
  options: { yes: { type: 'boolean', help: '现在就删，不等夜里' } },
  async run({ session }, given) {
    if (!given.flag('yes')) {
      const report = await session.staff.housekeeping('report', {});
      return { text: reportText(report), json: report };
    }
    let report: RetentionReport;
    do report = await session.staff.housekeeping('run', {});
    while (
      // What failed would fail at once again; the night tries it anew.
      !report.complete &&
      !report.failed
    );
    return { text: reportText(report), json: report };
  },
};

export const UPKEEP_COMMANDS: readonly OperatorCommand[] = [retention];
