/**
 * Measured numbers with their unit in words a layman can read. A unit without words does not compile.
 */
import { Limits, Unit } from '../shared/verdict/verdict';

interface UnitWords {
  /** The number as it is shown, without its unit. */
  readonly figure: (value: number) => string;
  readonly unit: string;
}

const decimals =
  (digits: number) =>
  (value: number): string => {
    const rounded = value.toFixed(digits);
    // A rounded −0.0 would read as a direction where there is none; the typographic minus aligns with digits.
    return Number(rounded) === 0 ? rounded.replace('-', '') : rounded.replace('-', '−');
  };

const percent = (value: number): string => decimals(Math.abs(value) < 0.1 ? 1 : 0)(value * 100);

export const UNIT_WORDS: Record<Unit, UnitWords> = {
  count: { figure: decimals(0), unit: ' 个' },
  px: { figure: decimals(0), unit: ' 像素' },
  degrees: { figure: decimals(1), unit: ' 度' },
  ratio: { figure: decimals(2), unit: '' },
  // One stop is twice the light; photographers in China call it 档.
  stops: { figure: decimals(1), unit: ' 档' },
  // Shares of the distance between the eyes; the measure's own words say so.
  ied: { figure: percent, unit: '%' },
  ied2: { figure: (value) => decimals(2)(value * 100), unit: '%' },
  'grey-levels': { figure: decimals(1), unit: ' 级灰度' },
  'delta-e': { figure: decimals(0), unit: ' 级色差' },
  share: { figure: percent, unit: '%' },
};

/** A value with its unit, e.g. −7.2 度. */
export function valueWords(value: number, unit: Unit): string {
  const words = UNIT_WORDS[unit];
  return `${words.figure(value)}${words.unit}`;
}

/** The allowed range, e.g. 左右各 6.0 度以内, −11.0 到 15.0 度, 不超过 5.0 级灰度, 正好 1 个. */
export function limitsWords({ min, max }: Limits, unit: Unit): string {
  const words = UNIT_WORDS[unit];
  if (min !== undefined && max !== undefined) {
    if (min === max) return `正好 ${valueWords(min, unit)}`;
    if (min === -max) return `左右各 ${valueWords(max, unit)}以内`;
    return `${words.figure(min)} 到 ${words.figure(max)}${words.unit}`;
  }
  if (max !== undefined) return `不超过 ${valueWords(max, unit)}`;
  return min === undefined ? '不限' : `不低于 ${valueWords(min, unit)}`;
}
