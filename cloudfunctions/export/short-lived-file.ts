/** A file that somebody fetches at once and nobody needs afterwards: a spreadsheet, an empty list to fill. */
import { createHash } from 'node:crypto';
import { type StoredFile } from './export-document';
import { packagePath } from './package-path';
import { newId } from '../identity/unguessable-id';
import { collection } from '../platform/database';
import { uploadBytes } from '../platform/storage';
import { type Call, secondsAfter } from '../requests/call';
import { type UploadTicketDocument } from '../upload/upload-ticket';
import { type UploadId } from '../../miniprogram/shared/identity/ids';

/** Long enough to fetch it; then it is deleted like any upload that nobody used. */
const KEPT_SECONDS = 2 * 3600;

/** Written down as an upload before it is stored, so that the housekeeping deletes it. */
export async function storeForAWhile(call: Call, bytes: Uint8Array, fileName: string): Promise<StoredFile> {
  const cloudPath = packagePath(fileName);
  await collection<UploadTicketDocument>('uploads').insert({
    _id: newId() as UploadId,
    openid: call.openid,
    purpose: 'spreadsheet',
    cloudPath,
    expiresAt: secondsAfter(call.now, KEPT_SECONDS),
    usedAt: null,
  });
  const fileId = await uploadBytes(cloudPath, bytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { fileName, fileId, bytes: bytes.length, sha256 };
}
