/** A submission as its card shows it. Pure. */
import { COMMON_WORDS } from '../../copy/app-words';
import { windowLines, yearWords } from '../../copy/batch-words';
import { HOME_WORDS } from '../../copy/home-words';
import { joined } from '../../copy/pieces';
import { REJECT_REASON_WORDS } from '../../copy/reject-reason-words';
import { STATE_WORDS, Tone } from '../../copy/state-words';
import { Words } from '../../copy/words';
import { isOver, nextStep } from '../../services/next-step';
import { SubmissionView } from '../../shared/contract/submission-view';
import { Instant } from '../../shared/identity/ids';

export interface SubmissionCardView {
  readonly id: string;
  /** The whole card in one sentence, for screen readers. */
  readonly label: string;
  readonly school: string;
  readonly enrolment: string;
  readonly person: string;
  readonly state: string;
  readonly tone: Tone;
  readonly icon: string;
  readonly next: string;
  readonly reasons: readonly Words[];
  readonly remark: string;
  readonly time: string;
  readonly urgent: boolean;
  readonly button: string;
  readonly buttonLabel: string;
  readonly buttonKind: 'primary' | 'plain';
  readonly buttonIcon: string;
}

/** An empty card, before the first view arrives. */
export const NO_SUBMISSION_CARD: SubmissionCardView = {
  id: '',
  label: '',
  school: '',
  enrolment: '',
  person: '',
  state: '',
  tone: 'quiet',
  icon: '',
  next: '',
  reasons: [],
  remark: '',
  time: '',
  urgent: false,
  button: '',
  buttonLabel: '',
  buttonKind: 'plain',
  buttonIcon: '',
};

const ICONS: Record<Tone, string> = {
  todo: 'camera',
  waiting: 'clock',
  good: 'check',
  attention: 'alert',
  quiet: 'info',
};

/** Two days and less: said in the colour of warnings as well as in words. */
const URGENT_MS = 2 * 86_400_000;

/**
 * @param sending a photo of it waits on this phone
 */
export function submissionCardView(
  submission: SubmissionView,
  now: Instant,
  sending: boolean,
): SubmissionCardView {
  const { student, state, rejection, batch, closesAt } = submission;
  const words = STATE_WORDS[state];
  const lines = windowLines({ opensAt: batch.opensAt, closesAt }, now);
  const over = isOver(submission, now);
  const settled = words.tone === 'good' || words.tone === 'waiting';
  const tone: Tone = over ? 'quiet' : words.tone;
  const onlyCall = nextStep(submission, now, sending).kind === 'call';
  const button = buttonWords(words.button, { over, onlyCall, sending });
  const school = student.schoolName;
  const enrolment = joined(student.level, yearWords(student.year), student.studyForm);
  return {
    id: submission.id,
    label: `${school} ${enrolment}，${over ? lines.label : words.label}`,
    school,
    enrolment,
    person: `${student.maskedName} ${student.maskedStudentNumber}`,
    state: over ? lines.label : words.label,
    tone,
    icon: state === 'developed' && !over ? 'picture' : ICONS[tone],
    next: over ? HOME_WORDS.closedNext : sending ? `${HOME_WORDS.sending}。` : words.next,
    reasons:
      state === 'rejected' && rejection ? rejection.reasons.map((reason) => REJECT_REASON_WORDS[reason]) : [],
    remark: state === 'rejected' && rejection?.remark ? HOME_WORDS.remark(rejection.remark) : '',
    time: joined(lines.time, lines.date),
    urgent: !settled && lines.window === 'open' && Date.parse(closesAt) - Date.parse(now) < URGENT_MS,
    button,
    buttonLabel: `${school}：${button}`,
    buttonKind: settled || over ? 'plain' : 'primary',
    buttonIcon: onlyCall ? 'phone' : '',
  };
}

interface ButtonSituation {
  readonly over: boolean;
  readonly onlyCall: boolean;
  readonly sending: boolean;
}

/** The button says where it leads: after the deadline to what was made, or to the telephone. */
function buttonWords(ofState: string, { over, onlyCall, sending }: ButtonSituation): string {
  if (onlyCall) return COMMON_WORDS.call;
  if (sending && !over) return HOME_WORDS.sendingButton;
  return over ? HOME_WORDS.look : ofState;
}
