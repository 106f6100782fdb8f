/**
 * What to do after a refusal, where that is another step at a PC than on a phone: the phone's words name its buttons,
 * these name commands. Refuses to say again what holds at both: for every other code the phone's words are read.
 */
import { errorWords } from '../../../miniprogram/copy/error-words';
import { type ErrorCode, type ErrorDetails } from '../../../miniprogram/shared/errors';

/** The next step; null: the phone's is the one here too. */
type NextAtPc = string | ((details: ErrorDetails, identity: string) => string | null);

/** Also said where nothing was refused: a check that finds nothing. */
export const NOTHING_TO_PACK = '请先审核照片；要连打包过的照片一起，请去掉 --new。';

const CONSENT = '请学生看过说明并单独同意使用人脸照片，再加 --consent 运行一次。';

const REJECT_BY_NUMBER = '请用 review take 批次 --student 学号 取到它，用 review reject 驳回。';
const RELEASE_WAITING = `照片合格的，通过就行，不解除也会照常报送。只有照片要重拍，才解除：${REJECT_BY_NUMBER}`;
const RELEASE_ACCEPTED = '不解除也会照常报送。只有照片要重拍，才用 review return 退回，再来解除绑定。';

/** The phone asks for the column by its name beside the words; here it is an option. */
const withMap = (code: ErrorCode) => (details: ErrorDetails) =>
  `${errorWords(code, details).next}指定的写法：--map 标题=内容，如 --map 编号=学号。`;

const NEXT_AT_PC: Partial<Record<ErrorCode, NextAtPc>> = {
  FORBIDDEN: ({ reason }, identity) =>
    reason === undefined
      ? `“${identity}”的身份不能做这件事。用 me 看是什么身份；用 --as 换一个身份，或请管理员邀请。`
      : null,
  NOT_FOUND: ({ event }) =>
    event === undefined
      ? '编号或学号可能不对，或已经删除，或属于别的学校。请用列表命令（batches、export list……）核对编号。'
      : null,
  CONFLICT: ({ retryAfterSeconds }) =>
    retryAfterSeconds === undefined ? '另一个人刚刚改过同一样东西。请看一下最新的情况，再运行一次。' : null,
  CONSENT_REQUIRED: CONSENT,
  FACE_CONSENT_REQUIRED: CONSENT,

  SUBMISSION_STATE: ({ event, state }) => {
    if (event === 'accept' || event === 'reject')
      return '刚才的决定没有保存。请用 review take 批次 取下一张。';
    if (event === 'release') return state === 'confirmed' ? RELEASE_WAITING : RELEASE_ACCEPTED;
    if (event === 'return') return state === 'confirmed' ? REJECT_BY_NUMBER : null;
    return '请看现在进行到哪里：student 批次 学号；站点代拍的，用 station seats 看。';
  },
  PHOTO_SUPERSEDED: '请用 review take 再取一次，看过最新的那张再决定。',
  UPLOAD_MISSING: '文件没有传到云上，或放得太久了。请再运行一次。',

  ALREADY_MEMBER: '请先用 leave 退出现在的身份，或用 --as 换一个微信身份，再用邀请码。',
  ROSTER_COLUMN_MISSING: withMap('ROSTER_COLUMN_MISSING'),
  ROSTER_COLUMN_TWICE: withMap('ROSTER_COLUMN_TWICE'),
  ROSTER_HAS_ERRORS: '请在文件里改好再运行一次；或加 --skip-bad，跳过这些行。',
  REMINDERS_NOT_CONFIGURED: '可以先用 reminder 写一段催办文字，发到群里；开通方法见部署说明。',
  UNDO_TOO_LATE:
    '过了一分钟，或者照片正在打包。通过的照片，请用 review return 退回；驳回、退回的，请学生再拍一张。',
  EXPORT_EMPTY: NOTHING_TO_PACK,
  EXPORT_UNDERWAY:
    '请用 export list 找到那一包，等它打好，或用 export cancel 编号 停止它，再打新的。断在半路的，照原样再运行一次就接着打。',
};

/** What to do at this PC, or null where the phone's words say it. */
export function nextAtPc(code: ErrorCode, details: ErrorDetails, identity: string): string | null {
  const next = NEXT_AT_PC[code] ?? null;
  return typeof next === 'function' ? next(details, identity) : next;
}
