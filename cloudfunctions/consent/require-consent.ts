/**
 * The gate before everything that takes or passes on personal data. Refuses on the server, whatever a page shows.
 * Asked before the deed's transaction, not inside it: an agreement that is taken back in that same instant still
 * covers what was begun under it, and everything later is refused. Packages, which nobody of those in them calls, ask
 * taken-back.ts instead.
 */
import { readConsent } from './consent-event';
import { type Call } from '../requests/call';
import { DomainError } from '../../miniprogram/shared/errors';

/** @throws DomainError CONSENT_REQUIRED */
export async function requireConsent(call: Call): Promise<void> {
  const { givenAt } = await readConsent(call.openid);
  if (givenAt === null) throw new DomainError('CONSENT_REQUIRED');
}

/** @throws DomainError CONSENT_REQUIRED, FACE_CONSENT_REQUIRED */
export async function requireFacePhotoConsent(call: Call): Promise<void> {
  const { givenAt, facePhotoGivenAt } = await readConsent(call.openid);
  if (givenAt === null) throw new DomainError('CONSENT_REQUIRED');
  if (facePhotoGivenAt === null) throw new DomainError('FACE_CONSENT_REQUIRED');
}
