/**
 * How often good portraits are refused: the table of docs/quality.md by check and skin tone, and what follows from it.
 * Refuses to leave a refusal out: a portrait that has no crop inside the standard is no false alarm, but stays in the table
 * and is named.
 */
import { CHECK_IDS } from '../../miniprogram/shared/verdict/check-ids';
import { CHECK_RULES } from '../../miniprogram/shared/verdict/check-rules';
import { markdownTable, percent } from '../bench/benchmark';
import { type MeasuredPhoto } from './measure-variants';
import { type LabelledPortrait, MONK_GROUPS } from './portraits';
import { type ReferenceCrop } from './reference-crops';

const MOST_FALSE_ALARMS = 0.02;
const MOST_IN_A_GROUP = 0.05;

type Labels = ReadonlyMap<string, LabelledPortrait>;

/** Refused and warned, check by check. */
export function falseAlarmTable(compliant: readonly MeasuredPhoto[], labels: Labels): string {
  const columns = [compliant, ...MONK_GROUPS.map((group) => inGroup(compliant, labels, group))];
  const counted = (is: (photo: MeasuredPhoto) => boolean) =>
    columns.map((photos) => `${photos.filter(is).length} of ${photos.length}`);
  return markdownTable(
    ['check', 'outcome', 'all', ...MONK_GROUPS.map(({ name }) => `Monk ${name}`)],
    [
      ['**all that block, together**', 'blocked', ...counted(isBlocked)],
      ...CHECK_IDS.filter((id) => id !== 'wall').flatMap((id) => {
        const has = (outcome: string) => (photo: MeasuredPhoto) => photo.checks[id]?.outcome === outcome;
        const blocks = CHECK_RULES[id].severity === 'block';
        return [
          ...(blocks ? [[id, 'blocked', ...counted(has('blocked'))]] : []),
          [blocks ? '' : id, 'warned', ...counted(has('warned'))],
        ];
      }),
    ],
  );
}

/** @param crops of every compliant portrait */
export function falseAlarmLines(
  compliant: readonly MeasuredPhoto[],
  crops: readonly ReferenceCrop[],
  labels: Labels,
): string[] {
  const missing = new Map(crops.map(({ file, missingPx }) => [file, missingPx]));
  const missingOf = ({ file }: MeasuredPhoto): number => {
    const px = missing.get(file);
    if (px === undefined) throw new Error(`no reference crop for ${file}`);
    return px;
  };
  const croppable = compliant.filter((photo) => missingOf(photo) === 0);
  const without = compliant.filter((photo) => missingOf(photo) > 0);
  const others = without.map((photo) => `${photo.file} (${missingOf(photo).toFixed(0)} px missing)`);
  return [
    verdictLine(croppable, labels),
    `- ${percent(rate(compliant))} of all ${compliant.length} are refused: ${
      compliant.filter(isBlocked).map(refusalText).join('; ') || 'none'
    }.`,
    '  By landmarks that came with the data and an outline keyed from the studio wall, neither of them the engine’s,',
    `  ${croppable.length} of the ${compliant.length} have a crop inside the standard${
      others.length === 0 ? '.' : `, and this has none: ${others.join(', ')}.`
    }`,
    ...(others.length === 0
      ? []
      : [
          '  Hair top (a bun included), eyes and face width cannot all be in range there without inventing body below the picture,',
          '  so that refusing is right.',
        ]),
  ];
}

function verdictLine(croppable: readonly MeasuredPhoto[], labels: Labels): string {
  const alarms = croppable.filter(isBlocked).length;
  const groups = MONK_GROUPS.map((group) => ({ group, photos: inGroup(croppable, labels, group) }));
  const above = groups.filter(({ photos }) => rate(photos) > MOST_IN_A_GROUP);
  return `- False alarms of all blocking checks together: ${alarms} of the ${croppable.length} that have a crop inside the standard, ${percent(
    rate(croppable),
  )} (wanted ≤ ${100 * MOST_FALSE_ALARMS} %: ${rate(croppable) <= MOST_FALSE_ALARMS ? 'reached' : '**missed**'}). ${
    above.length === 0
      ? 'No Monk group is above 5 %.'
      : `**Above 5 %: Monk ${above.map(({ group }) => group.name).join(', ')}.**`
  }`;
}

function rate(photos: readonly MeasuredPhoto[]): number {
  return photos.length === 0 ? 0 : photos.filter(isBlocked).length / photos.length;
}

function inGroup(photos: readonly MeasuredPhoto[], labels: Labels, group: (typeof MONK_GROUPS)[number]) {
  return photos.filter(({ file }) => {
    const { monk } = labels.get(file)!;
    return monk >= group.from && monk <= group.to;
  });
}

function isBlocked({ checks }: MeasuredPhoto): boolean {
  return Object.values(checks).some(({ outcome }) => outcome === 'blocked');
}

/** The photo, and what it was refused for. */
function refusalText({ file, checks }: MeasuredPhoto): string {
  const causes = CHECK_IDS.filter((id) => checks[id]?.outcome === 'blocked').map((id) => {
    const { values, remedy } = checks[id]!;
    const measures = Object.entries(values).map(([name, value]) => `${name} ${shortNumber(value)}`);
    return `${id} (${[...measures, ...(remedy === undefined ? [] : [remedy])].join(', ')})`;
  });
  return `${file} by ${causes.join(', ')}`;
}

function shortNumber(value: number): string {
  return String(Number(value.toPrecision(3)));
}
