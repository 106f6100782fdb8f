/**
 * Measured numbers with their unit in words a layman can read. A unit without words does not compile.
 */
import { Limits, Unit } from '../shared/verdict/verdict';

type Figure = (value: number, extra?: number) => string;

interface UnitWords {
  /** The number as it is shown, without its unit; with more digits than usual where `extra` asks for them. */
  readonly figure: Figure;
  readonly unit: string;
}

const decimals =
  (digits: number): Figure =>
  (value, extra = 0) => {
    const rounded = value.toFixed(digits + extra);
    // A rounded −0.0 would read as a direction where there is none; the typographic minus aligns with digits.
    return Number(rounded) === 0 ? rounded.replace('-', '') : rounded.replace('-', '−');
  };

const percent: Figure = (value, extra) => decimals(Math.abs(value) < 0.1 ? 1 : 0)(value * 100, extra);

export const UNIT_WORDS: Record<Unit, UnitWords> = {
  // Only people are counted.
  count: { figure: decimals(0), unit: ' 人' },
  px: { figure: decimals(0), unit: ' 像素' },
  degrees: { figure: decimals(1), unit: ' 度' },
  ratio: { figure: decimals(2), unit: '' },
  // One stop is twice the light; photographers in China call it 档.
  stops: { figure: decimals(1), unit: ' 档' },
  // Shares of the distance between the eyes; the measure's own words say so.
  ied: { figure: percent, unit: '%' },
  ied2: { figure: (value, extra) => decimals(2)(value * 100, extra), unit: '%' },
  'grey-levels': { figure: decimals(1), unit: ' 级灰度' },
  'delta-e': { figure: decimals(0), unit: ' 级色差' },
  share: { figure: percent, unit: '%' },
};

/** A value with its unit, e.g. −7.2 度. */
export function valueWords(value: number, unit: Unit): string {
  const words = UNIT_WORDS[unit];
  return `${words.figure(value)}${words.unit}`;
}

/** Two more digits tell 23.6 % from 24 %; what is closer than that is as good as the limit. */
const MOST_EXTRA_DIGITS = 2;

/**
 * A value with its unit beside limits that it missed or met: as many digits as it takes to see on which side it is.
 */
export function valueBesideLimits(value: number, unit: Unit, limits: readonly Limits[]): string {
  const { figure, unit: words } = UNIT_WORDS[unit];
  const others = limits
    .flatMap(({ min, max }) => [min, max])
    .filter((limit): limit is number => limit !== undefined && limit !== value);
  let extra = 0;
  const looksEqual = (): boolean => others.some((limit) => figure(limit, extra) === figure(value, extra));
  while (extra < MOST_EXTRA_DIGITS && looksEqual()) extra += 1;
  return `${figure(value, extra)}${words}`;
}

/** The allowed range, e.g. 左右各 6.0 度以内, −11.0 到 15.0 度, 不超过 5.0 级灰度, 正好 1 人. */
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
