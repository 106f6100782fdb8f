/**
 * Packs one volume: photos stream out of the storage into a ZIP on the function's own disk, a few on their way at a
 * time, each compared with the hash that was recorded when it was developed; then the file goes up as a stream.
 * Nothing of it is held in memory. The bytes follow from the photos and their names alone: fixed times, fixed order.
 * Refuses a picture that is gone or is not the recorded one, and says whose it is; the others are packed.
 */
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ZipFile } from 'yazl';
import { type ExportItem } from './export-document';
import { writeHashed } from './write-hashed';
import { downloadBytes, FileMissingError, FileTooLargeError, uploadFile } from '../platform/storage';
import { type LeftOutReason } from '../../miniprogram/shared/contract/exporter';
import { FILE_BYTES_LIMITS } from '../../miniprogram/shared/photo-standard/photo-standard';
import { type FileId } from '../../miniprogram/shared/identity/ids';

export interface PhotoToPack {
  readonly item: ExportItem;
  readonly fileId: FileId;
  /** Of the finished picture, as recorded when it was developed. */
  readonly sha256: string;
}

/** Storage and database were restored from different moments, or somebody removed or changed a file in the console. */
type UnusableReason = Extract<LeftOutReason, 'file-missing' | 'file-damaged'>;

export interface PackedFile<Photo extends PhotoToPack> {
  readonly fileId: FileId;
  readonly bytes: number;
  readonly sha256: string;
  /** In the order given. */
  readonly packed: readonly { readonly photo: Photo; readonly bytes: number }[];
  /** In the order given. */
  readonly unusable: readonly { readonly photo: Photo; readonly reason: UnusableReason }[];
}

/** Downloads under way at a time: the storage answers in parallel, the disk does not care. */
const AHEAD = 8;
/** ZIP knows no time before 1980; every entry gets this one. */
const ENTRY_OPTIONS = {
  mtime: new Date(1980, 0, 1),
  mode: 0o100644,
  compress: false,
  forceDosTimestamp: true,
};

export async function packVolume<Photo extends PhotoToPack>(
  photos: readonly Photo[],
  cloudPath: string,
): Promise<PackedFile<Photo>> {
  const folder = await mkdtemp(join(tmpdir(), 'volume-'));
  try {
    const path = join(folder, 'volume.zip');
    const fetched: FetchedPhoto[] = [];
    const written = await writeHashed(zipPieces(photos, fetched), path);
    const fileId = await uploadFile(cloudPath, path, written.bytes);
    return { fileId, ...written, ...sorted(photos, fetched) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type FetchedPhoto =
  | { readonly usable: true; readonly bytes: number }
  | { readonly usable: false; readonly reason: UnusableReason };

function sorted<Photo extends PhotoToPack>(
  photos: readonly Photo[],
  fetched: readonly FetchedPhoto[],
): Pick<PackedFile<Photo>, 'packed' | 'unusable'> {
  const packed: PackedFile<Photo>['packed'][number][] = [];
  const unusable: PackedFile<Photo>['unusable'][number][] = [];
  fetched.forEach((outcome, index) => {
    const photo = photos[index]!;
    if (outcome.usable) packed.push({ photo, bytes: outcome.bytes });
    else unusable.push({ photo, reason: outcome.reason });
  });
  return { packed, unusable };
}

/**
 * The archive in pieces. Each photo is added when it has arrived, so that its size and checksum stand before its data
 * and every ZIP program can read it, and is passed on before the next one is added.
 * @param fetched receives how each photo arrived, in the order given
 */
async function* zipPieces(
  photos: readonly PhotoToPack[],
  fetched: FetchedPhoto[],
): AsyncGenerator<string | Uint8Array> {
  const zip = new ZipFile();
  const coming = fetchAhead(photos);
  for (const [index, { item }] of photos.entries()) {
    const content = await coming(index);
    if (typeof content === 'string') {
      fetched.push({ usable: false, reason: content });
      continue;
    }
    fetched.push({ usable: true, bytes: content.length });
    zip.addBuffer(content, item.path, ENTRY_OPTIONS);
    for (let piece = ready(zip); piece !== null; piece = ready(zip)) yield piece;
  }
  zip.end();
  yield* zip.outputStream;
}

/** What of the archive can be passed on already; null: nothing, although the types of the stream do not say so. */
function ready(zip: ZipFile): string | Uint8Array | null {
  return zip.outputStream.read();
}

/** Asks for photos in order, always some ahead of the one that is wanted. */
function fetchAhead(photos: readonly PhotoToPack[]): (index: number) => Promise<Buffer | UnusableReason> {
  const underway = new Map<number, Promise<Buffer | UnusableReason>>();
  let asked = 0;
  return (index) => {
    while (asked < Math.min(photos.length, index + AHEAD)) {
      const content = fetchPhoto(photos[asked]!);
      // Failures are reported when the photo's turn comes.
      content.catch(() => undefined);
      underway.set(asked, content);
      asked += 1;
    }
    const content = underway.get(index)!;
    underway.delete(index);
    return content;
  };
}

async function fetchPhoto({ fileId, sha256 }: PhotoToPack): Promise<Buffer | UnusableReason> {
  try {
    const content = Buffer.from(await downloadBytes(fileId, FILE_BYTES_LIMITS.max));
    return createHash('sha256').update(content).digest('hex') === sha256 ? content : 'file-damaged';
  } catch (error) {
    if (error instanceof FileMissingError) return 'file-missing';
    // No finished picture was ever as large as that.
    if (error instanceof FileTooLargeError) return 'file-damaged';
    throw error;
  }
}
