/**
 * The text that a teacher forwards to a station's or a class's group chat: numbers and steps, no names. Without a list
 * nobody knows how many are missing: a number would tell those who have not begun that nobody waits for them. The deadline
 * is called 北京时间 whatever the teacher's phone shows: some who read it are abroad. Before the batch opens nobody can be
 * late, so it counts nobody, and names only what can be made ready.
 */
import { BatchWindow, windowOf } from '../shared/batch/batch';
import { Instant } from '../shared/identity/ids';
import { ProgressCounts } from '../shared/progress/progress-counts';
import { APP_NAME } from './app-words';
import { deadlineWords, momentWords, timeLeftWords } from './time-words';

export interface ReminderSubject {
  readonly title: string;
  readonly opensAt: Instant;
  readonly closesAt: Instant;
  readonly telephone: string;
  /** The station or class; empty: the whole batch. */
  readonly group: string;
  readonly counts: ProgressCounts;
  readonly now: Instant;
}

const WAY = `做法：微信搜索小程序“${APP_NAME}” → 扫采集码 → 拍照 → 看成品，满意就确认，约 5 分钟。`;
const CODE = '采集码在：学信档案 → 高等教育信息 → 学籍 → 查看图像采集码，长按保存图片。';

/** What can be done at that time; the rest would be refused. */
const HOW: Record<BatchWindow, readonly string[]> = {
  'not-open-yet': [CODE],
  open: [WAY, CODE],
  closed: [],
};

function newsOf({ opensAt, closesAt, counts, now }: ReminderSubject, window: BatchWindow): string {
  const deadline = deadlineWords(closesAt);
  switch (window) {
    case 'not-open-yet':
      return `毕业照图像采集从北京时间 ${momentWords(opensAt)} 开始，到 ${deadline} 截止，请先准备好图像采集码。`;
    case 'open':
      return `${whoIsMissing(counts, '，请尽快完成')}，${timeLeftWords(closesAt, now)}（北京时间 ${deadline}）。`;
    case 'closed':
      return `${whoIsMissing(counts, '请注意')}，采集已经截止，请马上打电话，问能不能补拍。`;
  }
}

/** @param request to all who are not done, where nobody knows how many they are */
function whoIsMissing({ listed, missing, confirmed }: ProgressCounts, request: string): string {
  if (listed !== null) return `毕业照图像采集还有 ${missing} 人没有完成（已完成 ${confirmed} 人）`;
  return `还没有完成毕业照图像采集的同学${request}`;
}

export function reminderText(subject: ReminderSubject): string {
  const { title, telephone, group, now } = subject;
  const window = windowOf(subject, now);
  const greeting = group === '' ? '各位同学' : `${group}的同学`;
  return [
    `【${title}】${greeting}：`,
    newsOf(subject, window),
    ...HOW[window],
    ...(telephone === '' ? [] : [`有问题打电话：${telephone}`]),
    '没有照片会影响正常毕业，请相互转告。',
  ].join('\n');
}
