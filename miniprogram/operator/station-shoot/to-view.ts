/** Station mode's second half: the ticks, the camera, the result, the student's yes. Pure. */
import { ComparePicture } from '../../components/compare-view/compare-picture';
import { failureWords } from '../../copy/failure-words';
import { HINT_WORDS } from '../../copy/hint-words';
import { STATION_SHOOT_WORDS } from '../../copy/operator-station-words';
import { REVIEW_WORDS } from '../../copy/review-words';
import { tickWords } from '../../copy/tick-words';
import { CheckLine, LineTone, VERDICT_WORDS, checkLines } from '../../copy/verdict-words';
import { Words } from '../../copy/words';
import { CAMERA_OFF, CameraState, CameraView, cameraView } from '../../pages/shoot/camera-view';
import { ElementSize } from '../../platform/measure';
import { Sending, UploadProgress } from '../../services/portrait-upload/portrait-uploads';
import { Seat, StationModeContract } from '../../shared/contract/operator/station-mode';
import { SubmitPhotoAnswer } from '../../shared/contract/photo';
import { StudentView } from '../../shared/contract/submission-view';
import { ID_TAIL_LENGTH } from '../../shared/identity/id-tail';
import { LiveHint } from '../../shared/framing/live-hint';
import { DEFAULT_PHOTO_SETTINGS, PhotoSettings } from '../../shared/photo-standard/photo-standard';
import { allows } from '../../shared/submission/submission-machine';
import { ErrorCode } from '../../shared/errors';
import { Failure } from '../../shared/failure';
import { PERSON_TICKS } from '../../shared/verdict/check-ids';
import { Verdict } from '../../shared/verdict/verdict';
import { reviewPictures } from '../review/to-view';

export interface StationShootState extends CameraState {
  readonly seat: Seat | null;
  readonly student: StudentView | null;
  /** `over`: nothing more is photographed for the student who sits here. */
  readonly phase: 'ticks' | 'camera' | 'sending' | 'result' | 'over';
  readonly side: 'back' | 'front';
  readonly hint: LiveHint | null;
  readonly view: ElementSize;
  /** What sends the photo, to be hurried or stopped. */
  readonly running: Sending | null;
  readonly progress: UploadProgress | null;
  readonly answer: SubmitPhotoAnswer | null;
  readonly idTail: string;
  readonly asked: boolean;
  readonly confirmed: boolean;
  readonly busy: boolean;
  /** The next student was asked for. */
  readonly leaving: boolean;
}

export interface StationShootView extends CameraView {
  /** Nothing more is photographed here, and why. */
  readonly ended: Words | null;
  readonly phase: StationShootState['phase'];
  readonly who: string;
  readonly ticks: readonly { readonly statement: string; readonly remark: string }[];
  readonly cameraOn: boolean;
  readonly side: 'back' | 'front';
  readonly hint: string;
  readonly hintReady: boolean;
  readonly viewWidth: number;
  readonly viewHeight: number;
  readonly settings: PhotoSettings | null;
  readonly sendingTitle: string;
  readonly sendingText: string;
  readonly percent: number;
  readonly waiting: boolean;
  readonly headline: Words | null;
  readonly tone: LineTone;
  readonly pictures: readonly ComparePicture[];
  readonly lines: readonly CheckLine[];
  readonly satisfied: boolean;
  readonly mayConfirmHere: boolean;
  readonly idTail: string;
  readonly tailMissing: boolean;
  readonly canRetake: boolean;
  readonly confirmed: boolean;
  readonly busy: boolean;
  readonly leaving: boolean;
}

/** Another photo would be refused as this one was. */
const OVER_CODES: readonly ErrorCode[] = ['SUBMISSION_STATE', 'ALREADY_CONFIRMED'];

const TONES: Record<Verdict['outcome'], LineTone> = { passed: 'good', warned: 'warn', blocked: 'bad' };

/** Before the first photo of the student who sits here. */
export const NOBODY_SHOT = {
  ...CAMERA_OFF,
  phase: 'ticks',
  side: 'back',
  view: { width: 0, height: 0 },
  running: null,
  progress: null,
  answer: null,
  idTail: '',
  asked: false,
  confirmed: false,
  busy: false,
  leaving: false,
  failure: null,
} as const;

/** Asked before a photo is thrown away that has not been sent. */
export const LEAVE_QUESTION = {
  title: STATION_SHOOT_WORDS.unsentTitle,
  text: STATION_SHOOT_WORDS.unsentText,
  yes: STATION_SHOOT_WORDS.unsentYes,
  no: STATION_SHOOT_WORDS.unsentNo,
} as const;

