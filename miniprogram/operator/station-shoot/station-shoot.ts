/**
 * Shoots for the student who sits here, shows the result, takes the student's yes where the batch allows, and goes on.
 * A photo that waits on this phone from an earlier sitting is sent before another one is taken.
 */
import { REVIEW_WORDS } from '../../copy/review-words';
import { STATION_SHOOT_WORDS } from '../../copy/operator-station-words';
import { SHOOT_WORDS } from '../../copy/shoot-words';
import { tidyIdTail } from '../../pages/bind/to-view';
import { definePage } from '../../pages/define-page';
import { onCameraError, onSettings } from '../../pages/shoot/camera-handlers';
import { CAMERA_OFF, canShoot } from '../../pages/shoot/camera-view';
import { ask, keepScreenOn } from '../../platform/feedback';
import { sizeOf } from '../../platform/measure';
import { goBack } from '../../platform/navigation';
import { prepareCamera } from '../../services/camera-session';
import { closeFinder, sameFinder, startFinder } from '../../services/finder';
import { supportTelephone } from '../../services/overview-store';
import { leaveSeat, takenSeat, uploadsOf } from '../services/seat-store';
import { operatorService } from '../services/staff-services';
import { shootForSeat } from './shoot-for-seat';
import { LEAVE_QUESTION, NOBODY_SHOT, StationShootState, afterRefusal, toView, yesOf } from './to-view';

definePage({
  initial: (): StationShootState => ({
    ...NOBODY_SHOT,
    seat: takenSeat()?.seat ?? null,
    student: takenSeat()?.student ?? null,
    telephone: supportTelephone(),
  }),
  toView,
  words: { ...STATION_SHOOT_WORDS, shoot: SHOOT_WORDS, review: REVIEW_WORDS },
  handlers: {
    onLoad() {
      if (this.hasUnsent()) return this.send();
    },
    onShow() {
      if (this.state.phase === 'camera' && !this.state.cameraOn) return this.openCamera();
      this.onResend();
    },
    onHide() {
      keepScreenOn(false);
      this.removeCamera();
    },
    onUnload() {
      keepScreenOn(false);
      closeFinder();
      this.state.running?.stop();
    },
    async openCamera(): Promise<void> {
      // The photo on the screen is being confirmed: another one would come too late.
      if (this.state.busy) return;
      this.removeCamera();
      const same = sameFinder();
      this.update({ phase: 'camera', answer: null, idTail: '', asked: false });
      keepScreenOn(true);
      await this.attemptToRead(async () => {
        await prepareCamera();
        if (same()) this.update({ cameraOn: true });
      });
    },
    removeCamera() {
      closeFinder();
      this.update(CAMERA_OFF);
    },
    async onCameraReady() {
      const same = sameFinder();
      const view = await sizeOf(this, '.finder');
      // Hidden meanwhile: this camera is gone, and nobody listens to its frames.
      if (!same() || !this.state.cameraOn) return;
      this.update({ ready: true, view, failure: null });
      // By the rules of the batch that the student sits for.
      startFinder(this.state.seat?.submission.batch.photoSettings ?? null, view, false, (hint) => {
        this.update({ hint });
      });
    },
    onCameraError,
    onSettings,
    onSide() {
      this.update({ side: this.state.side === 'back' ? 'front' : 'back', hint: null });
    },
    async onShutter() {
      const { seat } = this.state;
      if (seat === null || !canShoot(this.state)) return;
      this.update({ taking: true });
      await this.attempt(
        async () => {
          await shootForSeat(seat);
          this.update({ phase: 'sending' });
        },
        { taking: false },
        () => (this.state.phase === 'sending' ? this.send() : undefined),
      );
    },
    hasUnsent(): boolean {
      const { seat } = this.state;
      return seat !== null && uploadsOf(seat).waiting(seat.submission.id) !== null;
    },
    async send() {
      const { seat, running: earlier } = this.state;
      if (seat === null) return;
      earlier?.stop();
      keepScreenOn(false);
      this.removeCamera();
      this.update({ phase: 'sending' });
      const running = uploadsOf(seat).send(seat.submission.id, (progress) => {
        this.update({ progress });
      });
      this.update({ running });
      const outcome = await running.outcome;
      // Begun anew meanwhile: the newer one goes on.
      if (this.state.running === running) this.update({ running: null });
      if (outcome.kind === 'judged') this.update({ phase: 'result', answer: outcome.answer, progress: null });
      if (outcome.kind === 'over') this.update({ ...afterRefusal(outcome.failure), progress: null });
      if (outcome.kind === 'gone') this.update({ phase: 'ticks', progress: null });
    },
    onResend() {
      this.state.running?.retryNow();
    },
    onTail({ detail }: WechatMiniprogram.Input) {
      this.edit({ idTail: tidyIdTail(detail.value) });
    },
    async onConfirm() {
      this.update({ asked: true });
      const yes = yesOf(this.state, takenSeat()?.payloadBase64);
      if (yes === null) return;
      this.update({ busy: true });
      await this.attempt(
        async (send) => {
          await send(operatorService.stationConfirm, yes);
          this.update({ confirmed: true });
        },
        { busy: false },
      );
    },
    /** Leaves once, however often it is tapped; a photo that was not sent goes with the student only after a yes. */
    async onNext() {
      const { leaving, taking, busy } = this.state;
      // A photo that is still being prepared would land on the shelf after the student has left, and a yes on its way
      // would be refused with nobody to hear it.
      if (leaving || taking || busy || (this.hasUnsent() && !(await ask(LEAVE_QUESTION)))) return;
      this.update({ leaving: true });
      this.state.running?.stop();
      await this.attempt(leaveSeat);
      this.go(goBack);
    },
  },
});
