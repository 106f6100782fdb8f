/**
 * The text that a teacher forwards to a station's or a class's group chat: numbers and steps, no names. Without a list
 * nobody knows how many are missing: a number would tell those who have not begun that nobody waits for them. The deadline
 * is called 北京时间 whatever the teacher's phone shows: some who read it are abroad.
 */
import { Instant } from '../shared/identity/ids';
import { ProgressCounts } from '../shared/progress/progress-counts';
import { APP_NAME } from './app-words';
import { deadlineWords, timeLeftWords } from './time-words';

export interface ReminderSubject {
  readonly title: string;
  readonly closesAt: Instant;
  readonly telephone: string;
  /** The station or class; empty: the whole batch. */
  readonly group: string;
  readonly counts: ProgressCounts;
  readonly now: Instant;
}

/** What still works before the deadline, and no longer after it. */
const HOW: readonly string[] = [
  `做法：微信搜索小程序“${APP_NAME}” → 扫采集码 → 拍照 → 看成品，满意就确认，约 5 分钟。`,
  '采集码在：学信档案 → 高等教育信息 → 学籍 → 查看图像采集码，长按保存图片。',
];

function openingWords({ listed, missing, confirmed }: ProgressCounts, over: boolean): string {
  if (listed !== null) return `毕业照图像采集还有 ${missing} 人没有完成（已完成 ${confirmed} 人）`;
  return `还没有完成毕业照图像采集的同学${over ? '请注意' : '，请尽快完成'}`;
}

export function reminderText({ title, closesAt, telephone, group, counts, now }: ReminderSubject): string {
  const over = Date.parse(closesAt) <= Date.parse(now);
  const greeting = group === '' ? '各位同学' : `${group}的同学`;
  return [
    `【${title}】${greeting}：`,
    `${openingWords(counts, over)}，${
      over
        ? '采集已经截止，请马上打电话，问能不能补拍。'
        : `${timeLeftWords(closesAt, now)}（北京时间 ${deadlineWords(closesAt)}）。`
    }`,
    ...(over ? [] : HOW),
    ...(telephone === '' ? [] : [`有问题打电话：${telephone}`]),
    '没有照片会影响正常毕业，请相互转告。',
  ].join('\n');
}
