/** The camera: outline, one live hint, timer, one photo. Always live, never from the album, never mirrored. */
import { FACE_GUIDANCE_ENABLED } from '../../config';
import { SHOOT_WORDS } from '../../copy/shoot-words';
import { keepScreenOn, vibrateLightly } from '../../platform/feedback';
import { sizeOf } from '../../platform/measure';
import { goHome, replaceWith, submissionIn } from '../../platform/navigation';
import { prepareCamera } from '../../services/camera-session';
import { capturePortrait } from '../../services/capture-portrait';
import { startCountdown } from '../../services/countdown';
import { closeFinder, sameFinder, startFinder } from '../../services/finder';
import { lastSubmission, telephoneOf } from '../../services/overview-store';
import { Query, definePage } from '../define-page';
import { onCameraError, onSettings } from './camera-handlers';
import { CAMERA_OFF, canShoot } from './camera-view';
import { NOTHING_YET, ShootState, nextTimer, toView } from './to-view';

definePage({
  initial: (): ShootState => ({ ...NOTHING_YET, telephone: telephoneOf(null) }),
  toView,
  words: SHOOT_WORDS,
  handlers: {
    onLoad(query: Query) {
      const submissionId = submissionIn(query);
      if (submissionId === null) goHome();
      const known = lastSubmission(submissionId);
      const settings = known?.batch.photoSettings ?? null;
      this.update({ submissionId, settings, telephone: telephoneOf(known) });
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
      this.removeCamera();
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
      closeFinder();
      this.state.running?.stop();
      this.update({ ...CAMERA_OFF, running: null, countdown: null });
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
      const { timer, running } = this.state;
      if (running !== null) {
        running.stop();
        return;
      }
      if (!canShoot(this.state)) return;
      if (timer > 0 && !(await this.countDown(timer))) return;
      await this.take();
    },
    async countDown(seconds: number): Promise<boolean> {
      const running = startCountdown(seconds, (left) => {
        vibrateLightly();
        this.update({ countdown: left });
      });
      this.update({ running });
      const finished = await running.finished;
      // Stopped and started again within the second: the newer one goes on.
      if (this.state.running === running) this.update({ running: null, countdown: null });
      return finished;
    },
    async take() {
      const { submissionId } = this.state;
      if (submissionId === null) return;
      this.update({ taking: true });
      await this.attempt(
        async () => {
          await capturePortrait(submissionId);
          this.go(replaceWith, { page: 'review', submissionId });
        },
        { taking: false },
      );
    },
  },
});
