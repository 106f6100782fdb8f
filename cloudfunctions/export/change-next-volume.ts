/**
 * Moves the photos of a package on by one volume, so that a call can stop between two: what is done to every photo of a
 * package of 50,000 takes longer than a function may. Refuses to write down how far it came, which its caller does where
 * it knows that the package is still what it was; done again, it changes nothing twice.
 */
import { type ExportDocument, NO_VOLUME_DONE, type VolumesDone } from './export-document';
import { anyVolumeOf } from './package-volumes';
import { changeMany, type ManyChange } from '../submission/change-many';

/** @returns how far it came */
export async function changeNextVolume(
  job: ExportDocument,
  { volumes, photos }: VolumesDone = NO_VOLUME_DONE,
  change: ManyChange,
): Promise<VolumesDone> {
  const { items } = await anyVolumeOf(job, volumes + 1);
  await changeMany(items, change);
  return { volumes: volumes + 1, photos: photos + items.length };
}
