/** Fetches the bytes of an upload after its ticket was checked, and removes uploads that have served their purpose. */
import { pathOf, requireTicket, type TicketPurpose, type UploadTicketDocument } from './upload-ticket';
import { collection } from '../platform/database';
import { deleteFiles, downloadBytes, FileMissingError, FileTooLargeError } from '../platform/storage';
import { type Call } from '../requests/call';
import { DomainError } from '../../miniprogram/shared/errors';
import { type FileId, type UploadId } from '../../miniprogram/shared/identity/ids';

export interface UploadReference {
  readonly uploadId: UploadId;
  readonly fileId: FileId;
}

/**
 * The bytes of an upload that was not used yet.
 * @throws DomainError UPLOAD_MISSING {reason: unknown, expired, used, not-uploaded}, IMAGE_TOO_LARGE_BYTES {maximum}
 */
export async function readUpload(
  call: Call,
  reference: UploadReference & { readonly purpose: TicketPurpose },
  maximumBytes: number,
): Promise<Uint8Array> {
  const { uploadId, fileId, purpose } = reference;
  const stored = await collection<UploadTicketDocument>('uploads').get(uploadId);
  const ticket = requireTicket(stored, { openid: call.openid, purpose, fileId, now: call.now });
  if (ticket.usedAt !== null) throw new DomainError('UPLOAD_MISSING', { reason: 'used' });
  return fetchUploaded(fileId, maximumBytes);
}

/** @throws DomainError UPLOAD_MISSING {reason: not-uploaded}, IMAGE_TOO_LARGE_BYTES {maximum} */
export async function fetchUploaded(fileId: FileId, maximumBytes: number): Promise<Uint8Array> {
  try {
    return await downloadBytes(fileId, maximumBytes);
  } catch (error) {
    if (error instanceof FileMissingError)
      throw new DomainError('UPLOAD_MISSING', { reason: 'not-uploaded' });
    if (error instanceof FileTooLargeError)
      throw new DomainError('IMAGE_TOO_LARGE_BYTES', { maximum: maximumBytes });
    throw error;
  }
}

/**
 * Marks an upload as used and deletes its file. Somebody else's upload is left alone, and so is one for another purpose:
 * used tickets of portraits go with their photo, and there would be none. A file that cannot be deleted now is left to
 * the housekeeping, which looks for used tickets.
 */
export async function discardUpload(
  call: Call,
  { uploadId, fileId, purpose }: UploadReference & { readonly purpose: TicketPurpose },
): Promise<void> {
  const tickets = collection<UploadTicketDocument>('uploads');
  const ticket = await tickets.get(uploadId);
  if (ticket?.openid !== call.openid || ticket.purpose !== purpose) return;
  if (pathOf(fileId) !== ticket.cloudPath) return;
  await tickets.update(uploadId, { usedAt: ticket.usedAt ?? call.now });
  await deleteFiles([fileId]).catch(() => undefined);
}
