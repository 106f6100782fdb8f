/**
 * A ticket is the permission to upload one picture to one path. The server chooses the path (unguessable, nothing
 * personal in it), remembers whose it is and what for, and lets it count once. A file id that a phone sends is
 * worth nothing without its ticket.
 */
import { isOfThisEnvironment } from '../platform/storage';
import { DomainError } from '../../miniprogram/shared/errors';
import { type FileId, type Instant, type UploadId } from '../../miniprogram/shared/identity/ids';
import { type UploadPurpose } from '../../miniprogram/shared/contract/student';

/**
 * Students send pictures, staff lists; spreadsheets are written for them to fetch; a late file is whatever arrives after
 * the deletion that it belonged to.
 */
export type TicketPurpose = UploadPurpose | 'roster' | 'spreadsheet' | 'late-file';

export interface UploadTicketDocument {
  readonly _id: UploadId;
  /** Null: nobody's, and nobody may upload with it. */
  readonly openid: string | null;
  readonly purpose: TicketPurpose;
  readonly cloudPath: string;
  /** Until when the upload may be used; afterwards the housekeeping removes ticket and file. */
  readonly expiresAt: Instant;
  /** Null while the picture waits to be used. */
  readonly usedAt: Instant | null;
}

/** Folders by purpose, so that the housekeeping and a person in the console can tell them apart. */
export const STORAGE_FOLDERS = {
  'code-picture': 'code-pictures',
  portrait: 'originals',
  /** The judged originals, copied to where no phone can reach them. */
  evidence: 'evidence',
  standard: 'standards',
  roster: 'rosters',
  package: 'packages',
} as const;

/** What a phone claims to have uploaded. */
export interface UploadClaim {
  readonly openid: string;
  readonly purpose: TicketPurpose;
  readonly fileId: FileId;
  readonly now: Instant;
}

/**
 * Checks that the file is the one that this person was allowed to upload for this purpose. Says nothing about
 * whether the ticket was used: that is decided in the transaction of the use.
 * @throws DomainError UPLOAD_MISSING; details.reason is `unknown` for everything that is not this person's, so that
 *   other people's uploads cannot be told from invented ones, and `expired` for an own ticket that is too old
 */
export function requireTicket(ticket: UploadTicketDocument | null, claim: UploadClaim): UploadTicketDocument {
  const own = ticket !== null && ticket.openid === claim.openid && ticket.purpose === claim.purpose;
  const inPlace = isOfThisEnvironment(claim.fileId) && pathOf(claim.fileId) === ticket?.cloudPath;
  if (!own || !inPlace) throw new DomainError('UPLOAD_MISSING', { reason: 'unknown' });
  if (ticket.usedAt === null && ticket.expiresAt <= claim.now) {
    throw new DomainError('UPLOAD_MISSING', { reason: 'expired' });
  }
  return ticket;
}

/** `cloud://environment.bucket/path` → path; undefined for anything else. */
export function pathOf(fileId: FileId): string | undefined {
  return /^cloud:\/\/[^/]+\/(.+)$/.exec(fileId)?.[1];
}

/** The id that a file with this path has in the same storage as another file. */
export function siblingFileId(fileId: FileId, cloudPath: string): FileId {
  const host = /^cloud:\/\/[^/]+\//.exec(fileId)?.[0];
  if (host === undefined) throw new TypeError('not the id of a stored file');
  return `${host}${cloudPath}` as FileId;
}
