/** Station mode: scan, confirm who, consent, then the camera page. Nothing is bound before the yes. */
import { CONSENT_WORDS } from '../../copy/consent-words';
import { STATION_WORDS } from '../../copy/operator-station-words';
import { tidyIdTail } from '../../pages/bind/to-view';
import { definePage } from '../../pages/define-page';
import { bringIntoSight, showTop } from '../../platform/measure';
import { scanCode } from '../../platform/scan-code';
import { supportTelephone } from '../../services/overview-store';
import { warmPhotoFunction } from '../../services/photo-service';
import { TypingPause } from '../../services/typing-pause';
import { CONSENT_VERSION } from '../../shared/contract/student';
import { ID_TAIL_LENGTH } from '../../shared/identity/id-tail';
import { openStaff } from '../navigation';
import { takeSeat } from '../services/seat-store';
import { operatorService } from '../services/staff-services';
import { StationState, consentMissing, isSettled, toView } from './to-view';

type Ticked = WechatMiniprogram.CustomEvent<{ checked: boolean }>;

const NEXT_STUDENT = {
  payloadBase64: null,
  idTail: '',
  asked: false,
  step: null,
  resolution: null,
  general: false,
  facePhoto: false,
  consentAsked: false,
} as const;

definePage({
  initial: (): StationState => ({
    ...NEXT_STUDENT,
    typing: new TypingPause(),
    seats: [],
    telephone: supportTelephone(),
    failure: null,
  }),
  toView,
  words: { ...STATION_WORDS, consent: CONSENT_WORDS },
  handlers: {
    onLoad: warmPhotoFunction,
    onUnload() {
      this.state.typing.end();
    },
    onShow() {
      return this.load();
    },
    load(): Promise<void> {
      return this.attemptToRead(async () => {
        const { seats } = await operatorService.stationSeats({});
        this.update({ seats });
      });
    },
    async onScan() {
      if (!this.edit({ ...NEXT_STUDENT, step: 'scanning' })) return;
      await this.attemptToRead(
        async () => {
          this.edit({ payloadBase64: await scanCode() });
        },
        { step: null },
      );
    },
    async onTail({ detail }: WechatMiniprogram.Input) {
      const before = this.state.idTail;
      const idTail = tidyIdTail(detail.value);
      const changed = idTail !== before;
      this.update({ asked: false });
      if (!changed) return;
      this.edit({ idTail });
      // As on the student's own phone: whoever types the whole number spends no try on the way.
      if (before.length === ID_TAIL_LENGTH) this.state.typing.end();
      else if (await this.state.typing.isOver()) await this.resolveWhenComplete();
    },
    async resolveWhenComplete() {
      const { payloadBase64, idTail } = this.state;
      if (payloadBase64 !== null && idTail.length === ID_TAIL_LENGTH) await this.onResolve();
    },
    async onResolve() {
      this.state.typing.end();
      this.update({ asked: true });
      const { payloadBase64, idTail, step } = this.state;
      if (payloadBase64 === null || idTail.length < ID_TAIL_LENGTH || step !== null) return;
      this.update({ step: 'resolving' });
      await this.attemptToAsk(
        async (send) => ({
          resolution: await send(operatorService.stationResolve, { payloadBase64, idTail }),
        }),
        { step: null },
        () => {
          if (this.state.resolution !== null) showTop();
        },
      );
    },
    onGeneral({ detail }: Ticked) {
      this.edit({ general: detail.checked });
    },
    onFacePhoto({ detail }: Ticked) {
      this.edit({ facePhoto: detail.checked });
    },
    async onYes() {
      const { resolution, payloadBase64, step } = this.state;
      if (resolution === null || payloadBase64 === null || step !== null || isSettled(resolution)) return;
      this.update({ consentAsked: true });
      if (consentMissing(this.state)) {
        bringIntoSight('.agreements');
        return;
      }
      this.update({ step: 'seating' });
      await this.attempt(
        async (send) => {
          const consentVersion = resolution.consentNeeded ? CONSENT_VERSION : null;
          const request = { resolutionId: resolution.id, consentVersion };
          const seat = await send(operatorService.stationSeat, request);
          takeSeat({ seat, student: resolution.student, payloadBase64 });
          this.update(NEXT_STUDENT);
          this.go(openStaff, { page: 'station-shoot', seatId: seat.id });
        },
        { step: null },
      );
    },
    onNo() {
      if (this.edit(NEXT_STUDENT)) showTop();
    },
  },
});
