/** What holds of packages and the photos in them. */
import { type Invariant } from './invariant';
import { packagesWith, type Stored } from '../stored';
import { type ExportDocument, filesHanded } from '../../../cloudfunctions/export/export-document';
import { type SubmissionDocument } from '../../../cloudfunctions/submission/submission-document';
import { type PhotoId } from '../../../miniprogram/shared/identity/ids';

/** It was made, and what was made was not taken back. */
const isGood = ({ finishedAt, state }: ExportDocument) => finishedAt !== null && state !== 'cancelled';

/** Or it reached the school before it was taken out of the storage: who was delivered stays so. */
const wasHandedOut = (one: ExportDocument) => isGood(one) || one.deliveredAt !== null;

/** It is being handed over or taken back: its photos move one after the other, and whoever died there is followed. */
const isMoving = ({ state, finishedAt, clearedAt, working }: ExportDocument) =>
  state === 'closing' ||
  (state === 'cancelled' && finishedAt !== null && clearedAt == null) ||
  working !== null;

interface Packed {
  readonly submission: SubmissionDocument;
  readonly photoId: PhotoId;
  readonly packages: readonly ExportDocument[];
}

/** Confirmed photos with the packages that have them in a volume. */
function packed(stored: Stored): readonly Packed[] {
  return stored.submissions.flatMap((submission) => {
    const { deletingAt, confirmedPhotoId: photoId } = submission;
    if (deletingAt !== null || photoId === null) return [];
    return [{ submission, photoId, packages: packagesWith(stored, photoId) }];
  });
}

const settled = (stored: Stored) => packed(stored).filter(({ packages }) => !packages.some(isMoving));

const said = ({ submission, packages }: Packed) => [
  `${submission.studentNumber} ${submission.state}`,
  packages.map(({ state, deliveredAt, selection }) => `${selection.photos} ${state} ${deliveredAt ?? ''}`),
];

/** Who reads 已打包 or 已送达 is in a volume of a package that was made. */
const whoIsExportedIsInAPackage: Invariant = (stored) =>
  settled(stored)
    .filter(({ submission, packages }) =>
      submission.state === 'delivered'
        ? !packages.some(wasHandedOut)
        : submission.state === 'exported' && !packages.some(isGood),
    )
    .map(said);

/** Whose photo is in a package that was made reads so, or the next package of new photos would hold it as well. */
const whoIsInAPackageIsExported: Invariant = (stored) =>
  settled(stored)
    .filter(({ submission }) => submission.state === 'accepted')
    .filter(({ packages }) => packages.some(isGood))
    .map(said);

/** What is in a package is what the review accepted. */
const onlyAcceptedPhotosArePacked: Invariant = (stored) =>
  settled(stored)
    .filter(({ submission }) => submission.state === 'confirmed')
    .filter(({ packages }) => packages.some(isGood))
    .map(said);

/** A photo is new once: no two packages of new photos hold it. */
const newPhotosAreInOnePackage: Invariant = (stored) =>
  packed(stored)
    .filter(
      ({ packages }) =>
        packages.filter(({ selection, state }) => selection.photos === 'new' && state !== 'cancelled')
          .length > 1,
    )
    .map(said);

/** Who reads 已送达 is in a package that was delivered, and who is in one does not read 已打包. */
const deliveredAsThePackageSays: Invariant = (stored) =>
  settled(stored)
    .filter(({ submission, packages }) => {
      const delivered = packages.filter(({ deliveredAt }) => deliveredAt !== null);
      if (submission.state === 'delivered') return delivered.length === 0;
      return submission.state === 'exported' && delivered.some(isGood);
    })
    .map(said);

/** What a finished package hands out is in the storage, and counts as many photos as its volumes hold. */
const finishedPackagesAreWhole: Invariant = ({ packages, volumes, files }) =>
  packages
    .filter(({ state }) => state === 'finished')
    .filter((one) => {
      const items = volumes
        .filter(({ volumeSet }) => volumeSet === (one.volumeSet ?? one._id))
        .reduce((sum, volume) => sum + volume.items.length, 0);
      return filesHanded(one).some(({ fileId }) => !files.has(fileId)) || items !== one.photos;
    })
    .map(({ _id, photos }) => [_id, photos]);

export const PACKAGE_INVARIANTS = {
  whoIsExportedIsInAPackage,
  whoIsInAPackageIsExported,
  onlyAcceptedPhotosArePacked,
  newPhotosAreInOnePackage,
  deliveredAsThePackageSays,
  finishedPackagesAreWhole,
};
