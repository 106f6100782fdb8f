/**
 * Takes a workbook apart within limits and puts it together again without compression, so that the reader of
 * spreadsheets only ever sees an archive whose true size is known. A few kilobytes of ZIP can unpack to gigabytes;
 * here every entry is counted before it unpacks, and broken off where its header lied.
 * Refuses pictures, macros and anything else a list does not need.
 */
import { buffer } from 'node:stream/consumers';
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { ZipFile as ZipWriter } from 'yazl';
import { DomainError, isDomainError } from '../../miniprogram/shared/errors';

/** XML of 50,000 rows with ten columns is 30 MB (measured 2026-11); this allows wider lists. */
const MAXIMUM_UNPACKED_BYTES = 80 * 1024 * 1024;
const MAXIMUM_ENTRIES = 2000;

/** What a list is made of: the workbook, its sheets, its shared texts, and the formats that tell dates from numbers. */
const NEEDED = /^(?:\[Content_Types\]\.xml|_rels\/\.rels|xl\/[\w./ -]+\.(?:xml|rels))$/i;
const USELESS = /^xl\/(?:drawings|charts|media|theme|pivotTables|pivotCache|externalLinks|comments)/i;

/** An entry that unpacks to more than its header says is broken off there, so the header's word can be taken. */
const READING = { lazyEntries: true, validateEntrySizes: true };

/** @throws DomainError ROSTER_UNREADABLE {reason: workbook}, ROSTER_TOO_LARGE {unit: bytes} */
export async function safeWorkbook(bytes: Uint8Array): Promise<Buffer> {
  try {
    const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return await repack(await fromBufferPromise(content, READING));
  } catch (error) {
    if (isDomainError(error)) throw error;
    // Whatever the archive is, it is no workbook that can be read: damaged, encrypted, or made to do harm.
    throw new DomainError('ROSTER_UNREADABLE', { reason: 'workbook' });
  }
}

async function repack(archive: ZipFile): Promise<Buffer> {
  if (archive.entryCount > MAXIMUM_ENTRIES)
    throw new DomainError('ROSTER_UNREADABLE', { reason: 'workbook' });
  const writer = new ZipWriter();
  const packed = buffer(writer.outputStream);
  let left = MAXIMUM_UNPACKED_BYTES;
  for await (const entry of archive.eachEntry()) {
    if (!NEEDED.test(entry.fileName) || USELESS.test(entry.fileName)) continue;
    const content = await unpack(archive, entry, left);
    left -= content.length;
    writer.addBuffer(content, entry.fileName, { compress: false });
  }
  writer.end();
  return packed;
}

async function unpack(archive: ZipFile, entry: Entry, maximum: number): Promise<Buffer> {
  if (entry.uncompressedSize > maximum) {
    throw new DomainError('ROSTER_TOO_LARGE', { maximum: MAXIMUM_UNPACKED_BYTES, unit: 'bytes' });
  }
  return buffer(await archive.openReadStreamPromise(entry));
}
