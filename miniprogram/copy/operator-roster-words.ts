/** Importing the school's list: choosing, dry run, what is wrong, what would change, applying. */
import { RosterTemplateLabels } from '../shared/contract/exporter';
import { RosterDifference, RosterPlan } from '../shared/contract/operator/roster';
import { looksLikeAPart } from '../shared/roster/looks-like-a-part';
import { ONE_LIST_WORDS, ROSTER_FIELD_WORDS } from './roster-words';

export const ROSTER_PAGE_WORDS = {
  step1: '1. 选名单文件',
  step1Text: '请把名单（.xlsx 或 .csv）发到微信“文件传输助手”，再从这里选。名单里不可以有身份证号。',
  oneList: `${ONE_LIST_WORDS}：要补几个人，请加进完整的名单，再导入一次。`,
  choose: '从聊天里选文件',
  again: '换一个文件',
  chosen: (name: string): string => `已选：${name}`,
  template: '还没有名单？',
  templateText: '下载空白名单，或复制标题行，粘贴到表格的第一行，再逐行填学生。只有“学号”是必需的。',
  templateXlsx: '下载空白名单（Excel）',
  templateCsv: '下载空白名单（CSV）',
  templateReady: '链接已复制。请在电脑浏览器里打开，链接只在短时间内有效。',
  copyTemplate: '复制标题行',
  copiedTemplate: '已复制，粘贴到表格第一行',
  options: '怎么导入',
  names: '姓名',
  namesOut: '不导入姓名',
  namesOutRemark: '只按学号认人，最稳妥',
  namesMasked: '打码保存，如“张*三”',
  namesWhole: '保存全名',
  namesWholeRemark: '请先和学校确认可以交给采集单位',
  badRows: '有问题的行',
  badStop: '先改好，再导入',
  badOut: '跳过这些行，导入其余的',
  badOutRemark: '这些行里，学号认得出、已在名单上的学生保持原样，其他的不导入',
  check: '先检查，不改动任何数据',
  uploading: '正在上传…',
  checking: '正在逐行检查…',
  headingFor: (field: string): string => `文件里哪一列是${field}？`,
  headingPlaceholder: '请照抄那一列的标题',
  step2: '2. 看检查结果',
  rows: (read: number, good: number, bad: number): string =>
    bad === 0 ? `读到 ${read} 行，都可以导入` : `读到 ${read} 行：${good} 行可以导入，${bad} 行要改`,
  unreadSheets: (names: readonly string[]): string =>
    `工作表${names.map((name) => `“${name}”`).join('、')}没有读。里面如果有学生，请合并到一张工作表里再传。`,
  columns: '列的对应',
  columnUnused: '不导入',
  columnChange: '改',
  columnChangeOf: (heading: string): string => `改“${heading}”对应的内容`,
  recheck: '按新的对应再检查',
  changes: '导入后会怎样',
  added: (count: number): string => `新增 ${count} 人`,
  changed: (count: number): string => `修改 ${count} 人`,
  removed: (count: number): string => `移出名单 ${count} 人`,
  unchanged: (count: number): string => `不变 ${count} 人`,
  kept: (count: number): string =>
    `要改的行里，${count} 人已在名单上：跳过这些行导入时，他们保持原样，不会移出。`,
  newStations: (names: string): string => `会新建站点：${names}`,
  nothing: '名单和现在的一样，不用导入。',
  findings: '要看的行',
  error: '要改',
  warning: '请核对',
  line: (number: number): string => `第 ${number} 行`,
  alsoLine: (number: number): string => `和第 ${number} 行`,
  noFindings: '每一行都没有问题。',
  showDifferences: '看看改动了谁',
  more: '再看一些',
  step3: '3. 导入',
  apply: (count: number, removed: number): string =>
    removed === 0 ? `导入 ${count} 人` : `导入 ${count} 人，移出 ${removed} 人`,
  applying: (written: number, all: number): string => `正在写入 ${written} / ${all}`,
  applyingText: '写完之前，批次一直用旧名单；可以离开，回来接着导。',
  progressLabel: '导入进度',
  applied: '导入完成',
  appliedNext: '新名单已经生效，可以返回看进度。',
  stopped: '还有要改的行',
  stoppedNext: '请在文件里改好后重新选；或选“跳过这些行”，再检查一遍。',
  back: '返回批次',
} as const;

/** The headings that every list may have, separated by tabs: pasted into a spreadsheet they fill one row. */
export const TEMPLATE_HEADINGS = Object.values(ROSTER_FIELD_WORDS).join('\t');

/** The empty list to download: these headings are recognised, and one invented student shows how it is meant. */
export const ROSTER_TEMPLATE_LABELS: RosterTemplateLabels = {
  headings: ROSTER_FIELD_WORDS,
  example: {
    studentNumber: '202105130123',
    name: '张小三',
    level: '专升本',
    year: '2021',
    duration: '2.5',
    studyForm: '非脱产',
    major: '会计学',
    station: '阜阳函授站',
    className: '21 会计 1 班',
    graduationDate: '2027-01-10',
  },
};

/** What is to be thought of before students leave the list; null: nothing is. */
export function removalWords(differences: RosterPlan['differences']): RemovalWords | null {
  const { removed, changed, unchanged, removedButBound } = differences;
  const bound =
    removedButBound === 0
      ? ''
      : `移出的人里，${removedButBound} 人已经绑定，列在改动的最前面，请先核对。他们的照片会保留。`;
  if (looksLikeAPart(differences)) {
    const text = `${ONE_LIST_WORDS}。名单上现有 ${removed + changed + unchanged} 人，其中 ${removed} 人不在这份文件里，导入后就不在名单上了。还要他们的，请先把他们补进文件，再检查一遍。`;
    return { grave: true, heading: `会有 ${removed} 人移出名单`, text: text + bound };
  }
  return bound === '' ? null : { grave: false, heading: '', text: bound };
}

export interface RemovalWords {
  /** So many that the file may be only a part of the list. */
  readonly grave: boolean;
  readonly heading: string;
  readonly text: string;
}

/** One difference as a line. */
export function differenceWords(difference: RosterDifference): {
  readonly title: string;
  readonly text: string;
} {
  const { studentNumber } = difference;
  switch (difference.kind) {
    case 'added':
      return {
        title: `新增 ${studentNumber}`,
        text: [difference.station, difference.className].filter((part) => part !== null).join(' · '),
      };
    case 'changed':
      return {
        title: `修改 ${studentNumber}`,
        text: difference.fields
          .map(
            ({ field, before, after }) =>
              `${ROSTER_FIELD_WORDS[field]}：${before ?? '空'} → ${after ?? '空'}`,
          )
          .join('；'),
      };
    case 'removed':
      return {
        title: `移出 ${studentNumber}`,
        text: difference.bound ? '已经绑定，照片会保留' : '还没有绑定',
      };
  }
}

export function formatWords({ format, encoding, sheet }: RosterPlan['file']): string {
  const parts = [
    format === 'xlsx' ? 'Excel 表格' : 'CSV 文件',
    encoding === 'gb18030' ? '国标编码' : '',
    sheet ?? '',
  ];
  return parts.filter((part) => part !== '').join(' · ');
}
