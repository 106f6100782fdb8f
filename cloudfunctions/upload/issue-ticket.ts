/**
 * Writes one ticket, counted towards what one person uploads in a while, and once per request: who asks again because
 * the answer was lost gets the same ticket. Refuses to know who may have one: that is asked before.
 */
import { STORAGE_FOLDERS, type UploadTicketDocument } from './upload-ticket';
import { newId } from '../identity/unguessable-id';
import { collection } from '../platform/database';
import { type Call, secondsAfter } from '../requests/call';
import { type KnownRequest, oncePerRequest } from '../requests/once-per-request';
import { countTowards, type RateLimit } from '../requests/rate-limit';
import { type UploadPurpose, type UploadTicket } from '../../miniprogram/shared/contract/student';
import { DomainError } from '../../miniprogram/shared/errors';
import { type UploadId } from '../../miniprogram/shared/identity/ids';

/** Long enough for a phone that lost its network or was put away; short enough not to pile up. */
const TICKET_SECONDS = 2 * 3600;
/** A teacher with one phone and a class in a row takes a few pictures a minute. */
const UPLOAD_LIMIT: RateLimit = { purpose: 'upload', maximum: 60, windowSeconds: 600 };

/** What may be uploaded, and how its file's name ends. */
export interface UploadKind {
  readonly purpose: UploadPurpose | 'roster';
  readonly extension: string;
}

/** @throws DomainError TOO_MANY_REQUESTS, REQUEST_REPLAYED, UPLOAD_MISSING {reason: expired} */
export async function issueTicket(
  call: Call,
  request: KnownRequest | null,
  { purpose, extension }: UploadKind,
): Promise<UploadTicket> {
  const { uploadId } = await oncePerRequest(request, async (scope) => {
    await countTowards(scope, UPLOAD_LIMIT, call);
    const ticket: UploadTicketDocument = {
      _id: newId() as UploadId,
      openid: call.openid,
      purpose,
      cloudPath: `${STORAGE_FOLDERS[purpose]}/${newId()}.${extension}`,
      expiresAt: secondsAfter(call.now, TICKET_SECONDS),
      usedAt: null,
    };
    await scope.collection<UploadTicketDocument>('uploads').insert(ticket);
    return { kind: 'done', receipt: { uploadId: ticket._id } };
  });
  const ticket = await collection<UploadTicketDocument>('uploads').get(uploadId);
  // Receipts outlive their tickets by days: whoever lost the answer for so long begins again, with a key of its own.
  if (ticket === null) throw new DomainError('UPLOAD_MISSING', { reason: 'expired' });
  return { uploadId: ticket._id, cloudPath: ticket.cloudPath, expiresAt: ticket.expiresAt };
}
