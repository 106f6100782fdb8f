/**
 * Frames on disk: one line each, `checksum length payload`. A frame is written and synced as a whole, so after a
 * power cut only the last one can be damaged. Damage anywhere else is not a torn tail but a broken disk or a
 * helping hand, and opening refuses rather than dropping what was acknowledged.
 */
import { createHash } from 'node:crypto';

const NEWLINE = 0x0a;
const HEADER = /^([0-9a-f]{16}) (\d+) $/;
const MAXIMUM_HEADER = 40;

export class DamagedFile extends Error {
  constructor(path: string, position: number) {
    super(`${path} is damaged at byte ${position}: restore it from a copy`);
    this.name = 'DamagedFile';
  }
}

export function encodeFrame(payload: string): Buffer {
  const body = Buffer.from(payload, 'utf8');
  return Buffer.concat([Buffer.from(`${checksum(body)} ${body.length} `, 'latin1'), body, Buffer.from('\n')]);
}

export interface FramesRead {
  readonly payloads: readonly string[];
  /** Bytes of intact frames from the beginning; anything after is a torn tail. */
  readonly intactBytes: number;
}

/**
 * Reads frames up to the end or to a torn tail.
 * @throws DamagedFile when an intact frame follows a damaged one
 */
export function readFrames(content: Buffer, path: string): FramesRead {
  const payloads: string[] = [];
  let position = 0;
  while (position < content.length) {
    const frame = frameAt(content, position);
    if (frame === undefined) {
      if (anyFrameAfter(content, position)) throw new DamagedFile(path, position);
      break;
    }
    payloads.push(frame.payload);
    position = frame.end;
  }
  return { payloads, intactBytes: position };
}

function frameAt(content: Buffer, start: number): { payload: string; end: number } | undefined {
  const head = content.toString('latin1', start, Math.min(start + MAXIMUM_HEADER, content.length));
  const header = HEADER.exec(head.slice(0, head.indexOf(' ', 17) + 1));
  if (header === null) return undefined;
  const from = start + header[0].length;
  const to = from + Number(header[2]);
  if (to >= content.length || content[to] !== NEWLINE) return undefined;
  const body = content.subarray(from, to);
  return checksum(body) === header[1] ? { payload: body.toString('utf8'), end: to + 1 } : undefined;
}

function anyFrameAfter(content: Buffer, damaged: number): boolean {
  for (let at = content.indexOf(NEWLINE, damaged); at !== -1; at = content.indexOf(NEWLINE, at + 1)) {
    if (frameAt(content, at + 1) !== undefined) return true;
  }
  return false;
}

/** 64 bits of SHA-256: one in 1.8·10¹⁹ damaged frames would pass. */
function checksum(body: Buffer): string {
  return createHash('sha256').update(body).digest('hex').slice(0, 16);
}
