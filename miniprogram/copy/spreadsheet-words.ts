/** The words of the school's spreadsheet. They travel with the request: the cloud writes the file but has no words. */
import { STAFF_STATE_WORDS } from './operator-state-words';
import { REJECT_REASON_WORDS } from './reject-reason-words';
import { SpreadsheetLabels } from '../shared/contract/exporter';
import { REJECT_REASONS, RejectReason } from '../shared/contract/submission-view';

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
    rejection: '驳回或退回原因',
  },
  states: STAFF_STATE_WORDS,
  reasons: Object.fromEntries(
    REJECT_REASONS.map((reason) => [reason, REJECT_REASON_WORDS[reason].title]),
  ) as Record<RejectReason, string>,
  yes: '是',
  no: '否',
};
