/** A count on a command line. Refuses anything but a whole number, so that no loop runs over `NaN`. */
import { UsageError } from './usage-error';

/** @throws UsageError that names the option */
export function wholeNumber(option: string, text: string, least = 1): number {
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (!(value >= least)) throw new UsageError(`--${option} is a whole number from ${least}.`);
  return value;
}
