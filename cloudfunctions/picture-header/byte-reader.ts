/**
 * Bounds-checked reading of untrusted bytes, so that no parser of this folder can run past the end of a file.
 * Refuses to return anything for a place that does not exist: it throws `HeaderTruncated`, which the
 * dispatcher turns into the outcome "damaged".
 */

/** The header announces bytes that the file does not have, or values that contradict each other. */
export class HeaderTruncated extends Error {
  constructor() {
    super('the header ends before it is complete or contradicts itself');
    this.name = 'HeaderTruncated';
  }
}

export class ByteReader {
  private readonly view: DataView;

  constructor(readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get length(): number {
    return this.bytes.length;
  }

  uint8(at: number): number {
    this.require(at, 1);
    return this.view.getUint8(at);
  }

  uint16(at: number, littleEndian = false): number {
    this.require(at, 2);
    return this.view.getUint16(at, littleEndian);
  }

  uint24(at: number): number {
    this.require(at, 3);
    return this.view.getUint16(at, true) | (this.view.getUint8(at + 2) << 16);
  }

  uint32(at: number, littleEndian = false): number {
    this.require(at, 4);
    return this.view.getUint32(at, littleEndian);
  }

  int32(at: number, littleEndian = false): number {
    this.require(at, 4);
    return this.view.getInt32(at, littleEndian);
  }

  /** Whether the ASCII text stands at this place; false, not an error, where the file is shorter. */
  hasText(at: number, text: string): boolean {
    if (at < 0 || at + text.length > this.length) return false;
    for (let index = 0; index < text.length; index++) {
      if (this.bytes[at + index] !== text.charCodeAt(index)) return false;
    }
    return true;
  }

  /** A view (no copy) on a range that must exist whole. */
  slice(at: number, length: number): ByteReader {
    this.require(at, length);
    return new ByteReader(this.bytes.subarray(at, at + length));
  }

  private require(at: number, length: number): void {
    if (at < 0 || length < 0 || at + length > this.length) throw new HeaderTruncated();
  }
}
