/** What a reviewer asked for, as every page says it until another photo is confirmed. */
import { REJECT_REASON_WORDS } from './reject-reason-words';
import { Words } from './words';
import { SubmissionView } from '../shared/contract/submission-view';

export interface RejectionLines {
  /** Each reason with what to change; empty where nothing was asked for. */
  readonly reasons: readonly Words[];
  /** The reviewer's own sentence; empty where there is none. */
  readonly remark: string;
}

export function rejectionLines(rejection: SubmissionView['rejection']): RejectionLines {
  return {
    reasons: rejection?.reasons.map((reason) => REJECT_REASON_WORDS[reason]) ?? [],
    remark: rejection?.remark ? `老师留言：${rejection.remark}` : '',
  };
}
