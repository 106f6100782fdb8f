/**
 * IEEE 754 half precision to single precision: MediaPipe stores most of its weights as fp16 and widens them
 * when a model is loaded. Widening is exact, so the ONNX models hold the same numbers. Refuses to
 * round: there is no way back here.
 */

/** The 16-bit pattern `bits` as a number. Exact for every pattern, infinities and NaN included. */
export function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** Little-endian fp16 bytes as numbers. Throws RangeError on an odd number of bytes. */
export function halfBytesToFloats(bytes: Uint8Array): Float32Array {
  if (bytes.length % 2 !== 0) throw new RangeError(`${bytes.length} bytes are no whole fp16 numbers`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Float32Array.from({ length: bytes.length / 2 }, (_, i) => halfToNumber(view.getUint16(2 * i, true)));
}
