/** Hands out upload tickets, as many as an honest person needs. Pictures travel through storage, never in a call. */
import { issueTicket } from './issue-ticket';
import { requireConsent, requireFacePhotoConsent } from '../consent/require-consent';
import { type Call } from '../requests/call';
import { knownRequest } from '../requests/once-per-request';
import { type StudentContract, type UploadTicket } from '../../miniprogram/shared/contract/student';

/** @throws DomainError CONSENT_REQUIRED, FACE_CONSENT_REQUIRED (portraits), TOO_MANY_REQUESTS, UPLOAD_MISSING {reason: expired} */
export async function prepareUpload(
  call: Call,
  request: StudentContract['prepareUpload']['request'],
): Promise<UploadTicket> {
  await (request.purpose === 'portrait' ? requireFacePhotoConsent(call) : requireConsent(call));
  return issueTicket(call, knownRequest(call, 'prepareUpload', request), request);
}
