/**
 * The message template that the deployment chose in WeChat's console. Its places are numbered by whoever made the
 * template, so they are a setting too. Refuses words: the template has them.
 */
import { SettingError } from '../platform/setting-error';

/** The names of the two places that a reminder fills. */
export interface ReminderPlaces {
  /** A `thing`: the batch's title. */
  readonly title: string;
  /** A `time` or a `date`: the deadline. */
  readonly deadline: string;
}

const DEFAULT_PLACES = 'thing1,time2';

/** REMINDER_TEMPLATE_ID; null where the deployment sends no messages. */
export function reminderTemplateId(): string | null {
  return process.env.REMINDER_TEMPLATE_ID || null;
}

/**
 * REMINDER_TEMPLATE_FIELDS, e.g. `thing3,date5`.
 * @throws SettingError
 */
export function reminderPlaces(): ReminderPlaces {
  const match = /^(thing\d+),((?:time|date)\d+)$/.exec(
    process.env.REMINDER_TEMPLATE_FIELDS || DEFAULT_PLACES,
  );
  if (match === null) throw new SettingError('REMINDER_TEMPLATE_FIELDS');
  return { title: match[1]!, deadline: match[2]! };
}
