/**
 * The one picture type of the photo engine: eight-bit sRGB with straight (not premultiplied) alpha,
 * row by row from the top left. Every stage takes and gives this type, so that no stage depends on
 * the image library of another. It refuses sizes that its pixels do not fill.
 */
export interface RgbaImage {
  /** Pixels, ≥ 1. */
  readonly width: number;
  /** Pixels, ≥ 1. */
  readonly height: number;
  /** width × height × 4 bytes: red, green, blue, alpha. */
  readonly data: Uint8ClampedArray;
}

/** A new picture, transparent black. Throws RangeError when a side is not a positive whole number. */
export function createImage(width: number, height: number): RgbaImage {
  if (!Number.isInteger(width) || !Number.isInteger(height) || width < 1 || height < 1) {
    throw new RangeError(`picture sides must be positive whole numbers, got ${width}×${height}`);
  }
  return { width, height, data: new Uint8ClampedArray(width * height * 4) };
}

/**
 * Wraps bytes that another library owns without copying them. Throws RangeError when the bytes are
 * fewer or more than width × height × 4.
 */
export function wrapPixels(width: number, height: number, bytes: Uint8Array | Uint8ClampedArray): RgbaImage {
  if (width < 1 || height < 1 || bytes.length !== width * height * 4) {
    throw new RangeError(`${bytes.length} bytes do not hold ${width}×${height} RGBA pixels`);
  }
  const data =
    bytes instanceof Uint8ClampedArray
      ? bytes
      : new Uint8ClampedArray(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { width, height, data };
}
