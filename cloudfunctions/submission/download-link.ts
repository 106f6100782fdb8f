/**
 * Links to a student's own pictures. They open for whoever has them, so they live for minutes and are made anew
 * each time. Refuses links without an end: the storage's default is "for ever".
 */
import { type PhotoDocument } from './photo-document';
import { ownPhoto } from './own-submission';
import { FileMissingError, temporaryUrl } from '../platform/storage';
import { type Call, secondsAfter } from '../requests/call';
import { type DownloadLink, type StudentContract } from '../../miniprogram/shared/contract/student';
import { DomainError } from '../../miniprogram/shared/errors';
import { type FileId } from '../../miniprogram/shared/identity/ids';

/** Long enough to look at a picture and save it over a slow network. */
const LINK_SECONDS = 600;

/** @throws DomainError NOT_FOUND: not the caller's, never developed, or deleted meanwhile */
export async function downloadLink(
  call: Call,
  { submissionId, photoId, which }: StudentContract['downloadLink']['request'],
): Promise<DownloadLink> {
  const photo = await ownPhoto(call.openid, submissionId, photoId);
  const fileId = which === 'original' ? photo.originalFileId : standardFileOf(photo);
  if (fileId === null) throw new DomainError('NOT_FOUND');
  return linkTo(fileId, call);
}

/** A link to a file that is known to be the caller's. */
export async function linkTo(fileId: FileId, call: Call): Promise<DownloadLink> {
  try {
    const { url } = await temporaryUrl(fileId, LINK_SECONDS);
    return { url, expiresAt: secondsAfter(call.now, LINK_SECONDS) };
  } catch (error) {
    if (error instanceof FileMissingError) throw new DomainError('NOT_FOUND');
    throw error;
  }
}

function standardFileOf(photo: PhotoDocument): FileId | null {
  return photo.status === 'developed' ? photo.standardFileId : null;
}
