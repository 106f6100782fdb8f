/**
 * Where a submission stands, in the student's words: a label, what it means, what comes next, and the name of the
 * button that goes there. Complete by type.
 */
import { SubmissionState } from '../shared/submission/submission-machine';

/** How a state feels to the reader; never shown by colour alone. */
export type Tone = 'todo' | 'waiting' | 'good' | 'attention' | 'quiet';

export interface StateWords {
  readonly label: string;
  /** What has happened, as a line of the time line. */
  readonly happened: string;
  readonly next: string;
  readonly button: string;
  readonly tone: Tone;
}

/** What a confirmed photo still goes through, as lines of the time line that nobody takes for the past. */
export const AHEAD_WORDS = {
  accepted: '等老师审核',
  exported: '等打包报送',
  delivered: '等送达',
} as const satisfies Partial<Record<SubmissionState, string>>;

export const STATE_WORDS: Record<SubmissionState, StateWords> = {
  bound: {
    label: '待拍照',
    happened: '已绑定采集码',
    next: '看一遍要求就可以拍照了，大约 3 分钟。',
    button: '去拍照',
    tone: 'todo',
  },
  shot: {
    label: '需要重拍',
    happened: '拍了照片，还不符合要求',
    next: '看看哪里要调整，再拍一张就好。',
    button: '看原因，重新拍',
    tone: 'attention',
  },
  developed: {
    label: '待你确认',
    happened: '照片已制作好',
    next: '看看做好的照片，满意就确认，不满意可以重拍。',
    button: '看照片，去确认',
    tone: 'todo',
  },
  confirmed: {
    label: '审核中',
    happened: '你确认了照片，已提交审核',
    next: '老师审核后，结果会显示在这里，过几天回来看看。',
    button: '查看进度',
    tone: 'waiting',
  },
  rejected: {
    label: '请重拍',
    happened: '审核老师请你重拍',
    next: '看看老师写的原因，照着调整再拍一张。',
    button: '看原因，重新拍',
    tone: 'attention',
  },
  accepted: {
    label: '审核通过',
    happened: '照片审核通过',
    next: '接下来由采集单位报送，你可以先把照片存到手机。',
    button: '查看照片',
    tone: 'good',
  },
  exported: {
    label: '报送中',
    happened: '照片已打包报送',
    next: '送达后请登录学信网做图像校对。',
    button: '查看照片',
    tone: 'good',
  },
  delivered: {
    label: '已送达',
    happened: '照片已送达',
    next: '请登录学信网，在“图像校对”里核对自己的照片。',
    button: '查看照片',
    tone: 'good',
  },
  withdrawn: {
    label: '已撤回',
    happened: '你撤回了照片',
    next: '撤回的照片不会提交。截止前请重新开始，之前那张还在，可以再确认。',
    button: '重新开始',
    tone: 'quiet',
  },
};
