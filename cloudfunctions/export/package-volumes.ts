/** Reads the volumes of a package in their order, one at a time: a package of 50,000 never lies in memory. */
import {
  type ClearedVolumeDocument,
  type ExportDocument,
  type VolumeDocument,
  volumeId,
} from './export-document';
import { collection } from '../platform/database';
import { type PhotoId } from '../../miniprogram/shared/identity/ids';

type PackageOfVolumes = Pick<ExportDocument, '_id' | 'volumeSet' | 'volumeCount'>;
type AnyVolumeDocument = VolumeDocument | ClearedVolumeDocument;

/**
 * Of a package that is not over.
 * @param number from 1
 */
export async function volumeOf(job: PackageOfVolumes, number: number): Promise<VolumeDocument> {
  return existing(await readVolume<VolumeDocument>(job, number));
}

/** Of any package, one that was cleared away too. */
export async function* volumesOf(job: PackageOfVolumes): AsyncGenerator<AnyVolumeDocument> {
  for (let number = 1; number <= job.volumeCount; number += 1) yield existing(await findVolume(job, number));
}

/** Of a package whose clearing may have begun: those that were removed are passed over. */
export async function* remainingVolumesOf(job: PackageOfVolumes): AsyncGenerator<AnyVolumeDocument> {
  for (let number = 1; number <= job.volumeCount; number += 1) {
    const volume = await findVolume(job, number);
    if (volume !== null) yield volume;
  }
}

/** The photos that these packages hold, one whose clearing may have begun too. */
export async function photosOf(jobs: readonly PackageOfVolumes[]): Promise<ReadonlySet<PhotoId>> {
  const photos = new Set<PhotoId>();
  for (const job of jobs) {
    for await (const { items } of remainingVolumesOf(job)) {
      for (const { photoId } of items) photos.add(photoId);
    }
  }
  return photos;
}

/** Null where it was removed. */
function findVolume(job: PackageOfVolumes, number: number): Promise<AnyVolumeDocument | null> {
  return readVolume<AnyVolumeDocument>(job, number);
}

async function readVolume<Volume extends AnyVolumeDocument>(
  { _id, volumeSet }: PackageOfVolumes,
  number: number,
): Promise<Volume | null> {
  return collection<Volume>('export_volumes').get(volumeId(volumeSet ?? _id, number));
}

function existing<Volume>(volume: Volume | null): Volume {
  if (volume === null) throw new Error('a volume of a package is missing');
  return volume;
}
