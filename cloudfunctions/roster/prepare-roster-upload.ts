/** Permission to upload one list to one path that the server chose. */
import { newId } from '../identity/unguessable-id';
import { collection } from '../platform/database';
import { runTransaction } from '../platform/transaction';
import { type Call, secondsAfter } from '../requests/call';
import { countTowards, type RateLimit } from '../requests/rate-limit';
import { STORAGE_FOLDERS, type UploadTicketDocument } from '../upload/upload-ticket';
import { type UploadTicket } from '../../miniprogram/shared/contract/student';
import { type UploadId } from '../../miniprogram/shared/identity/ids';

const TICKET_SECONDS = 2 * 3600;
const LIMIT: RateLimit = { purpose: 'upload', maximum: 60, windowSeconds: 600 };

/** @throws DomainError TOO_MANY_REQUESTS */
export async function prepareRosterUpload(call: Call, extension: 'csv' | 'xlsx'): Promise<UploadTicket> {
  await runTransaction((scope) => countTowards(scope, LIMIT, call));
  const ticket: UploadTicketDocument = {
    _id: newId() as UploadId,
    openid: call.openid,
    purpose: 'roster',
    cloudPath: `${STORAGE_FOLDERS.roster}/${newId()}.${extension}`,
    createdAt: call.now,
    expiresAt: secondsAfter(call.now, TICKET_SECONDS),
    usedAt: null,
  };
  await collection<UploadTicketDocument>('uploads').insert(ticket);
  return { uploadId: ticket._id, cloudPath: ticket.cloudPath, expiresAt: ticket.expiresAt };
}
