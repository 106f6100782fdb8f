/**
 * Files that may still arrive after everything that led to them was deleted: a worker was given their paths and may be
 * storing at this moment, a phone may be in the middle of sending. Each path stays known as a ticket of nobody, and the
 * housekeeping deletes what came like any upload that nobody used. Refuses to remember whose they were.
 */
import { type UploadTicketDocument } from './upload-ticket';
import { derivedId } from '../identity/unguessable-id';
import { collection } from '../platform/database';
import { type Instant, type UploadId } from '../../miniprogram/shared/identity/ids';

/**
 * To be called before anything is deleted that knows of the paths. Can be repeated.
 * @param until when nobody can be storing any more
 */
export async function expectLateFiles(cloudPaths: readonly string[], until: Instant): Promise<void> {
  for (const cloudPath of cloudPaths) {
    await collection<UploadTicketDocument>('uploads').set({
      _id: derivedId('late-file', cloudPath) as UploadId,
      openid: null,
      purpose: 'late-file',
      cloudPath,
      expiresAt: until,
      usedAt: null,
    });
  }
}
