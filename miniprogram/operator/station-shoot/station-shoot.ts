/** Shoots for the student who sits here, shows the result, takes the student's yes where the batch allows, and goes on. */
import { REVIEW_WORDS } from '../../copy/review-words';
import { STATION_SHOOT_WORDS } from '../../copy/operator-station-words';
import { SHOOT_WORDS } from '../../copy/shoot-words';
import { tidyIdTail } from '../../pages/bind/to-view';
import { definePage } from '../../pages/define-page';
import { keepScreenOn } from '../../platform/feedback';
import { sizeOf } from '../../platform/measure';
import { goBack } from '../../platform/navigation';
import { openSettings } from '../../platform/permission';
import { cameraProblem, prepareCamera } from '../../services/camera-session';
import { supportTelephone } from '../../services/overview-store';
import { Sending } from '../../services/portrait-upload/portrait-uploads';
import { newRequestKey } from '../../services/request-key';
import { leaveSeat, takenSeat, uploadsOf } from '../services/seat-store';
import { operatorService } from '../services/staff-services';
import { CAMERA_OFF, shootFor, startFinder, stopFinder } from './finder';
import { NOBODY_SHOT, StationShootState, toView, yesOf } from './to-view';

let sending: Sending | null = null;

definePage({
  initial: (): StationShootState => ({
    ...NOBODY_SHOT,
    ...CAMERA_OFF,
    seat: takenSeat()?.seat ?? null,
    student: takenSeat()?.student ?? null,
    telephone: supportTelephone(),
  }),
  toView,
  words: { ...STATION_SHOOT_WORDS, shoot: SHOOT_WORDS, review: REVIEW_WORDS },
  handlers: {
    onShow() {
      if (this.state.phase === 'camera' && !this.state.cameraOn) return this.openCamera();
      sending?.retryNow();
    },
    onHide() {
      stopFinder();
      this.update(CAMERA_OFF);
    },
    onUnload() {
      stopFinder();
      sending?.stop();
      sending = null;
    },
    openCamera(): Promise<void> {
      this.update({ phase: 'camera', answer: null, idTail: '', asked: false });
      keepScreenOn(true);
      return this.attempt(async () => {
        await prepareCamera();
        this.update({ cameraOn: true });
      });
    },
    async onCameraReady() {
      const view = await sizeOf(this, '.finder');
      this.update({ ready: true, view });
      startFinder(this.state.seat, view, (hint) => {
        this.update({ hint });
      });
    },
    async onCameraError() {
      this.update(CAMERA_OFF);
      await this.attempt(async () => {
        throw await cameraProblem();
      });
    },
    async onSettings() {
      const state = await openSettings('scope.camera').catch(() => 'refused' as const);
      if (state !== 'refused') await this.openCamera();
    },
    onSide() {
      this.update({ side: this.state.side === 'back' ? 'front' : 'back', hint: null });
    },
    async onShutter() {
      const { ready, taking, seat } = this.state;
      if (!ready || taking || seat === null) return;
      this.update({ taking: true });
      await this.attempt(
        async () => {
          await shootFor(seat);
          this.update({ phase: 'sending', ...CAMERA_OFF });
        },
        { taking: false },
      );
      if (this.state.phase === 'sending') await this.send();
    },
    async send() {
      const { seat } = this.state;
      if (seat === null) return;
      sending = uploadsOf(seat).send(seat.submission.id, (progress) => {
        this.update({ progress });
      });
      const outcome = await sending.outcome;
      sending = null;
      if (outcome.kind === 'judged') this.update({ phase: 'result', answer: outcome.answer, progress: null });
      if (outcome.kind === 'over') this.update({ phase: 'ticks', failure: outcome.failure, progress: null });
    },
    onResend() {
      sending?.retryNow();
    },
    onTail({ detail }: WechatMiniprogram.Input) {
      this.update({ idTail: tidyIdTail(detail.value) });
    },
    async onConfirm() {
      this.update({ asked: true });
      const yes = yesOf(this.state, takenSeat()?.payloadBase64);
      if (yes === null) return;
      this.update({ busy: true });
      await this.attempt(
        async () => {
          await operatorService.stationConfirm(yes, newRequestKey());
          this.update({ confirmed: true });
        },
        { busy: false },
      );
    },
    async onNext() {
      await this.attempt(leaveSeat);
      goBack();
    },
  },
});
