/** The table of docs/quality.md that shows what thresholds do to people on whom they were not set. */
import { CHECK_RULES } from '../../miniprogram/shared/verdict/check-rules';
import { markdownTable, percent } from '../bench/benchmark';
import { rangeText } from '../../local/cli/support/settings-file';
import { type HalfResult, type PersonValue, triedOnOtherHalf } from './halves';
import { type MeasuredPhoto } from './measure-variants';
import { type Variant } from './variants';

// What the specification allows where it asks for a share of bad photos that are caught.
const FALSE_ALARMS = 0.05;

/** For every figure that is asked for, what a range set on one half of the people does on the other half. */
export function halvesTable(
  variants: readonly Variant[],
  good: readonly MeasuredPhoto[],
  bad: readonly MeasuredPhoto[],
): string {
  const people = good.map(({ file }) => personOf(file)).sort();
  const valuesOf = (photos: readonly MeasuredPhoto[], { check, measure }: Variant) =>
    photos.flatMap(({ file, checks }): PersonValue[] => {
      const value = checks[check]?.values[measure];
      const place = people.indexOf(personOf(file));
      // Neighbours in pairs, because every second one may be left unspoiled.
      return value === undefined ? [] : [{ half: (Math.floor(place / 2) & 1) === 0 ? 0 : 1, value }];
    });
  const rows = variants
    .filter(({ wanted, check }) => wanted !== undefined && check !== 'single-face')
    .map((variant) => {
      const spoiled = bad.filter((photo) => photo.variant === variant.name);
      const rule = CHECK_RULES[variant.check].measures[variant.measure]!;
      const results = triedOnOtherHalf(
        rule,
        valuesOf(good, variant),
        valuesOf(spoiled, variant),
        FALSE_ALARMS,
      );
      const both = (pick: (result: HalfResult) => string) => results.map(pick).join(' / ');
      return [
        `${variant.check} (${variant.measure})`,
        variant.name,
        rangeText(rule.allowed),
        both(({ limits }) => rangeText(limits)),
        both(({ caught }) => percent(caught)),
        both(({ falseAlarms }) => percent(falseAlarms)),
      ];
    });
  return markdownTable(['check', 'spoiled by', 'in force', 'set', 'caught', 'false alarms'], rows);
}

/** Portraits are named by person and expression: 001_03.jpg. */
function personOf(file: string): string {
  return file.slice(0, 3);
}