export function toView(state: StationShootState): StationShootView {
  const { seat, student, phase, cameraOn, taking, hint, answer } = state;
  const submission = answer?.submission ?? seat?.submission ?? null;
  const settings = submission?.batch.photoSettings ?? null;
  const { background } = settings ?? DEFAULT_PHOTO_SETTINGS;
  const verdict = answer?.photo.verdict ?? null;
  const developed = answer !== null && answer.standardLink !== null;
  const retakable = submission !== null && allows(submission.state, 'photo-developed');
  const noneLeft = retakable && submission.attemptsLeft === 0;
  const result = phase === 'result';
  const sending = sendingWords(state.progress);
  return {
    ...cameraView(state),
    ended: endedWords(state, noneLeft),
    phase,
    who: student === null ? '' : `${student.maskedName} ${student.maskedStudentNumber}`,
    ticks: PERSON_TICKS.map((tick) => tickWords(tick, background)),
    cameraOn,
    side: state.side,
    hint: hint === null || taking ? '' : HINT_WORDS[hint],
    hintReady: hint === 'ready',
    viewWidth: state.view.width,
    viewHeight: state.view.height,
    settings,
    sendingTitle: sending.title,
    sendingText: sending.next,
    percent: state.progress?.phase === 'uploading' ? state.progress.percent : -1,
    waiting: state.progress?.phase === 'waiting',
    headline: verdict && result ? headline(verdict, noneLeft, developed) : null,
    tone: verdict ? TONES[verdict.outcome] : 'unknown',
    pictures: answer && result ? reviewPictures(answer.originalLink, answer.standardLink) : [],
    lines: verdict && result ? checkLines(verdict) : [],
    satisfied: result && developed && !state.confirmed,
    mayConfirmHere: seat?.mayConfirmHere ?? false,
    idTail: state.idTail,
    tailMissing: state.asked && state.idTail.length < ID_TAIL_LENGTH,
    canRetake: result && !state.confirmed && retakable && !noneLeft,
    confirmed: state.confirmed,
    busy: state.busy,
    leaving: state.leaving,
  };
}

/** What the verdict says, without offering a photo that would be refused. */
function headline({ outcome }: Verdict, noneLeft: boolean, developed: boolean): Words {
  const words = VERDICT_WORDS[outcome];
  if (!noneLeft) return words;
  const none = `${STATION_SHOOT_WORDS.noneLeft}。${STATION_SHOOT_WORDS.noneLeftNext}`;
  return { ...words, next: developed ? `${STATION_SHOOT_WORDS.lastPicture}${none}` : none };
}

function endedWords({ seat, phase }: StationShootState, noneLeft: boolean): Words | null {
  const { gone: title, goneNext: next, unused, unusedNext } = STATION_SHOOT_WORDS;
  if (seat === null) return { title, next };
  if (phase === 'ticks' && noneLeft) {
    return { title: STATION_SHOOT_WORDS.noneLeft, next: STATION_SHOOT_WORDS.noneLeftNext };
  }
  return phase === 'over' ? { title: unused, next: unusedNext } : null;
}

/** A photo that was refused for good: by what it shows, or because another one was confirmed before it arrived. */
export function afterRefusal(failure: Failure): Pick<StationShootState, 'phase' | 'failure'> {
  const isOver = failure.kind === 'refused' && OVER_CODES.includes(failure.code);
  return isOver ? { phase: 'over', failure: null } : { phase: 'ticks', failure };
}

function sendingWords(progress: UploadProgress | null): Words {
  if (progress?.phase === 'waiting') return failureWords(progress.failure, 'person');
  return progress?.phase === 'judging'
    ? { title: REVIEW_WORDS.judgingTitle, next: REVIEW_WORDS.judgingText }
    : { title: REVIEW_WORDS.sendingTitle, next: '' };
}

/** The student's yes on this phone, as it is sent; null while something is missing. */
export function yesOf(
  { seat, answer, idTail }: Pick<StationShootState, 'seat' | 'answer' | 'idTail'>,
  payloadBase64: string | undefined,
): StationModeContract['stationConfirm']['request'] | null {
  if (seat === null || answer === null || payloadBase64 === undefined) return null;
  if (idTail.length < ID_TAIL_LENGTH) return null;
  return { seatId: seat.id, photoId: answer.photo.id, payloadBase64, idTail };
}
