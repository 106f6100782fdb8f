/** Reads the volumes of a package in their order, one at a time: of one of 50,000 never more than its ids lie in memory. */
import {
  type ClearedVolumeDocument,
  type ExportDocument,
  type VolumeDocument,
  volumeId,
} from './export-document';
import { collection, command } from '../platform/database';
import { type PhotoId } from '../../miniprogram/shared/identity/ids';

type PackageOfVolumes = Pick<ExportDocument, '_id' | 'volumeSet' | 'volumeCount'>;
type AnyVolumeDocument = VolumeDocument | ClearedVolumeDocument;

interface PhotosOfVolume {
  readonly photoIds: readonly PhotoId[];
}

/** Volumes in one answer, where only the ids of their photos are read: about half a megabyte. */
const IDS_AT_ONCE = 20;

/**
 * Of a package that is not over.
 * @param number from 1
 */
export async function volumeOf(job: PackageOfVolumes, number: number): Promise<VolumeDocument> {
  return existing(await readVolume<VolumeDocument>(job, number));
}

/**
 * Of any package, one that was cleared away too.
 * @param number from 1
 */
export async function anyVolumeOf(job: PackageOfVolumes, number: number): Promise<AnyVolumeDocument> {
  return existing(await findVolume(job, number));
}

/** Of a package that is not over. */
export async function* volumesOf(job: PackageOfVolumes): AsyncGenerator<VolumeDocument> {
  for (let number = 1; number <= job.volumeCount; number += 1) yield volumeOf(job, number);
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
  const ids = jobs.flatMap(volumeIdsOf);
  const photos = new Set<PhotoId>();
  for (let start = 0; start < ids.length; start += IDS_AT_ONCE) {
    const _id = command().in(ids.slice(start, start + IDS_AT_ONCE));
    // Their photos only: a volume is large, and names everybody in it.
    const rows = await collection<AnyVolumeDocument>('export_volumes').aggregate<PhotosOfVolume>(
      [{ $match: { _id } }, { $project: { photoIds: '$items.photoId' } }],
      IDS_AT_ONCE,
    );
    for (const { photoIds } of rows) for (const photoId of photoIds) photos.add(photoId);
  }
  return photos;
}

function volumeIdsOf({ _id, volumeSet, volumeCount }: PackageOfVolumes): readonly string[] {
  return Array.from({ length: volumeCount }, (_, index) => volumeId(volumeSet ?? _id, index + 1));
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
