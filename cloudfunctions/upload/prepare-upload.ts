/** Hands out upload tickets, as many as an honest person needs. Pictures travel through storage, never in a call. */
import { STORAGE_FOLDERS, type UploadTicketDocument } from './upload-ticket';
import { requireConsent, requireFacePhotoConsent } from '../consent/require-consent';
import { newId } from '../identity/unguessable-id';
import { collection } from '../platform/database';
import { type Call, secondsAfter } from '../requests/call';
import { knownRequest, oncePerRequest } from '../requests/once-per-request';
import { countTowards, type RateLimit } from '../requests/rate-limit';
import { type StudentContract, type UploadTicket } from '../../miniprogram/shared/contract/student';
import { type UploadId } from '../../miniprogram/shared/identity/ids';

/** Long enough for a phone that lost its network or was put away; short enough not to pile up. */
const TICKET_SECONDS = 2 * 3600;
/** A teacher with one phone and a class in a row takes a few pictures a minute. */
const UPLOAD_LIMIT: RateLimit = { purpose: 'upload', maximum: 60, windowSeconds: 600 };

/** @throws DomainError CONSENT_REQUIRED, FACE_CONSENT_REQUIRED (portraits), TOO_MANY_REQUESTS */
export async function prepareUpload(
  call: Call,
  request: StudentContract['prepareUpload']['request'],
): Promise<UploadTicket> {
  await (request.purpose === 'portrait' ? requireFacePhotoConsent(call) : requireConsent(call));
  const { uploadId } = await oncePerRequest(knownRequest(call, 'prepareUpload', request), async (scope) => {
    await countTowards(scope, UPLOAD_LIMIT, call);
    const ticket: UploadTicketDocument = {
      _id: newId() as UploadId,
      openid: call.openid,
      purpose: request.purpose,
      cloudPath: `${STORAGE_FOLDERS[request.purpose]}/${newId()}.${request.extension}`,
      createdAt: call.now,
      expiresAt: secondsAfter(call.now, TICKET_SECONDS),
      usedAt: null,
    };
    await scope.collection<UploadTicketDocument>('uploads').insert(ticket);
    return { kind: 'done', receipt: { uploadId: ticket._id } };
  });
  const ticket = await collection<UploadTicketDocument>('uploads').get(uploadId);
  // Only the housekeeping removes tickets, long after they expired.
  if (ticket === null) throw new Error('a ticket that was just written is missing');
  return { uploadId: ticket._id, cloudPath: ticket.cloudPath, expiresAt: ticket.expiresAt };
}
