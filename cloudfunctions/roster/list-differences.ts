/** The differences of a plan in the order in which a person looks at them, no more of each kind than anybody reads. Pure. */
import { type Comparison, type RosterLine } from './compare-roster';
import { type RosterDifference } from '../../miniprogram/shared/contract/operator/roster';

const ADDED_KEPT = 2000;
const CHANGES_KEPT = 5000;

/** How a station is spelled. */
export type StationName = (id: RosterLine['stationId']) => string | null;

/**
 * First who would vanish although they have bound; then the others who would, and what would change. Of these two the
 * shorter one, so that neither hides the other.
 * @param bound of the removed ones
 */
export function listDifferences(
  { added, changed, removed }: Comparison,
  bound: ReadonlySet<string>,
  stationName: StationName,
): readonly RosterDifference[] {
  const leaving = (isBound: boolean): readonly RosterDifference[] =>
    removed
      .filter((studentNumber) => bound.has(studentNumber) === isBound)
      .map((studentNumber) => ({ kind: 'removed', studentNumber, bound: isBound }));
  const shorterFirst = [leaving(false), changed].sort((one, other) => one.length - other.length);
  return [
    ...[leaving(true), ...shorterFirst].flatMap((list) => list.slice(0, CHANGES_KEPT)),
    ...added.slice(0, ADDED_KEPT).map(({ studentNumber, stationId, className }) => {
      return { kind: 'added', studentNumber, station: stationName(stationId), className } as const;
    }),
  ];
}
