/** What the camera page shows. Pure. */
import { HINT_WORDS } from '../../copy/hint-words';
import { SHOOT_WORDS } from '../../copy/shoot-words';
import { CameraSide } from '../../platform/camera';
import { ElementSize } from '../../platform/measure';
import { Countdown } from '../../services/countdown';
import { LiveHint } from '../../shared/framing/live-hint';
import { SubmissionId } from '../../shared/identity/ids';
import { PhotoSettings } from '../../shared/photo-standard/photo-standard';
import { CAMERA_OFF, CameraState, CameraView, cameraView } from './camera-view';

export const TIMER_SECONDS = [0, 3, 5, 10] as const;
export type TimerSeconds = (typeof TIMER_SECONDS)[number];

export interface ShootState extends CameraState {
  /** Null where the address names none: the page gives way. */
  readonly submissionId: SubmissionId | null;
  readonly side: CameraSide;
  readonly timer: TimerSeconds;
  /** The countdown that runs, to be stopped. */
  readonly running: Countdown | null;
  /** Seconds until the photo; null: no countdown runs. */
  readonly countdown: number | null;
  readonly hint: LiveHint | null;
  /** The camera's view; zero until it was measured. */
  readonly view: ElementSize;
  readonly settings: PhotoSettings | null;
}

export const NOTHING_YET: Omit<ShootState, 'telephone'> = {
  ...CAMERA_OFF,
  submissionId: null,
  side: 'back',
  timer: 0,
  running: null,
  countdown: null,
  view: { width: 0, height: 0 },
  settings: null,
  failure: null,
};

export interface ShootView extends CameraView {
  readonly cameraOn: boolean;
  readonly side: CameraSide;
  readonly sideText: string;
  readonly timerText: string;
  readonly timerOn: boolean;
  readonly countdown: string;
  readonly countdownLabel: string;
  readonly taking: boolean;
  readonly hint: string;
  readonly hintReady: boolean;
  readonly viewWidth: number;
  readonly viewHeight: number;
  readonly settings: PhotoSettings | null;
  readonly advice: string;
}

export function toView(state: ShootState): ShootView {
  const { cameraOn, side, timer, countdown, taking, hint } = state;
  const counting = countdown !== null;
  return {
    ...cameraView(state),
    cameraOn,
    side,
    sideText: side === 'back' ? SHOOT_WORDS.switchToFront : SHOOT_WORDS.switchToRear,
    timerText: timer === 0 ? SHOOT_WORDS.timerOff : SHOOT_WORDS.timer(timer),
    timerOn: timer > 0,
    countdown: counting ? SHOOT_WORDS.countdown(countdown) : '',
    countdownLabel: counting ? SHOOT_WORDS.countdownLabel(countdown) : '',
    taking,
    hint: hint === null || counting || taking ? '' : HINT_WORDS[hint],
    hintReady: hint === 'ready',
    viewWidth: state.view.width,
    viewHeight: state.view.height,
    settings: state.settings,
    advice: timer > 0 || side === 'front' ? SHOOT_WORDS.alone : SHOOT_WORDS.helper,
  };
}

export function nextTimer(timer: TimerSeconds): TimerSeconds {
  return TIMER_SECONDS[(TIMER_SECONDS.indexOf(timer) + 1) % TIMER_SECONDS.length] ?? 0;
}
