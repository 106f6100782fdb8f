/**
 * How much of a submission's history is kept and shown. Honest students change state a few dozen times; withdrawing and
 * beginning again could be repeated for weeks, and one such history must make neither a document nor an answer that
 * carries many of them too large. Refuses to be the record: what falls off the beginning stands in the audit.
 */
import {
  type TimelineEntry,
  TIMELINE_SHOWN_AT_MOST,
} from '../../miniprogram/shared/contract/submission-view';
import { CONFIRMED_STATES } from '../../miniprogram/shared/submission/submission-machine';

/** About 12 KB; fifty of them are read at once by the review's queue. */
const KEPT_AT_MOST = 200;

export function withEntry(
  timeline: readonly TimelineEntry[],
  entry: TimelineEntry,
): readonly TimelineEntry[] {
  return [...timeline, entry].slice(-KEPT_AT_MOST);
}

/**
 * As it read before what is undone: without the newest entry, and up to the state that comes back. A package may have
 * moved that state meanwhile, on or back.
 * @param entry what is written where that state is a new one
 */
export function withoutUndone(
  timeline: readonly TimelineEntry[],
  entry: TimelineEntry,
): readonly TimelineEntry[] {
  const further = CONFIRMED_STATES.slice(CONFIRMED_STATES.indexOf(entry.state) + 1);
  let end = timeline.length - 1;
  while (end > 0 && further.includes(timeline[end - 1]!.state)) end -= 1;
  const kept = timeline.slice(0, end);
  return kept.at(-1)?.state === entry.state ? kept : withEntry(kept, entry);
}

export function shownTimeline(timeline: readonly TimelineEntry[]): readonly TimelineEntry[] {
  return timeline.slice(-TIMELINE_SHOWN_AT_MOST);
}
