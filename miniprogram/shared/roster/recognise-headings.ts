/**
 * Which column of a school's list is what: by the usual names of headings, or by what a person said. Pure.
 * Refuses columns that are called ID numbers, whatever somebody wants to map them to.
 */
import { ROSTER_FIELDS, RosterField } from './roster-fields';

/** Names seen in schools' lists and on 学信网's forms, as `comparable` spells them. */
const HEADINGS: Readonly<Record<RosterField, readonly string[]>> = {
  studentNumber: [
    '学号',
    '学生学号',
    '学生号',
    '校内学号',
    '学籍号',
    'studentnumber',
    'studentno',
    'studentid',
  ],
  name: ['姓名', '学生姓名', '名字', 'name'],
  level: ['层次', '培养层次', '学历层次', '办学层次', '专业层次', 'level'],
  year: ['年级', '入学年级', '所在年级', '当前年级', '现在年级', 'year', 'grade'],
  duration: ['学制', '学制年限', '修业年限', 'duration'],
  studyForm: ['学习形式', '培养形式', '学习方式', '办学形式', 'studyform'],
  major: ['专业', '专业名称', '录取专业', '所学专业', 'major'],
  station: [
    '系所函',
    '函授站',
    '函授站点',
    '教学点',
    '教学站',
    '教学站点',
    '校外教学点',
    '学习中心',
    '站点',
    '站点名称',
    '所属站点',
    '函授站名称',
    '教学点名称',
    'station',
  ],
  className: ['班号', '班级', '班级名称', '行政班', '班', 'class', 'classname'],
  graduationDate: ['预计毕业日期', '预计毕业时间', '毕业日期', '毕业时间', 'graduationdate'],
};

const FIELD_BY_HEADING: ReadonlyMap<string, RosterField> = new Map(
  ROSTER_FIELDS.flatMap((field) => HEADINGS[field].map((heading) => [heading, field] as const)),
);

/**
 * 身份证, 证件号, 证件号码, ID card; 公民身份号码 is printed on the card itself: a column by such a name holds what no
 * list may hold.
 */
const ID_HEADING = /身份证|身份号|公民身份|证件号|居民证|idcard|idnumber|identitycard/;

/** How a heading is compared: without case, spaces, stars, colons and what stands in brackets. */
export function comparableHeading(heading: string): string {
  return heading
    .replace(/[（(【[].*?[）)】\]]/g, '')
    .replace(/[\s*＊:：_\-.·]/g, '')
    .toLowerCase();
}

export function isIdNumberHeading(heading: string): boolean {
  return ID_HEADING.test(heading.replace(/\s/g, '').toLowerCase());
}

/** The field that a heading usually means, or null. */
export function fieldOfHeading(heading: string): RosterField | null {
  return FIELD_BY_HEADING.get(comparableHeading(heading)) ?? null;
}

export interface RecognisedColumn {
  readonly heading: string;
  readonly field: RosterField | null;
  readonly recognised: 'by-name' | 'by-mapping' | 'no';
}

/**
 * @param mapping heading as it stands in the file → field, or null to leave the column alone; what it does not name
 *   is recognised by its usual name unless a mapped column took that field
 */
export function recogniseColumns(
  headings: readonly string[],
  mapping: Readonly<Record<string, RosterField | null>> = {},
): readonly RecognisedColumn[] {
  const taken = new Set(
    headings.flatMap((heading) => (Object.hasOwn(mapping, heading) ? [mapping[heading]] : [])),
  );
  return headings.map((heading) => {
    if (Object.hasOwn(mapping, heading)) {
      return { heading, field: mapping[heading] ?? null, recognised: 'by-mapping' };
    }
    const field = fieldOfHeading(heading);
    return field === null || taken.has(field)
      ? { heading, field: null, recognised: 'no' }
      : { heading, field, recognised: 'by-name' };
  });
}

/** Whether these words usually stand above a column of a list, be it one that no list may hold. */
export function isHeading(cell: string): boolean {
  return fieldOfHeading(cell) !== null || isIdNumberHeading(cell);
}
