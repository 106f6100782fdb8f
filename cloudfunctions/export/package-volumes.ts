/** Reads the volumes of a package in their order, one at a time: a package of 50,000 never lies in memory. */
import { type ExportDocument, type VolumeDocument, volumeId } from './export-document';
import { collection } from '../platform/database';

type PackageOfVolumes = Pick<ExportDocument, '_id' | 'volumeSet' | 'volumeCount'>;

/** @param number from 1 */
export async function volumeOf(
  { _id, volumeSet }: PackageOfVolumes,
  number: number,
): Promise<VolumeDocument> {
  const volume = await collection<VolumeDocument>('export_volumes').get(volumeId(volumeSet ?? _id, number));
  if (volume === null) throw new Error('a volume of a package is missing');
  return volume;
}

export async function* volumesOf(job: PackageOfVolumes): AsyncGenerator<VolumeDocument> {
  for (let number = 1; number <= job.volumeCount; number += 1) yield await volumeOf(job, number);
}
