/**
 * A workbook taken apart within limits, and put together again without compression, so that the reader of
 * spreadsheets only ever sees an archive whose true size is known. A few kilobytes of ZIP can unpack to gigabytes;
 * here every entry is counted before it unpacks, and broken off where its header lied.
 * Refuses pictures, macros and anything else a list does not need.
 */
import { PassThrough, type Readable } from 'node:stream';
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

/** The XML files of a workbook by their names in it. */
export type WorkbookParts = ReadonlyMap<string, Buffer>;

/** An entry that unpacks to more than its header says is broken off there, so the header's word can be taken. */
const READING = { lazyEntries: true, validateEntrySizes: true };

/** @throws DomainError ROSTER_UNREADABLE {reason: workbook}, ROSTER_TOO_LARGE {unit: bytes} */
export async function unpackWorkbook(bytes: Uint8Array): Promise<WorkbookParts> {
  try {
    const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return await unpackParts(await fromBufferPromise(content, READING));
  } catch (error) {
    if (isDomainError(error)) throw error;
    // Whatever the archive is, it is no workbook that can be read: damaged, encrypted, or made to do harm.
    throw new DomainError('ROSTER_UNREADABLE', { reason: 'workbook' });
  }
}

/** @throws DomainError ROSTER_TOO_LARGE {unit: bytes} where the parts have grown beyond the limit */
export function packWorkbook(parts: WorkbookParts): Readable {
  const size = [...parts.values()].reduce((total, { length }) => total + length, 0);
  if (size > MAXIMUM_UNPACKED_BYTES) throw tooLarge();
  const writer = new ZipWriter();
  for (const [name, content] of parts) writer.addBuffer(content, name, { compress: false });
  writer.end();
  return writer.outputStream.pipe(new PassThrough());
}

const SHEET = /^xl\/worksheets\/[^/]+\.xml$/i;

/** Bytes are read as Latin-1: what is looked for is ASCII, and everything else passes through as it is. */
const BYTES = 'latin1';

/** @param rewrite from the XML of one sheet to what takes its place; where it writes, it writes ASCII */
export function rewriteSheets(parts: WorkbookParts, rewrite: (xml: string) => string): WorkbookParts {
  return new Map(
    [...parts].map(([name, content]) => [name, SHEET.test(name) ? rewritten(content, rewrite) : content]),
  );
}

/** Most sheets have nothing to rewrite, and a list's is tens of megabytes. */
function rewritten(content: Buffer, rewrite: (xml: string) => string): Buffer {
  const xml = content.toString(BYTES);
  const changed = rewrite(xml);
  return changed === xml ? content : Buffer.from(changed, BYTES);
}

async function unpackParts(archive: ZipFile): Promise<WorkbookParts> {
  if (archive.entryCount > MAXIMUM_ENTRIES)
    throw new DomainError('ROSTER_UNREADABLE', { reason: 'workbook' });
  const parts = new Map<string, Buffer>();
  let left = MAXIMUM_UNPACKED_BYTES;
  for await (const entry of archive.eachEntry()) {
    if (!NEEDED.test(entry.fileName) || USELESS.test(entry.fileName)) continue;
    const content = await unpack(archive, entry, left);
    left -= content.length;
    parts.set(entry.fileName, content);
  }
  return parts;
}

async function unpack(archive: ZipFile, entry: Entry, maximum: number): Promise<Buffer> {
  if (entry.uncompressedSize > maximum) throw tooLarge();
  return buffer(await archive.openReadStreamPromise(entry));
}

function tooLarge(): DomainError {
  return new DomainError('ROSTER_TOO_LARGE', { maximum: MAXIMUM_UNPACKED_BYTES, unit: 'bytes' });
}
