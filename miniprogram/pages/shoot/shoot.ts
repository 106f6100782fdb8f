/** The camera: outline, one live hint, timer, one photo. Always live, never from the album, never mirrored. */
import { FACE_GUIDANCE_ENABLED } from '../../config';
import { SHOOT_WORDS } from '../../copy/shoot-words';
import { keepScreenOn, vibrateLightly } from '../../platform/feedback';
import { sizeOf } from '../../platform/measure';
import { goHome, replaceWith, submissionIn } from '../../platform/navigation';
import { prepareCamera } from '../../services/camera-session';
import { capturePortrait } from '../../services/capture-portrait';
import { Countdown, startCountdown } from '../../services/countdown';
import { closeFinder, sameFinder, startFinder } from '../../services/finder';
import { lastSubmission, telephoneOf } from '../../services/overview-store';
import { SubmissionId } from '../../shared/identity/ids';
import { Query, definePage } from '../define-page';
import { onCameraError, onSettings } from './camera-handlers';
import { CAMERA_OFF, canShoot } from './camera-view';
import { NOTHING_YET, ShootState, nextTimer, toView } from './to-view';

/** What runs while the page is open; one camera page at a time. */
let submissionId: SubmissionId | null = null;
let countdown: Countdown | null = null;

/** Looked up anew: it may have changed while something was waited for. */
const newest = (): Countdown | null => countdown;

function stopCamera(): void {
  closeFinder();
  countdown?.stop();
  countdown = null;
}

definePage({
  initial: (): ShootState => ({ ...NOTHING_YET, telephone: telephoneOf(null) }),
  toView,
  words: SHOOT_WORDS,
  handlers: {
    onLoad(query: Query) {
      submissionId = submissionIn(query);
      if (submissionId === null) goHome();
      const known = lastSubmission(submissionId);
      this.update({ settings: known?.batch.photoSettings ?? null, telephone: telephoneOf(known) });
    },
    onShow() {
      keepScreenOn(true);
      if (!this.state.cameraOn) return this.openCamera();
    },
    onHide() {
      keepScreenOn(false);
      // The system takes the camera away from a hidden page; it comes back as a new one.
      this.removeCamera();
    },
    onUnload() {
      keepScreenOn(false);
      stopCamera();
    },
    openCamera(): Promise<void> {
      this.removeCamera();
      const same = sameFinder();
      return this.attemptToRead(async () => {
        await prepareCamera();
        if (same()) this.update({ cameraOn: true });
      });
    },
    removeCamera() {
      stopCamera();
      this.update({ ...CAMERA_OFF, countdown: null });
    },
    async onCameraReady() {
      const same = sameFinder();
      const view = await sizeOf(this, '.finder');
      // Hidden meanwhile: this camera is gone, and nobody listens to its frames.
      if (!same() || !this.state.cameraOn) return;
      this.update({ ready: true, view, failure: null });
      startFinder(this.state.settings, view, FACE_GUIDANCE_ENABLED, (hint) => {
        this.update({ hint });
      });
    },
    onCameraError,
    onSettings,
    onSide() {
      this.update({ side: this.state.side === 'back' ? 'front' : 'back', hint: null });
    },
    onTimer() {
      this.update({ timer: nextTimer(this.state.timer) });
    },
    async onShutter() {
      const { timer } = this.state;
      if (countdown !== null) {
        countdown.stop();
        return;
      }
      if (!canShoot(this.state)) return;
      if (timer > 0 && !(await this.countDown(timer))) return;
      await this.take();
    },
    async countDown(seconds: number): Promise<boolean> {
      const mine = startCountdown(seconds, (left) => {
        vibrateLightly();
        this.update({ countdown: left });
      });
      countdown = mine;
      const finished = await mine.finished;
      // Stopped and started again within the second: the newer one goes on.
      if (newest() === null || newest() === mine) {
        countdown = null;
        this.update({ countdown: null });
      }
      return finished;
    },
    async take() {
      const id = submissionId;
      if (id === null) return;
      this.update({ taking: true });
      await this.attempt(
        async () => {
          await capturePortrait(id);
          this.go(replaceWith, { page: 'review', submissionId: id });
        },
        { taking: false },
      );
    },
  },
});
