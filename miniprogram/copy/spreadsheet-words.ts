/** The words of the school's spreadsheet. They travel with the request: the cloud writes the file but has no words. */
import { REJECT_REASON_WORDS } from './reject-reason-words';
import { STATE_WORDS } from './state-words';
import { SpreadsheetLabels } from '../shared/contract/exporter';
import { REJECT_REASONS, RejectReason } from '../shared/contract/submission-view';
import { SUBMISSION_STATES, SubmissionState } from '../shared/submission/submission-machine';

export const NOT_BOUND_LABEL = '未绑定';

/** Where a student stands, also before the code was bound. */
export function stateLabel(state: SubmissionState | 'not-bound'): string {
  return state === 'not-bound' ? NOT_BOUND_LABEL : STATE_WORDS[state].label;
}

export const SPREADSHEET_LABELS: SpreadsheetLabels = {
  headings: {
    studentNumber: '学号',
    name: '姓名',
    level: '层次',
    year: '年级',
    studyForm: '学习形式',
    major: '专业',
    station: '函授站',
    className: '班级',
    listed: '在名单内',
    state: '状态',
    attempts: '拍照次数',
    confirmedAt: '确认时间',
    reviewedAt: '审核时间',
    rejection: '退回原因',
  },
  states: {
    'not-bound': NOT_BOUND_LABEL,
    ...(Object.fromEntries(SUBMISSION_STATES.map((state) => [state, STATE_WORDS[state].label])) as Record<
      SubmissionState,
      string
    >),
  },
  reasons: Object.fromEntries(
    REJECT_REASONS.map((reason) => [reason, REJECT_REASON_WORDS[reason].title]),
  ) as Record<RejectReason, string>,
  yes: '是',
  no: '否',
};
