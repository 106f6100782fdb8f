/**
 * Words for refusals that students meet as well, where the details name what staff wanted to do. Staff do not go back to
 * the student's first page: each says where in the staff's pages, or with the student, it goes on.
 */
import { ErrorCode, ErrorDetails } from '../shared/errors';
import { CONFIRMED_STATES, SubmissionState } from '../shared/submission/submission-machine';
import { Words } from './words';

type WordsOfState = (state: SubmissionState) => Words;

/** The photo that was decided on is gone: its page moves on by itself. */
const NEXT_PHOTO = '刚才的决定没有保存，请接着审下一张。';

/** By code, then by `details.event` or `details.reason`. */
const STAFF_WORDS: Partial<Record<ErrorCode, Readonly<Record<string, Words | WordsOfState>>>> = {
  FORBIDDEN: {
    'other-station': {
      title: '这位学生不在你负责的站点',
      next: '请核对采集码；名单里站点写错的，请学校改好名单再拍，也可以请学生用自己的微信拍。',
    },
  },
  NOT_FOUND: {
    accept: { title: '学生刚刚删除了这张照片', next: NEXT_PHOTO },
    reject: { title: '学生刚刚删除了这张照片', next: NEXT_PHOTO },
    'look-up': {
      title: '这个批次里没有这个学号',
      next: '请核对学号和批次。补拍的学生，请到他那一批里查；函授站老师只查得到本站的学生。',
    },
    return: { title: '没有找到这个学号的照片', next: '请核对学号和批次。' },
    release: {
      title: '没有可以解除的绑定',
      next: '请核对学号和批次。没有绑定过的，或站点代拍的，不用解除：请学生直接用自己的微信扫采集码绑定；已经截止的，在首页点“在站点拍过？扫码看照片”。',
    },
  },
  CONFLICT: {
    'batch-changed': {
      title: '另一位老师刚刚改过这个批次',
      next: '这次的修改没有保存。请返回，重新打开再改。',
    },
  },
  SUBMISSION_STATE: {
    'take-review': {
      title: '这位学生没有等审核的照片',
      next: '可能刚刚审过，或学生撤回了。请返回“查一位学生”，看现在进行到哪里。',
    },
    accept: notDecided,
    reject: notDecided,
    return: (state) =>
      state === 'confirmed'
        ? { title: '照片还在等审核', next: '请在“查一位学生”里写学号，点“审核这张照片”驳回。' }
        : { title: '这位学生现在没有已通过的照片', next: '不用退回；请核对学号和批次。' },
    release: (state) =>
      state === 'confirmed'
        ? {
            title: '照片正在等审核，还不能解除',
            next: '照片合格的，通过就行，不解除也会照常报送。只有照片要重拍，才在“查一位学生”里写学号，点“审核这张照片”驳回，再来解除绑定。',
          }
        : {
            title: '照片已经通过，不用解除',
            next: '不解除也会照常报送。只有照片要重拍，才用“退回已通过的照片”退回，再来解除绑定。',
          },
    'undo-review': notUndone,
    'undo-return': notUndone,
  },
};

/** @returns undefined where no details say that staff wanted it */
export function staffWords(code: ErrorCode, { event, reason, state }: ErrorDetails): Words | undefined {
  const entry = STAFF_WORDS[code]?.[String(event ?? reason)];
  return typeof entry === 'function' ? entry(state as SubmissionState) : entry;
}

/** Another reviewer was faster, or the student. */
function notDecided(state: SubmissionState): Words {
  const decided = state === 'rejected' || CONFIRMED_STATES.includes(state);
  return { title: decided ? '另一位老师已经审过这张照片' : '学生刚刚撤回了这张照片', next: NEXT_PHOTO };
}

function notUndone(state: SubmissionState): Words {
  const next = CONFIRMED_STATES.includes(state)
    ? '照片已经打包。要重拍的，请用“退回已通过的照片”。'
    : '学生已经接着往下做了，不用撤销：确认了新的照片，会再来审核。';
  return { title: '已经不能撤销', next };
}
