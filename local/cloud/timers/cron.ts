/**
 * The platform's seven-field cron: second minute hour day month weekday year, read in UTC+8. Refuses what it cannot
 * mean (`?`, `L`, `W`, `#` of other dialects).
 */

export interface CronSchedule {
  readonly expression: string;
  /** Whether the trigger fires in the second that this time lies in. */
  matches(time: Date): boolean;
}

/** China has had no summer time since 1991, so an offset is all there is to the zone. */
const UTC_OFFSET_MS = 8 * 3600 * 1000;

const FIELDS = [
  { name: 'second', from: 0, to: 59 },
  { name: 'minute', from: 0, to: 59 },
  { name: 'hour', from: 0, to: 23 },
  { name: 'day', from: 1, to: 31 },
  { name: 'month', from: 1, to: 12 },
  { name: 'weekday', from: 0, to: 7 }, // 0 and 7 are Sunday
  { name: 'year', from: 1970, to: 2099 },
] as const;

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** @throws RangeError with the field that is wrong */
export function parseCron(expression: string): CronSchedule {
  const parts = expression.trim().split(/\s+/);
  if (parts.length !== FIELDS.length) throw new RangeError(`A timer has seven fields: ${expression}`);
  const allowed = FIELDS.map((field, position) => valuesOf(parts[position]!, field));
  const [seconds, minutes, hours, days, months, weekdays, years] = allowed as [Values, ...Values[]];
  // With both a day and a weekday given, either of them is enough, as on the platform.
  const eitherDay = parts[3] !== '*' && parts[5] !== '*';

  return {
    expression,
    matches(time) {
      const local = new Date(time.getTime() + UTC_OFFSET_MS);
      const day = days!.has(local.getUTCDate());
      const weekday = weekdays!.has(local.getUTCDay()) || (local.getUTCDay() === 0 && weekdays!.has(7));
      return (
        seconds.has(local.getUTCSeconds()) &&
        minutes!.has(local.getUTCMinutes()) &&
        hours!.has(local.getUTCHours()) &&
        months!.has(local.getUTCMonth() + 1) &&
        years!.has(local.getUTCFullYear()) &&
        (eitherDay ? day || weekday : day && weekday)
      );
    },
  };
}

type Values = ReadonlySet<number>;
type Field = (typeof FIELDS)[number];

function valuesOf(text: string, field: Field): Values {
  const values = new Set<number>();
  for (const part of text.split(',')) {
    const [range, step = '1'] = part.split('/');
    const every = Number(step);
    const [from, to] = rangeOf(range ?? '', part.includes('/'), field);
    if (!Number.isInteger(every) || every < 1 || !(from >= field.from) || !(to <= field.to) || from > to) {
      throw new RangeError(`Malformed ${field.name} in timer: ${text}`);
    }
    for (let value = from; value <= to; value += every) values.add(value);
  }
  return values;
}

function rangeOf(text: string, stepped: boolean, field: Field): [number, number] {
  if (text === '*') return [field.from, field.to];
  const [from, to] = text.split('-').map((value) => numberOf(value, field));
  // `5/10` starts at 5 and goes on to the end.
  return [from ?? Number.NaN, to ?? (stepped ? field.to : (from ?? Number.NaN))];
}

function numberOf(text: string, field: Field): number {
  if (/^\d+$/.test(text)) return Number(text);
  if (field.name === 'month') return MONTHS.indexOf(text.toUpperCase()) + 1 || Number.NaN;
  const weekday = field.name === 'weekday' ? WEEKDAYS.indexOf(text.toUpperCase()) : -1;
  return weekday === -1 ? Number.NaN : weekday;
}
