/** Titles and next steps for the refusals that only members of the staff meet. Complete by type. */
import { ErrorDetails, OperatorErrorCode } from '../shared/errors';
import { RosterField } from '../shared/roster/roster-fields';
import { ONE_LIST_WORDS, ROSTER_FIELD_WORDS } from './roster-words';
import { Words } from './words';

type WordsFor = Words | ((details: ErrorDetails) => Words);

export const OPERATOR_ERROR_WORDS: Record<OperatorErrorCode, WordsFor> = {
  INVITATION_INVALID: {
    title: '这个邀请码现在不能用',
    next: '请核对邀请码；如果已经用过、过期或收回，请让邀请人、学校或采集单位再发一个。',
  },
  ALREADY_MEMBER: {
    title: '这个微信号已经有另一个身份',
    next: '请先在“工作台”点“退出这个身份”，再使用邀请码。',
  },
  LAST_OPERATOR: { title: '至少要留一位管理员', next: '请先邀请另一位管理员，再退出或移除。' },

  ROSTER_UNREADABLE: (details) => ({
    title: '名单文件打不开',
    next: READABLE[String(details['reason'])] ?? READABLE_BY_DEFAULT,
  }),
  ROSTER_TOO_LARGE: (details) => ({
    title: '名单文件太大了',
    next: `${limitWords(details)}${SMALLER[String(details['unit'])] ?? SMALLER_BY_DEFAULT}`,
  }),
  ROSTER_COLUMN_MISSING: (details) => ({
    title: '名单里少了必需的列',
    next: `请指定哪一列是${fieldWords(details['fields'])}，或在文件里补上这一列。`,
  }),
  ROSTER_COLUMN_TWICE: (details) => ({
    title: '有两列都像是同一项内容',
    next: `请指定哪一列是${fieldWords(details['fields'])}，另一列就不会导入。`,
  }),
  ROSTER_HEADING_TWICE: (details) => ({
    title: '有两列的标题一样',
    next: `${quotedWords(details['headings'], '不止一列，分不清要导入哪一列。')}请在文件里删掉不要的那一列，或给它换个标题，再重新选文件。`,
  }),
  ROSTER_SEVERAL_SHEETS: (details) => ({
    title: '不止一张工作表有名单',
    next: `${quotedWords(details['sheets'], '都有学生，一次只能导入一张。')}请合并到一张工作表，再删掉其余的（隐藏的也要删），重新选文件。`,
  }),
  ROSTER_HAS_ID_NUMBERS: (details) => ({
    title: '名单里有身份证号，不能导入',
    next: `${columnWords(details)}请把这一列整列删除后再传：按规定，学校不得向采集单位提供证件号码。`,
  }),
  ROSTER_HAS_ERRORS: (details) => ({
    title: '名单里还有要改的行',
    next: `${typeof details['rows'] === 'number' ? `共 ${details['rows']} 行。` : ''}请改好后重新上传，或选择“跳过这些行”。`,
  }),
  ROSTER_PLAN_OUTDATED: {
    title: '名单在检查之后又有变化',
    next: '请重新检查一遍，看过新的结果再导入。',
  },

  REMINDERS_NOT_CONFIGURED: {
    title: '还没有开通微信提醒',
    next: '可以先复制催办文字发到群里；开通方法见部署说明。',
  },

  REVIEW_LENT_TO_OTHER: {
    title: '另一位老师正在审这张照片',
    next: '请审下一张，这张不用管；要自己审这一张的，请过五分钟再来。',
  },
  UNDO_TOO_LATE: {
    title: '已经不能撤销',
    next: '过了一分钟，或者照片正在打包。通过的照片，请用“退回已通过的照片”；驳回、退回的，请学生再拍一张。',
  },

  EXPORT_EMPTY: {
    title: '没有可以打包的照片',
    next: '请先审核照片；只打包新照片时，也可以改选“全部已通过的照片”。',
  },
  EXPORT_TEMPLATE_INVALID: ({ reason }) =>
    reason === 'without-number'
      ? {
          title: '文件名里要有 {学号}',
          next: '这一包只有一部分照片，没有学号的名字会和别的包里别人的照片重名。请在文件名或文件夹里写上 {学号}；不要学号的，请选整个批次、全部已通过的照片。',
        }
      : {
          title: '文件名的写法有一处要改',
          next: '请用 {学号}、{序号} 这样的占位符，不用 / \\ : * ? " < > | 这些符号。',
        },
  EXPORT_NAMES_REFUSED: (details) => ({
    title: '有照片的文件名不能用',
    next: `${typeof details['count'] === 'number' ? `共 ${details['count']} 张。` : ''}请换一种命名方式，例如只用学号。`,
  }),
  EXPORT_UNDERWAY: {
    title: '有的新照片正在打另一个包',
    next: '请在“打过的包”里把它接着打完，或先停止它，再打新的。',
  },
  EXPORT_NOT_DELIVERABLE: ({ state }) => NOT_DELIVERABLE[String(state)] ?? NOT_DELIVERABLE_BY_DEFAULT,
};

