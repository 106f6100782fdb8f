/** What the consent page shows. Pure. */
import { FailureView, failureView } from '../../components/failure-panel/failure-view';
import { CONSENT_SECTIONS, CONSENT_WORDS, ConsentSection } from '../../copy/consent-words';
import { Words } from '../../copy/words';
import { PageState } from '../define-page';

export interface ConsentState extends PageState {
  readonly general: boolean;
  readonly facePhoto: boolean;
  /** The person tapped "agree" with something unticked. */
  readonly asked: boolean;
  readonly refused: boolean;
  readonly busy: boolean;
  /** An older wording had been agreed to. */
  readonly renewed: boolean;
  /** The wording in force was agreed to before: the page is only read again. */
  readonly given: boolean;
  readonly telephone: string;
}

export interface ConsentView {
  readonly sections: readonly ConsentSection[];
  readonly general: boolean;
  readonly facePhoto: boolean;
  /** What is still to be ticked; empty until somebody asked. */
  readonly missing: string;
  readonly renewed: boolean;
  readonly given: boolean;
  readonly refused: Words | null;
  readonly busy: boolean;
  readonly failure: FailureView | null;
}

const REFUSED: Words = { title: CONSENT_WORDS.refusedTitle, next: CONSENT_WORDS.refusedNext };

export function toView(state: ConsentState): ConsentView {
  const { general, facePhoto, asked, refused, busy, renewed } = state;
  return {
    sections: CONSENT_SECTIONS,
    general,
    facePhoto,
    missing: asked ? missingWords(state) : '',
    renewed,
    given: state.given,
    refused: refused ? REFUSED : null,
    busy,
    failure: failureView(state.failure, state.telephone),
  };
}

/** Both agreements are needed, and each is asked for by its own name. */
function missingWords({ general, facePhoto }: ConsentState): string {
  if (!general) return CONSENT_WORDS.missingGeneral;
  return facePhoto ? '' : CONSENT_WORDS.missingFacePhoto;
}
