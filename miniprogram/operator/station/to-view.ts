/** Station mode up to the camera: the code, the tail, "is it this student?", the student's own consent. Pure. */
import { Fact } from '../../components/fact-list/fact';
import { FailureView, failureView } from '../../components/failure-panel/failure-view';
import { BIND_WORDS } from '../../copy/bind-words';
import { CONSENT_SECTIONS, ConsentSection } from '../../copy/consent-words';
import { STAFF_STATE_WORDS } from '../../copy/operator-state-words';
import { STATION_WORDS } from '../../copy/operator-station-words';
import { STATE_WORDS, Tone } from '../../copy/state-words';
import { momentWords } from '../../copy/time-words';
import { PageState } from '../../pages/define-page';
import { TypingPause } from '../../services/typing-pause';
import { SeatLine, StationResolution } from '../../shared/contract/operator/station-mode';
import { ID_TAIL_LENGTH } from '../../shared/identity/id-tail';
import { allows } from '../../shared/submission/submission-machine';

export interface StationState extends PageState {
  readonly payloadBase64: string | null;
  readonly idTail: string;
  readonly asked: boolean;
  readonly typing: TypingPause;
  readonly step: 'scanning' | 'resolving' | 'seating' | null;
  readonly resolution: StationResolution | null;
  readonly general: boolean;
  readonly facePhoto: boolean;
  readonly consentAsked: boolean;
  readonly seats: readonly SeatLine[];
  readonly telephone: string;
}

export interface StationPageView {
  readonly asking: boolean;
  readonly scanned: boolean;
  readonly idTail: string;
  readonly missing: string;
  readonly busy: boolean;
  readonly busyText: string;
  readonly facts: readonly Fact[];
  readonly standing: string;
  readonly settled: boolean;
  readonly needsConsent: boolean;
  readonly sections: readonly ConsentSection[];
  readonly general: boolean;
  readonly facePhoto: boolean;
  readonly consentMissing: string;
  readonly seats: readonly {
    readonly id: string;
    readonly name: string;
    readonly state: string;
    readonly tone: Tone;
    readonly at: string;
  }[];
  readonly failure: FailureView | null;
}

const STEP_WORDS = {
  scanning: STATION_WORDS.scanning,
  resolving: STATION_WORDS.resolving,
  seating: STATION_WORDS.seating,
} as const;

export function toView(state: StationState): StationPageView {
  const { payloadBase64, idTail, asked, step, resolution, seats } = state;
  return {
    asking: resolution !== null,
    scanned: payloadBase64 !== null,
    idTail,
    missing: asked ? missingWords(state) : '',
    busy: step !== null,
    busyText: step === null ? '' : STEP_WORDS[step],
    facts: resolution === null ? [] : factsOf(resolution),
    standing: resolution?.state ? STATION_WORDS.already(STAFF_STATE_WORDS[resolution.state]) : '',
    settled: isSettled(resolution),
    needsConsent: resolution?.consentNeeded === true && !isSettled(resolution),
    sections: CONSENT_SECTIONS,
    general: state.general,
    facePhoto: state.facePhoto,
    consentMissing: state.consentAsked && consentMissing(state) ? STATION_WORDS.consentMissing : '',
    seats: seats.map(({ seatId, maskedName, maskedStudentNumber, state: at, seatedAt, open }) => ({
      id: seatId,
      name: `${maskedName} ${maskedStudentNumber}`,
      state: open ? `${STAFF_STATE_WORDS[at]} · ${STATION_WORDS.continues}` : STAFF_STATE_WORDS[at],
      tone: STATE_WORDS[at].tone,
      at: momentWords(seatedAt),
    })),
    failure: failureView(state.failure, state.telephone),
  };
}

/** A photo that has the student's yes is not taken again. */
export function isSettled(resolution: StationResolution | null): boolean {
  const state = resolution?.state ?? null;
  return state !== null && state !== 'withdrawn' && !allows(state, 'photo-developed');
}

export function consentMissing({ resolution, general, facePhoto }: StationState): boolean {
  return resolution?.consentNeeded === true && !(general && facePhoto);
}

function missingWords({ payloadBase64, idTail }: StationState): string {
  if (payloadBase64 === null) return STATION_WORDS.needCode;
  return idTail.length < ID_TAIL_LENGTH ? STATION_WORDS.needTail : '';
}

function factsOf({ student, batch }: StationResolution): Fact[] {
  return [
    { label: BIND_WORDS.school, value: student.schoolName },
    { label: BIND_WORDS.level, value: `${student.year}级 ${student.level}` },
    { label: BIND_WORDS.name, value: student.maskedName },
    { label: BIND_WORDS.studentNumber, value: student.maskedStudentNumber },
    { label: BIND_WORDS.batch, value: batch.title },
  ];
}
