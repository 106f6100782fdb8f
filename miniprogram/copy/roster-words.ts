/** The roster in the words of a school's office: its fields, and what can be wrong with a row. Complete by type. */
import { RosterField } from '../shared/roster/roster-fields';
import { RosterFindingCode } from '../shared/roster/roster-findings';
import { Words } from './words';

/** What surprises whoever imports a second file. No full stop: what to do instead follows. */
export const ONE_LIST_WORDS = '一个批次只有一份名单，新的会整个代替旧的';

export const ROSTER_FIELD_WORDS: Record<RosterField, string> = {
  studentNumber: '学号',
  name: '姓名',
  level: '层次',
  year: '年级',
  duration: '学制',
  studyForm: '学习形式',
  major: '专业',
  station: '函授站',
  className: '班级',
  graduationDate: '预计毕业日期',
};

export const ROSTER_FINDING_WORDS: Record<RosterFindingCode, Words> = {
  'student-number-missing': { title: '没有学号', next: '请补上学号，或删掉这一行。' },
  'student-number-malformed': {
    title: '学号里有别的符号',
    next: '请改成只有数字、字母和短横线，最多 32 位。',
  },
  'student-number-damaged': {
    title: '学号被表格软件改成了科学计数',
    next: '请把学号列的格式设为“文本”，重新填写后再导出。',
  },
  'student-number-twice': { title: '学号和另一行相同', next: '请核对这两行，只留一行。' },
  'id-number': { title: '这一格是证件号码', next: '请删掉证件号码，名单里不可以有。' },
  'year-malformed': { title: '年级不是四位数字', next: '请写成 2021 这样的年份。' },
  'date-malformed': { title: '日期看不懂', next: '请写成 2027-01-10 这样的日期。' },
  'text-too-long': { title: '这一格太长', next: '请缩短到 50 个字以内。' },
  'control-characters': { title: '这一格里有看不见的符号', next: '请重新手工输入这一格。' },
  formula: { title: '这一格是公式', next: '请粘贴为“值”，不要公式。' },
  'row-broken': { title: '这一行的格数比标题多', next: '请检查多出来的逗号或引号。' },

  'station-missing': { title: '没有写函授站', next: '可以导入，但不会计入任何一个站；请补上。' },
  'class-missing': { title: '没有写班级', next: '可以导入，进度里会归入“未分班”。' },
  'not-in-cohorts': {
    title: '层次或年级不在这个批次里',
    next: '请核对；照这样导入，学生绑定时会被告知不属于本批次。',
  },
  'other-length': { title: '学号位数和别人不一样', next: '请核对是不是少了开头的 0。' },
  'name-improbable': { title: '姓名看起来不像姓名', next: '请核对是不是填错了列。' },
  'graduation-date-differs': { title: '毕业日期和批次不同', next: '请核对是不是别的批次的学生。' },
  'duplicate-row': { title: '和另一行完全一样', next: '可以导入，只算一次。' },
};
