/** A submission as its card shows it. Pure. */
import { COMMON_WORDS } from '../../copy/app-words';
import { windowLines, yearWords } from '../../copy/batch-words';
import { HOME_WORDS } from '../../copy/home-words';
import { joined } from '../../copy/pieces';
import { rejectionLines } from '../../copy/rejection-words';
import { STATE_WORDS, Tone } from '../../copy/state-words';
import { Words } from '../../copy/words';
import { isExhausted, isOver, nextStep } from '../../services/next-step';
import { SubmissionView } from '../../shared/contract/submission-view';
import { Instant } from '../../shared/identity/ids';
import { SubmissionState } from '../../shared/submission/submission-machine';

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
  /** Above the reasons: whose they are. */
  readonly asked: string;
  readonly reasons: readonly Words[];
  readonly remark: string;
  /** Empty where nothing is left to do before the deadline. */
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
  asked: '',
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
  const { student, state, batch, closesAt } = submission;
  const words = STATE_WORDS[state];
  const lines = windowLines({ opensAt: batch.opensAt, closesAt }, now);
  const over = isOver(submission, now);
  const exhausted = !over && isExhausted(submission);
  const settled = words.tone === 'good' || words.tone === 'waiting';
  const label = over ? lines.label : exhausted ? HOME_WORDS.exhausted : words.label;
  const tone: Tone = over ? 'quiet' : exhausted ? 'attention' : words.tone;
  const onlyCall = nextStep(submission, now, sending).kind === 'call';
  const button = buttonWords(state, { over, exhausted, onlyCall, sending });
  const school = student.schoolName;
  const enrolment = joined(student.level, yearWords(student.year), student.studyForm);
  return {
    id: submission.id,
    label: `${school} ${enrolment}，${label}`,
    school,
    enrolment,
    person: `${student.maskedName} ${student.maskedStudentNumber}`,
    state: label,
    tone,
    icon: state === 'developed' && !over ? 'picture' : ICONS[tone],
    next: nextWords(submission, { over, exhausted, sending }),
    asked: HOME_WORDS.asked,
    ...rejectionLines(submission.rejection),
    time: settled ? '' : joined(lines.time, lines.date),
    urgent: !settled && lines.window === 'open' && Date.parse(closesAt) - Date.parse(now) < URGENT_MS,
    button,
    buttonLabel: `${school}：${button}`,
    buttonKind: settled || over ? 'plain' : 'primary',
    buttonIcon: onlyCall ? 'phone' : '',
  };
}

interface Situation {
  readonly over: boolean;
  readonly exhausted: boolean;
  readonly sending: boolean;
}

function nextWords({ state, attemptsLeft }: SubmissionView, { over, exhausted, sending }: Situation): string {
  if (over) return HOME_WORDS.closedNext;
  if (sending) return `${HOME_WORDS.sending}。`;
  if (exhausted) return HOME_WORDS.exhaustedNext;
  return state === 'developed' && attemptsLeft === 0 ? HOME_WORDS.lastPictureNext : STATE_WORDS[state].next;
}

interface ButtonSituation extends Situation {
  readonly onlyCall: boolean;
}

/** The button says where it leads: where nothing can be done any more, to what was made, or to the telephone. */
function buttonWords(
  state: SubmissionState,
  { over, exhausted, onlyCall, sending }: ButtonSituation,
): string {
  if (onlyCall) return COMMON_WORDS.call;
  if (sending && !over) return HOME_WORDS.sendingButton;
  if (over) return state === 'rejected' ? HOME_WORDS.lookAtReasons : HOME_WORDS.look;
  return exhausted ? HOME_WORDS.exhaustedButton : STATE_WORDS[state].button;
}
