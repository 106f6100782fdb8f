/**
 * Where a student stands, as staff read it everywhere: lists, stations, the command line, the school's spreadsheet.
 * Refuses to speak to the student, whose own words are in `state-words.ts`. Complete by type.
 */
import { SubmissionState } from '../shared/submission/submission-machine';

export const STAFF_STATE_WORDS: Readonly<Record<SubmissionState | 'not-bound', string>> = {
  'not-bound': '未绑定',
  bound: '未拍照',
  shot: '需重拍（检查不合格）',
  developed: '待学生确认',
  confirmed: '审核中',
  rejected: '被驳回待重拍',
  accepted: '已通过',
  exported: '报送中',
  delivered: '已送达',
  withdrawn: '已撤回',
};
