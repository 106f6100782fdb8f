/**
 * Consent as a list of events per person, never changed and never removed: it proves what was agreed to and when.
 * Refuses to be a flag on a profile, which would forget.
 */
import { collection } from '../platform/database';
import { CONSENT_VERSION, type ConsentState } from '../../miniprogram/shared/contract/student';
import { type Instant } from '../../miniprogram/shared/identity/ids';

export interface ConsentEvent {
  /** Owner and running number: two events cannot take the same place. */
  readonly _id: string;
  readonly openid: string;
  readonly sequence: number;
  readonly kind: 'given' | 'withdrawn';
  /** Version of the wording that was agreed to. */
  readonly version: string;
  /** When the event happened. */
  readonly at: Instant;
  /** What holds after it. */
  readonly givenAt: Instant | null;
  readonly facePhotoGivenAt: Instant | null;
}

/** The person's newest event, or null. */
export async function latestConsentEvent(openid: string): Promise<ConsentEvent | null> {
  const [latest] = await collection<ConsentEvent>('consents').find(
    { openid },
    { limit: 1, sort: [['sequence', 'desc']] },
  );
  return latest ?? null;
}

/** What holds now. Consent to an older wording no longer counts. */
export function consentStateOf(latest: ConsentEvent | null): ConsentState {
  if (latest === null || latest.version !== CONSENT_VERSION) {
    return { version: CONSENT_VERSION, givenAt: null, facePhotoGivenAt: null };
  }
  return { version: CONSENT_VERSION, givenAt: latest.givenAt, facePhotoGivenAt: latest.facePhotoGivenAt };
}

/**
 * No mini program's own version. One that is older than this cloud would take its wording for the one in force, and lead
 * to the camera somebody whose photo is then refused; so an older version is not named to it.
 */
const OLDER_VERSION = 'older';

/**
 * What the person last said, to whichever wording, so that the page can tell a newcomer from somebody who is asked
 * again. For showing only: nothing may be allowed on it.
 */
export async function consentToShow(openid: string): Promise<ConsentState> {
  const latest = await latestConsentEvent(openid);
  if (latest === null) return consentStateOf(null);
  const { version, givenAt, facePhotoGivenAt } = latest;
  return {
    version: version === CONSENT_VERSION ? version : OLDER_VERSION,
    givenAt,
    facePhotoGivenAt,
  };
}

/** The person's consent as it stands. */
export async function readConsent(openid: string): Promise<ConsentState> {
  return consentStateOf(await latestConsentEvent(openid));
}
