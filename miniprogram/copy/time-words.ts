/**
 * Times as people in China read them: always Asia/Shanghai, whatever the phone is set to. What somebody abroad must not
 * miss is called 北京时间 there: everybody else takes 24:00 for the own midnight.
 */
import { showsBeijingTime } from '../platform/time-zone';
import { Instant } from '../shared/identity/ids';
import { ShanghaiTime, shanghaiTime } from '../shared/time/shanghai-time';

const HOUR_MS = 3_600_000;
const MINUTE = 60;
const HOUR = 3_600;

function clock({ hour, minute }: ShanghaiTime): string {
  return `${hour}:${String(minute).padStart(2, '0')}`;
}

function date({ year, month, day }: ShanghaiTime): string {
  return `${year}年${month}月${day}日`;
}

/** A moment, e.g. 2026年11月22日 9:05. */
export function momentWords(instant: Instant): string {
  const time = shanghaiTime(Date.parse(instant));
  return `${date(time)} ${clock(time)}`;
}

/** A deadline, e.g. 2027年2月28日 24:00: the first closed moment at midnight belongs to the day before in people's words. */
export function deadlineWords(closesAt: Instant): string {
  const milliseconds = Date.parse(closesAt);
  const time = shanghaiTime(milliseconds);
  if (time.hour === 0 && time.minute === 0) return `${date(shanghaiTime(milliseconds - 1))} 24:00`;
  return `${date(time)} ${clock(time)}`;
}

/** A moment or a deadline for whoever plans by it: on a phone that shows another time, 2027年2月28日 24:00（北京时间）. */
export function zonedWords(words: string): string {
  return showsBeijingTime() ? words : `${words}（北京时间）`;
}

/** A calendar date that carries no time, e.g. 2027-06-30 → 2027年6月30日. Anything else is given back as it is. */
export function calendarDateWords(isoDate: string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(isoDate);
  return match ? `${match[1]}年${Number(match[2])}月${Number(match[3])}日` : isoDate;
}

/**
 * How long is left until a deadline, in calendar days of Shanghai: 还剩 5 天, 明天 24:00 截止, 今天 18:00 截止. Where the
 * phone shows another time, today and tomorrow are other days, and the last two are counted in hours: 还剩 15 小时.
 */
export function timeLeftWords(closesAt: Instant, now: Instant): string {
  const closes = Date.parse(closesAt);
  const today = shanghaiTime(Date.parse(now));
  const lastDay = shanghaiTime(closes - 1);
  const days = lastDay.dayNumber - today.dayNumber;
  if (days >= 2) return `还剩 ${days} 天`;
  if (!showsBeijingTime()) return hoursLeftWords(closes - Date.parse(now));
  const end = shanghaiTime(closes);
  const endClock = end.hour === 0 && end.minute === 0 ? '24:00' : clock(end);
  return days === 1 ? `明天 ${endClock} 截止` : `今天 ${endClock} 截止`;
}

/** Rounded down: nobody should come too late. */
function hoursLeftWords(milliseconds: number): string {
  const hours = Math.floor(milliseconds / HOUR_MS);
  return hours >= 1 ? `还剩 ${hours} 小时` : '还剩不到 1 小时';
}

/** A waiting time, e.g. 30 秒, 5 分钟, 2 小时. Rounded up: nobody should come back too early. */
export function durationWords(seconds: number): string {
  if (!(seconds > 0)) return '一会儿';
  if (seconds < MINUTE) return `${Math.ceil(seconds)} 秒`;
  if (seconds < HOUR) return `${Math.ceil(seconds / MINUTE)} 分钟`;
  return `${Math.ceil(seconds / HOUR)} 小时`;
}