/** Of a list that is not where it was sent any more, or never came there. */
export function listMissing({ reason }: ErrorDetails): Words {
  const why = reason === 'not-uploaded' ? '没有传完' : '放得太久了';
  return { title: '名单要重新选一次', next: `刚才选的文件${why}，请再从聊天里选一次。` };
}

const NOT_DELIVERABLE: Readonly<Record<string, Words>> = {
  cancelled: {
    title: '这一包已经停止了',
    next: '它的文件已经删除，不能标为已送达。请重新打包，交出去以后标新的那一包。',
  },
  expired: {
    title: '这一包没有打完就到期了',
    next: '它没有交出去过，不能标为已送达。请重新打包，交出去以后标新的那一包。',
  },
};
const NOT_DELIVERABLE_BY_DEFAULT: Words = {
  title: '这一包还没有打好',
  next: '请先接着打包，打好并交出去以后，再标为已送达。',
};

const READABLE: Readonly<Record<string, string>> = {
  empty: '文件是空的。请重新导出名单再传。',
  encoding: '文字编码认不出来。请用 Excel 打开，另存为 .xlsx 再传。',
  format: '请传 .xlsx 或 .csv 文件；老版 .xls 请另存为 .xlsx。',
  quotes: '文件里有引号没有成对。请用 Excel 打开，另存为 .xlsx 再传。',
  workbook: '工作簿有损坏或加了密码。请用 Excel 打开，去掉密码另存后再传。',
  'no-headings': '没有找到标题行。请让第一行是“学号、姓名、函授站……”这样的列名。',
};
const READABLE_BY_DEFAULT = '请用 Excel 打开，另存为 .xlsx 再传。';

/** Never to cut it into several files: each would take the students of the others off the list. */
const SMALLER: Readonly<Record<string, string>> = {
  rows: `${ONE_LIST_WORDS}，不能拆开导。请删掉不属于这个批次的学生；确实有这么多人，请按层次或年级分成几个批次，各导各的名单。`,
  columns: '请删掉多余的列后再传。',
};
const SMALLER_BY_DEFAULT = `请删掉多余的列和图片后再传，不要拆开：${ONE_LIST_WORDS}。`;

const UNITS: Readonly<Record<string, string>> = { rows: '行', columns: '列', bytes: '字节' };

function limitWords({ maximum, unit }: ErrorDetails): string {
  if (typeof maximum !== 'number') return '';
  return unit === 'bytes'
    ? `文件最大 ${Math.floor(maximum / 1024 / 1024)} MB。`
    : `一次最多 ${maximum} ${UNITS[String(unit)] ?? '行'}。`;
}

function fieldWords(fields: unknown): string {
  const names = Array.isArray(fields) ? fields.map((field) => ROSTER_FIELD_WORDS[field as RosterField]) : [];
  return names.length === 0 ? '“学号”' : quotedWords(names, '');
}

/** What is said of these words; nothing where there are none. */
function quotedWords(words: unknown, saying: string): string {
  if (!Array.isArray(words) || words.length === 0) return '';
  return `${words.map((word) => `“${String(word)}”`).join('、')}${saying}`;
}

function columnWords({ columns, sheet }: ErrorDetails): string {
  if (!Array.isArray(columns) || columns.length === 0) return '';
  const place = sheet === undefined ? '' : `工作表“${String(sheet)}”的`;
  return `${place}第 ${columns.join('、')} 列。`;
}
