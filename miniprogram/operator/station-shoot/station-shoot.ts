/** Shoots for the student who sits here, shows the result, takes the student's yes where the batch allows, and goes on. */
import { REVIEW_WORDS } from '../../copy/review-words';
import { STATION_SHOOT_WORDS } from '../../copy/operator-station-words';
import { SHOOT_WORDS } from '../../copy/shoot-words';
import { tidyIdTail } from '../../pages/bind/to-view';
import { definePage } from '../../pages/define-page';
import { takePhoto } from '../../platform/camera';
import { keepScreenOn, vibrateLightly, vibrateStrongly } from '../../platform/feedback';
import { sizeOf } from '../../platform/measure';
import { goBack } from '../../platform/navigation';
import { openSettings } from '../../platform/permission';
import { cameraProblem, prepareCamera } from '../../services/camera-session';
import { LiveGuidance, startLiveGuidance } from '../../services/live-guidance';
import { supportTelephone } from '../../services/overview-store';
import { Sending } from '../../services/portrait-upload/portrait-uploads';
import { preparePortrait } from '../../services/prepare-portrait';
import { newRequestKey } from '../../services/request-key';
import { serverNow } from '../../services/server-clock';
import { ID_TAIL_LENGTH } from '../../shared/identity/id-tail';
import { photoStandardFor } from '../../shared/photo-standard/photo-standard';
import { PERSON_TICKS } from '../../shared/verdict/check-ids';
import { leaveSeat, takenSeat, uploadsOf } from '../services/seat-store';
import { operatorService } from '../services/staff-services';
import { StationShootState, toView } from './to-view';

let guidance: LiveGuidance | null = null;
let sending: Sending | null = null;

const CAMERA_OFF = { cameraOn: false, ready: false, hint: null, taking: false } as const;

function stopCamera(): void {
  guidance?.stop();
  guidance = null;
  keepScreenOn(false);
}

definePage({
  initial: (): StationShootState => ({
    seat: takenSeat()?.seat ?? null,
    student: takenSeat()?.student ?? null,
    phase: 'ticks',
    ...CAMERA_OFF,
    side: 'back',
    view: { width: 0, height: 0 },
    progress: null,
    answer: null,
    idTail: '',
    asked: false,
    confirmed: false,
    busy: false,
    telephone: supportTelephone(),
    failure: null,
  }),
  toView,
  words: { ...STATION_SHOOT_WORDS, shoot: SHOOT_WORDS, review: REVIEW_WORDS },
  handlers: {
    onShow() {
      if (this.state.phase === 'camera' && !this.state.cameraOn) return this.openCamera();
      sending?.retryNow();
    },
    onHide() {
      stopCamera();
      this.update(CAMERA_OFF);
    },
    onUnload() {
      stopCamera();
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
      guidance?.stop();
      const standard = photoStandardFor(this.state.seat?.submission.batch.photoSettings);
      guidance = startLiveGuidance(standard, view, false, (hint) => {
        if (hint === 'ready') vibrateLightly();
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
          const takenAt = serverNow();
          const picture = await preparePortrait(await takePhoto(), `station-${newRequestKey()}`);
          vibrateStrongly();
          const job = { submissionId: seat.submission.id, ...picture, ticks: PERSON_TICKS, takenAt };
          await uploadsOf(seat).add(job);
          stopCamera();
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
      const { seat, answer, idTail } = this.state;
      const payloadBase64 = takenSeat()?.payloadBase64;
      if (seat === null || answer === null || payloadBase64 === undefined || idTail.length < ID_TAIL_LENGTH)
        return;
      this.update({ busy: true });
      await this.attempt(
        async () => {
          const request = { seatId: seat.id, photoId: answer.photo.id, payloadBase64, idTail };
          await operatorService.stationConfirm(request, newRequestKey());
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
