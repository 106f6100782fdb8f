/**
 * The two pictures of a photo under review as files of this PC. Refuses to leave another student's picture in the place of
 * one that could not be fetched: a person would be judged by somebody else's face.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { type ReviewItem } from '../../../miniprogram/shared/contract/operator/review';
import { type DownloadLink } from '../../../miniprogram/shared/contract/student';

export interface PicturePaths {
  readonly original: string;
  readonly standard: string;
}

export function removePictures({ original, standard }: PicturePaths): void {
  for (const path of [original, standard]) rmSync(path, { force: true });
}

/**
 * Writes what can be fetched in the place of what was there.
 * @returns what to say of those that could not be: the retention may have removed an original
 */
export async function savePictures(
  paths: PicturePaths,
  { originalLink, standardLink }: Pick<ReviewItem, 'originalLink' | 'standardLink'>,
): Promise<readonly string[]> {
  removePictures(paths);
  const saved = [
    ['原图', await savePicture(paths.original, originalLink)],
    ['成品', await savePicture(paths.standard, standardLink)],
  ] as const;
  const missing = saved.flatMap(([name, isThere]) => (isThere ? [] : [name]));
  return missing.length === 0
    ? []
    : [`没有取到${missing.join('和')}，文件夹里这次没有这张图。看不到就先不审，过一会儿再取。`];
}

async function savePicture(path: string, link: DownloadLink | null): Promise<boolean> {
  const picture = link === null ? null : await fetched(link.url);
  if (picture === null) return false;
  writeFileSync(path, picture);
  return true;
}

/** Null where the storage does not give it, or breaks off. */
async function fetched(url: string): Promise<Uint8Array | null> {
  try {
    const response = await fetch(url);
    return response.ok ? new Uint8Array(await response.arrayBuffer()) : null;
  } catch {
    return null;
  }
}
