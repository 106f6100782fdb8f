/**
 * Whether a new list may be only a part of what is meant: the late additions, or one of several files. It replaces the
 * list that holds all the same; this only decides how plainly people are told. Every list loses some students.
 */
import { RosterPlan } from '../contract/operator/roster';

const A_HANDFUL = 5;
const USUAL_SHARE = 0.1;

/** More than a handful, and more than a tenth of the list that holds, would be off it. */
export function looksLikeAPart({ removed, changed, unchanged }: RosterPlan['differences']): boolean {
  return removed > A_HANDFUL && removed > USUAL_SHARE * (removed + changed + unchanged);
}
