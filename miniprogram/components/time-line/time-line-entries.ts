/**
 * A submission's life as lines: what has happened with its time, and what a good photo still waits for, said as waiting:
 * a paler colour alone tells nobody that something has not happened.
 */
import { AHEAD_WORDS, STATE_WORDS } from '../../copy/state-words';
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

/** What a photo waits for after the student's yes, one after the other. */
const AHEAD: Partial<Record<SubmissionState, readonly (keyof typeof AHEAD_WORDS)[]>> = {
  confirmed: ['accepted', 'exported', 'delivered'],
  accepted: ['exported', 'delivered'],
  exported: ['delivered'],
};

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
  return [
    ...happened,
    ...(AHEAD[state] ?? []).map((next): TimeLineEntry => ({
      key: `ahead-${next}`,
      place: 'later',
      title: AHEAD_WORDS[next],
      time: '',
      icon: '',
    })),
  ];
}

const ICONS = { todo: 'person', waiting: 'clock', good: 'check', attention: 'alert', quiet: 'info' } as const;
