/**
 * How often good portraits are refused in other surroundings: the table of docs/quality.md. Counts the portraits that
 * pass as they were taken, so that every refusal here comes from the surroundings.
 */
import { CHECK_IDS } from '../../miniprogram/shared/verdict/check-ids';
import { markdownTable } from '../bench/benchmark';
import { type MeasuredPhoto } from './measure-variants';
import { type LabelledPortrait, MONK_GROUPS } from './portraits';
import { SURROUNDINGS } from './surroundings';

/**
 * @param good the compliant portraits as they were taken
 * @param photos all measured photos
 */
export function surroundingsTable(
  good: readonly MeasuredPhoto[],
  photos: readonly MeasuredPhoto[],
  labels: ReadonlyMap<string, LabelledPortrait>,
): string {
  const passing = new Set(good.filter((photo) => blockedBy(photo).length === 0).map(({ file }) => file));
  return markdownTable(
    ['surroundings', 'refused', ...MONK_GROUPS.map(({ name }) => `Monk ${name}`), 'by'],
    SURROUNDINGS.map(({ name }) => {
      const there = photos.filter(({ file, variant }) => variant === name && passing.has(file));
      const groups = MONK_GROUPS.map(({ from, to }) =>
        there.filter(({ file }) => {
          const { monk } = labels.get(file)!;
          return monk >= from && monk <= to;
        }),
      );
      const refused = (group: readonly MeasuredPhoto[]) =>
        `${group.filter((photo) => blockedBy(photo).length > 0).length} of ${group.length}`;
      const causes = new Set(there.flatMap(blockedBy));
      return [name, refused(there), ...groups.map(refused), [...causes].join(', ')];
    }),
  );
}

function blockedBy({ checks }: MeasuredPhoto) {
  return CHECK_IDS.filter((id) => checks[id]?.outcome === 'blocked');
}
