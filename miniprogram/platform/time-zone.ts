/**
 * Whether the phone's clock shows Beijing time. Told by its offset, not by the name of a zone: clocks in Singapore show
 * the same, and WeChat's script engine on Android has no `Intl`.
 */

/** UTC+8 as `Date` counts it: minutes from local time to UTC. */
const BEIJING_OFFSET_MINUTES = -480;

export function showsBeijingTime(): boolean {
  return new Date().getTimezoneOffset() === BEIJING_OFFSET_MINUTES;
}
