/** Looking one student up: where the student stands, what was done, and what can be done next. */
import { BoundBy, StudentStanding } from '../shared/contract/operator/standing';

export const STUDENT_WORDS = {
  intro: '有学生来问，或要找某一位学生的照片，在这里写学号。',
  studentNumber: '学号',
  studentNumberPlaceholder: '照抄学校给的学号',
  needNumber: '请写学号',
  find: '查这位学生',
  finding: '正在查…',
  since: (at: string): string => `${at} 起`,
  list: '名单',
  listed: (listed: boolean): string => (listed ? '在名单里' : '不在名单里'),
  code: '采集码',
  attempts: '拍照次数',
  attemptsOf: ({ attempts, attemptsLeft }: StudentStanding): string =>
    `已拍 ${attempts} 次，${attemptsLeft === null ? '不限次数' : `还可以拍 ${attemptsLeft} 次`}`,
  rejection: '驳回或退回原因',
  overridden: '已放宽的检查',
  steps: '接下来可以',
  review: '审核这张照片',
  return: '退回，请学生重拍',
  stuck: '看照片，放宽检查',
  release: '解除绑定',
  history: '操作记录',
  historyText: '现在的成员写备注名，学生和其他人写代号，同一个人代号相同。',
  noHistory: '还没有记录。',
  more: '看更早的',
} as const;

export const BOUND_BY_WORDS: Record<BoundBy, string> = {
  account: '绑定在一个微信号上',
  station: '站点代拍，学生还没用自己的微信绑定',
  nobody: '没有绑定',
};

/** The code is bound, and this batch has nothing of the student. */
export const BOUND_ELSEWHERE = '在别的批次里绑定过';

/** Why a binding cannot be released yet, and what comes first. */
export const RELEASE_LATER_WORDS = {
  waiting: '要解除绑定的，请先审核这张照片，驳回以后再回到这里。',
  accepted: '要解除绑定的，请先退回这张照片，再回到这里。',
} as const;
