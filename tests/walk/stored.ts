/** Everything that is stored of a walk's batch at one moment, for the invariants to look at. */
import { filesStored } from './platform-requests';
import { type World } from './world';
import { type BatchDocument } from '../../cloudfunctions/batch/batch-document';
import { type BindingDocument } from '../../cloudfunctions/capture-code/binding/binding-document';
import { type ExportDocument, type VolumeDocument } from '../../cloudfunctions/export/export-document';
import { type InvitationDocument } from '../../cloudfunctions/operator-access/invitation-document';
import { type MemberDocument } from '../../cloudfunctions/operator-access/member-document';
import { collection, type Identified } from '../../cloudfunctions/platform/database';
import { type CollectionName } from '../../cloudfunctions/platform/database-schema';
import { temporaryUrls } from '../../cloudfunctions/platform/storage';
import { type ReviewDocument } from '../../cloudfunctions/review/review-document';
import { type RosterLineDocument } from '../../cloudfunctions/roster/roster-document';
import { type RosterPlanDocument } from '../../cloudfunctions/roster/roster-plan-document';
import { type PhotoDocument } from '../../cloudfunctions/submission/photo-document';
import { type SubmissionDocument } from '../../cloudfunctions/submission/submission-document';
import { pathOf, type UploadTicketDocument } from '../../cloudfunctions/upload/upload-ticket';
import { type FileId, type PhotoId } from '../../miniprogram/shared/identity/ids';

export interface Stored {
  readonly batch: BatchDocument | null;
  /** Those being deleted too. */
  readonly submissions: readonly SubmissionDocument[];
  readonly photos: readonly PhotoDocument[];
  readonly bindings: readonly BindingDocument[];
  readonly reviews: readonly ReviewDocument[];
  readonly packages: readonly ExportDocument[];
  readonly volumes: readonly VolumeDocument[];
  readonly uploads: readonly UploadTicketDocument[];
  readonly plans: readonly RosterPlanDocument[];
  readonly list: readonly RosterLineDocument[];
  readonly invitations: readonly InvitationDocument[];
  readonly members: readonly MemberDocument[];
  /** What lies in the storage. */
  readonly files: ReadonlySet<FileId>;
}

export async function everythingStored({ batchId }: World): Promise<Stored> {
  const [batches, submissions, photos, bindings, reviews] = await Promise.all([
    all<BatchDocument>('batches'),
    all<SubmissionDocument>('submissions'),
    all<PhotoDocument>('photos'),
    all<BindingDocument>('bindings'),
    all<ReviewDocument>('reviews'),
  ]);
  const [invitations, members] = await Promise.all([
    all<InvitationDocument>('invitations'),
    all<MemberDocument>('members'),
  ]);
  const [packages, volumes, uploads, plans, list, files] = await Promise.all([
    all<ExportDocument>('exports'),
    all<VolumeDocument>('export_volumes'),
    all<UploadTicketDocument>('uploads'),
    all<RosterPlanDocument>('roster_plans'),
    all<RosterLineDocument>('roster'),
    filesThere(),
  ]);
  const batch = batches.find(({ _id }) => _id === batchId) ?? null;
  return {
    ...{ batch, submissions, photos, bindings, reviews, packages, volumes, uploads, plans, list, files },
    ...{ invitations, members },
  };
}

/** All documents of a collection; a walk makes a few hundred at most. */
export async function all<Document extends Identified>(name: CollectionName): Promise<readonly Document[]> {
  return collection<Document>(name).find({}, { limit: 1000 });
}

/** Nobody's, and stays: with it a path becomes the id of a file. */
const isMarker = (file: FileId) => pathOf(file)?.startsWith('markers/') === true;

/** Of all files that were ever stored, those that the storage still has. */
export async function filesThere(): Promise<ReadonlySet<FileId>> {
  const links = await temporaryUrls([...filesStored], 60);
  for (const file of filesStored) if (!links.some(({ fileId }) => fileId === file)) filesStored.delete(file);
  return new Set(links.map(({ fileId }) => fileId).filter((file) => !isMarker(file)));
}

/** Files that no document leads to, by its path or its id. */
export function unknownFiles(stored: Stored): readonly FileId[] {
  const { photos, uploads, packages, plans } = stored;
  const known = JSON.stringify([photos, uploads, packages, plans]);
  return [...stored.files].filter((file) => !known.includes(pathOf(file) ?? file));
}

/** The packages that have this photo in a volume. */
export function packagesWith({ packages, volumes }: Stored, photoId: PhotoId): readonly ExportDocument[] {
  return packages.filter(({ _id, volumeSet = _id }) =>
    volumes.some(
      (volume) => volume.volumeSet === volumeSet && volume.items.some((item) => item.photoId === photoId),
    ),
  );
}
