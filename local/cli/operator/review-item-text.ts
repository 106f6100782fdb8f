/** One photo under review as text. */
import { facts } from './output';
import { CHECK_WORDS } from '../../../miniprogram/copy/check-words';
import { STAFF_REVIEW_WORDS } from '../../../miniprogram/copy/operator-review-words';
import { TICK_WORDS } from '../../../miniprogram/copy/tick-words';
import { momentWords } from '../../../miniprogram/copy/time-words';
import { type ReviewedStudent, type ReviewItem } from '../../../miniprogram/shared/contract/operator/review';
import { type CheckId } from '../../../miniprogram/shared/verdict/check-ids';
import { checksWith, type Verdict } from '../../../miniprogram/shared/verdict/verdict';

export function studentWords({
  studentNumber,
  maskedName,
  level,
  year,
  stationName,
  className,
}: ReviewedStudent): string {
  return [studentNumber, maskedName, `${year}级`, level, stationName, className].filter(Boolean).join(' ');
}

function verdictWords(verdict: Verdict): string {
  const names = (ids: readonly CheckId[]) => ids.map((id) => CHECK_WORDS[id].name).join('、') || '无';
  return `请看：${names(checksWith(verdict, 'warned'))}；没能检查：${names(checksWith(verdict, 'not-assessed'))}`;
}

export function itemText(item: ReviewItem): string {
  return facts([
    ['编号', item.submissionId],
    ['照片', item.photo.id],
    ['学生', studentWords(item.student)],
    ['检查', verdictWords(item.photo.verdict)],
    ['学生勾选', item.photo.ticks.map((tick) => TICK_WORDS[tick].statement).join('；') || '-'],
    ['原图', item.originalLink?.url ?? '-'],
    ['成品', item.standardLink?.url ?? '-'],
    ['留给你到', momentWords(item.lentUntil)],
    ...(item.closesAt <= new Date().toISOString()
      ? [[STAFF_REVIEW_WORDS.over, STAFF_REVIEW_WORDS.overNext] as const]
      : []),
  ]);
}
