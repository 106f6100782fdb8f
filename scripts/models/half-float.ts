/**
 * IEEE 754 half precision and single precision. MediaPipe stores most of its weights as fp16 and widens them
 * when a model is loaded: widening is exact, so the ONNX models hold the same numbers. The way back rounds,
 * and is only for models whose recipe asks for it. It refuses numbers that a half cannot hold.
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

/** Bits of a half's mantissa. */
const MANTISSA_BITS = 10;
const SMALLEST_EXPONENT = -14;
const INFINITY = 0x7c00;

/**
 * The 16-bit pattern of the half nearest to `value` among those whose mantissa has at most `mantissaBits` bits
 * (the lower ones are zero; ties go to the even one). Below 2⁻¹⁴ the steps are those of that power, as in every
 * half. Throws RangeError when `value` is no number or rounds beyond a half's range.
 */
export function numberToHalf(value: number, mantissaBits: number): number {
  const size = Math.abs(value);
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const exponent = Math.max(SMALLEST_EXPONENT, Math.floor(Math.log2(size)));
  // 1 … 2 in steps, so that a mantissa that rounds up to 2 carries over into the exponent by itself.
  const steps = roundToEven(size * 2 ** (mantissaBits - exponent));
  const pattern =
    (exponent - SMALLEST_EXPONENT) * 2 ** MANTISSA_BITS + steps * 2 ** (MANTISSA_BITS - mantissaBits);
  if (!(pattern < INFINITY)) throw new RangeError(`${value} does not fit a half`);
  return sign | pattern;
}

/** Little-endian fp16 bytes of the nearest halves, see `numberToHalf`. */
export function floatsToHalfBytes(values: Float32Array, mantissaBits: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(2 * values.length));
  values.forEach((value, i) => {
    view.setUint16(2 * i, numberToHalf(value, mantissaBits), true);
  });
  return new Uint8Array(view.buffer);
}

function roundToEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}
