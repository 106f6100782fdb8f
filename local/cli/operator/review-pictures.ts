/**
 * The two pictures of a photo under review as files of this PC. Refuses to leave another student's picture in the place of
 * one that could not be fetched: a person would be judged by somebody else's face. A viewer may hold a file: one that
 * cannot be removed stops everything, one that cannot be written counts as not fetched.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { isHeldOpen } from '../support/named-files';
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
  const those = (outcome: Outcome) => saved.filter((each) => each[1] === outcome).map(([name]) => name);
  const missing = those('missing');
  const held = those('held');
  return [
    ...(missing.length === 0
      ? []
      : [`没有取到${missing.join('和')}，文件夹里这次没有这张图。看不到就先不审，过一会儿再取。`]),
    ...(held.length === 0
      ? []
      : [`${held.join('和')}没有存下来：文件正被看图窗口打开。请先关掉那个窗口，先不审，过一会儿再取。`]),
  ];
}

type Outcome = 'saved' | 'missing' | 'held';

/** @throws Node's error, which names the file: about writing it does not */
async function savePicture(path: string, link: DownloadLink | null): Promise<Outcome> {
  const picture = link === null ? null : await fetched(link.url);
  if (picture === null) return 'missing';
  try {
    writeFileSync(path, picture);
    return 'saved';
  } catch (error) {
    if (isHeldOpen(error)) return 'held';
    throw Object.assign(error as NodeJS.ErrnoException, { path });
  }
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
