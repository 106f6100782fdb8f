/**
 * Packs one volume: photos stream out of the storage into a ZIP on the function's own disk, a few on their way at a
 * time, each compared with the hash that was recorded when it was developed; then the file goes up as a stream.
 * Nothing of it is held in memory. The bytes follow from the photos and their names alone: fixed times, fixed order.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ZipFile } from 'yazl';
import { downloadBytes, uploadFile } from '../platform/storage';
import { writeHashed } from './write-hashed';
import { FILE_BYTES_LIMITS } from '../../miniprogram/shared/photo-standard/photo-standard';
import { type FileId } from '../../miniprogram/shared/identity/ids';

export interface PhotoToPack {
  readonly path: string;
  readonly fileId: FileId;
  readonly sha256: string;
}

export interface PackedFile {
  readonly fileId: FileId;
  readonly bytes: number;
  readonly sha256: string;
  /** Of each photo, in the order given. */
  readonly photoBytes: readonly number[];
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

/** A stored photo is not what was recorded: a bug or damage, never something to hand on. */
export class DamagedPhotoError extends Error {
  constructor() {
    super('a stored photo does not match its recorded hash');
    this.name = 'DamagedPhotoError';
  }
}

/** @throws DamagedPhotoError, FileMissingError */
export async function packVolume(photos: readonly PhotoToPack[], cloudPath: string): Promise<PackedFile> {
  const folder = await mkdtemp(join(tmpdir(), 'volume-'));
  try {
    const path = join(folder, 'volume.zip');
    const photoBytes: number[] = [];
    const written = await writeHashed(zipPieces(photos, photoBytes), path);
    return { fileId: await uploadFile(cloudPath, createReadStream(path)), ...written, photoBytes };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * The archive in pieces. Each photo is added when it has arrived, so that its size and checksum stand before its data
 * and every ZIP program can read it, and is passed on before the next one is added.
 */
async function* zipPieces(
  photos: readonly PhotoToPack[],
  photoBytes: number[],
): AsyncGenerator<string | Uint8Array> {
  const zip = new ZipFile();
  const coming = fetchAhead(photos);
  for (const [index, { path }] of photos.entries()) {
    const content = await coming(index);
    photoBytes.push(content.length);
    zip.addBuffer(content, path, ENTRY_OPTIONS);
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
function fetchAhead(photos: readonly PhotoToPack[]): (index: number) => Promise<Buffer> {
  const underway = new Map<number, Promise<Buffer>>();
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

async function fetchPhoto({ fileId, sha256 }: PhotoToPack): Promise<Buffer> {
  const content = Buffer.from(await downloadBytes(fileId, FILE_BYTES_LIMITS.max));
  if (createHash('sha256').update(content).digest('hex') !== sha256) throw new DamagedPhotoError();
  return content;
}
