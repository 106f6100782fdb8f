/** What a dry run found, on a terminal: in the words of the page, what must not be overlooked at the end. */
import { table } from './output';
import {
  differenceWords,
  formatWords,
  removalWords,
  ROSTER_PAGE_WORDS as WORDS,
} from '../../../miniprogram/copy/operator-roster-words';
import { ROSTER_FIELD_WORDS, ROSTER_FINDING_WORDS } from '../../../miniprogram/copy/roster-words';
import { type RosterDifference, type RosterPlan } from '../../../miniprogram/shared/contract/operator/roster';
import { type RosterFinding } from '../../../miniprogram/shared/roster/roster-findings';

export interface PlanLists {
  readonly findings: readonly RosterFinding[];
  readonly differences: readonly RosterDifference[];
}

const MORE_WITH_JSON = '；加 --json 列出更多。';

/** @param lists as far as they are to be shown */
export function planText(plan: RosterPlan, { findings, differences }: PlanLists): string {
  const { file, rows, differences: counts, columns } = plan;
  const { unreadSheets = [] } = file;
  const parts = [
    formatWords(file),
    WORDS.rows(rows.read, rows.good, rows.bad),
    ...(unreadSheets.length > 0 ? [WORDS.unreadSheets(unreadSheets)] : []),
    `${WORDS.columns}：${columns.map(columnWords).join('，')}`,
    [
      WORDS.added(counts.added),
      WORDS.changed(counts.changed),
      WORDS.removed(counts.removed),
      WORDS.unchanged(counts.unchanged),
    ].join('，'),
    ...(rows.kept ? [WORDS.kept(rows.kept)] : []),
    ...(counts.newStations.length > 0 ? [WORDS.newStations(counts.newStations.join('、'))] : []),
  ];
  if (findings.length > 0) parts.push('', table(['行', '', '问题', '怎么办'], findings.map(findingRow)));
  const total = Object.values(plan.findings).reduce((sum, count) => sum + count, 0);
  if (total > findings.length)
    parts.push(`……共 ${total} 处，这里列出前 ${findings.length} 处${MORE_WITH_JSON}`);
  if (differences.length > 0) parts.push('', ...differences.map(differenceLine));
  const changes = counts.added + counts.changed + counts.removed;
  if (changes > differences.length)
    parts.push(`……共 ${changes} 人，这里列出前 ${differences.length} 人${MORE_WITH_JSON}`);
  const removal = removalWords(counts);
  if (removal !== null) parts.push('', ...[removal.heading, removal.text].filter((words) => words !== ''));
  return parts.join('\n');
}

function differenceLine(difference: RosterDifference): string {
  const { title, text } = differenceWords(difference);
  return `${title}  ${text}`;
}

function columnWords({ heading, field }: RosterPlan['columns'][number]): string {
  return `${heading}→${field === null ? WORDS.columnUnused : ROSTER_FIELD_WORDS[field]}`;
}

function findingRow({ line, code, severity, otherLine }: RosterFinding) {
  const { title, next } = ROSTER_FINDING_WORDS[code];
  const other = otherLine === null ? '' : `（${WORDS.alsoLine(otherLine)}）`;
  return [line, severity === 'error' ? WORDS.error : WORDS.warning, title + other, next];
}
