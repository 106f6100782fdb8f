/** The camera: outline, one live hint, timer, one photo. Always live, never from the album, never mirrored. */
import { FACE_GUIDANCE_ENABLED } from '../../config';
import { SHOOT_WORDS } from '../../copy/shoot-words';
import { keepScreenOn, vibrateLightly } from '../../platform/feedback';
import { sizeOf } from '../../platform/measure';
import { goHome, replaceWith, submissionIn } from '../../platform/navigation';
import { openSettings } from '../../platform/permission';
import { cameraProblem, prepareCamera } from '../../services/camera-session';
import { capturePortrait } from '../../services/capture-portrait';
import { Countdown, startCountdown } from '../../services/countdown';
import { LiveGuidance, startLiveGuidance } from '../../services/live-guidance';
import { lastSubmission, telephoneOf } from '../../services/overview-store';
import { SubmissionId } from '../../shared/identity/ids';
import { photoStandardFor } from '../../shared/photo-standard/photo-standard';
import { Query, definePage } from '../define-page';
import { NOTHING_YET, ShootState, nextTimer, toView } from './to-view';

/** What runs while the page is open; one camera page at a time. */
let submissionId: SubmissionId | null = null;
let guidance: LiveGuidance | null = null;
let countdown: Countdown | null = null;

/** Looked up anew: it may have changed while something was waited for. */
const newest = (): Countdown | null => countdown;

function stopEverything(): void {
  guidance?.stop();
  countdown?.stop();
  guidance = null;
  countdown = null;
  keepScreenOn(false);
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
      stopEverything();
      // The system takes the camera away from a hidden page; it comes back as a new one.
      this.update({ cameraOn: false, ready: false, countdown: null, hint: null, taking: false });
    },
    onUnload: stopEverything,
    openCamera(): Promise<void> {
      return this.attempt(async () => {
        await prepareCamera();
        this.update({ cameraOn: true });
      });
    },
    async onCameraReady() {
      const view = await sizeOf(this, '.finder');
      this.update({ ready: true, view });
      guidance?.stop();
      const standard = photoStandardFor(this.state.settings ?? undefined);
      guidance = startLiveGuidance(standard, view, FACE_GUIDANCE_ENABLED, (hint) => {
        if (hint === 'ready') vibrateLightly();
        this.update({ hint });
      });
    },
    async onCameraError() {
      this.update({ cameraOn: false, ready: false });
      await this.attempt(async () => {
        throw await cameraProblem();
      });
    },
    /** The tap that WeChat wants before it opens its settings; the camera comes back without leaving the page. */
    async onSettings() {
      const state = await openSettings('scope.camera').catch(() => 'refused' as const);
      if (state !== 'refused') await this.openCamera();
    },
    onSide() {
      this.update({ side: this.state.side === 'back' ? 'front' : 'back', hint: null });
    },
    onTimer() {
      this.update({ timer: nextTimer(this.state.timer) });
    },
    async onShutter() {
      const { ready, taking, timer } = this.state;
      if (countdown !== null) {
        countdown.stop();
        return;
      }
      if (!ready || taking) return;
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
          replaceWith({ page: 'review', submissionId: id });
        },
        { taking: false },
      );
    },
  },
});
