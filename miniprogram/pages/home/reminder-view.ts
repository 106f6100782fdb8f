/** The reminder as the first page shows it: an offer, or that it is agreed. Nothing where it would bring nothing. */
import { NOT_REMINDED_WORDS, REMINDER_WORDS } from '../../copy/reminder-words';
import { SubscriptionAnswer } from '../../platform/subscription';
import { isOver } from '../../services/next-step';
import { Overview } from '../../shared/contract/student';
import { Instant } from '../../shared/identity/ids';
import { UNFINISHED_STATES } from '../../shared/submission/submission-machine';

export interface ReminderView {
  readonly allowed: boolean;
  readonly button: string;
  readonly text: string;
}

/** @param answer what WeChat's window was last answered */
export function reminderView(
  overview: Overview | null,
  answer: SubscriptionAnswer | null,
  now: Instant,
): ReminderView | null {
  const offer = overview?.reminder;
  const submission = overview?.submissions.find(({ id }) => id === offer?.submissionId);
  // What is kept on the phone may be older than what was done on it.
  if (!offer || !submission || !UNFINISHED_STATES.includes(submission.state) || isOver(submission, now)) {
    return null;
  }
  const refused = answer === null || answer === 'accepted' ? null : NOT_REMINDED_WORDS[answer];
  return {
    allowed: offer.allowed,
    button: REMINDER_WORDS.ask,
    text: offer.allowed ? REMINDER_WORDS.allowed : (refused ?? REMINDER_WORDS.promise),
  };
}
