/** A submission's life as lines: what has happened with its time, and the states that a good photo still goes through. */
import { STATE_WORDS } from '../../copy/state-words';
import { momentWords } from '../../copy/time-words';
import { SubmissionView } from '../../shared/contract/submission-view';
import { SubmissionState } from '../../shared/submission/submission-machine';

export interface TimeLineEntry {
  readonly key: string;
  readonly place: 'past' | 'now' | 'later';
  readonly title: string;
  readonly time: string;
  readonly icon: string;
}

/** The way of a photo after the student's yes. */
const AHEAD: readonly SubmissionState[] = ['confirmed', 'accepted', 'exported', 'delivered'];

// A person who retakes ten times wants the present, not ten lines of the past.
const PAST_LINES = 6;

export function timeLineEntries({
  state,
  timeline,
}: Pick<SubmissionView, 'state' | 'timeline'>): TimeLineEntry[] {
  const happened = timeline.slice(-PAST_LINES).map((entry, index, shown): TimeLineEntry => {
    const last = index === shown.length - 1;
    return {
      key: `${entry.at}-${entry.state}-${index}`,
      place: last ? 'now' : 'past',
      title: STATE_WORDS[entry.state].happened,
      time: momentWords(entry.at),
      icon: last ? ICONS[STATE_WORDS[entry.state].tone] : 'check',
    };
  });
  const reached = AHEAD.indexOf(state);
  const ahead = reached < 0 ? [] : AHEAD.slice(reached + 1);
  return [
    ...happened,
    ...ahead.map((next): TimeLineEntry => ({
      key: `ahead-${next}`,
      place: 'later',
      title: STATE_WORDS[next].happened,
      time: '',
      icon: '',
    })),
  ];
}

const ICONS = { todo: 'person', waiting: 'clock', good: 'check', attention: 'alert', quiet: 'info' } as const;
