/**
 * From the bytes of a portrait to the one working picture of the engine: upright, sRGB, opaque, and no larger
 * than the output needs. Everything that can be known from the header is refused before a pixel is decoded.
 * Refuses what it cannot show rightly, and never levels, mirrors, crops or sharpens.
 */
import { DomainError } from '../../../miniprogram/shared/errors';
import { type PictureLimits, requireAcceptablePicture } from '../../picture-header/acceptable-picture';
import { ByteReader } from '../../picture-header/byte-reader';
import { refuseDeflateBomb } from '../../picture-header/deflate-bomb';
import { type ExifOrientation, type PictureHeader } from '../../picture-header/picture-header';
import { pngChunks } from '../../picture-header/png-header';
import { resample } from '../image/resample';
import { type RgbaImage } from '../image/rgba-image';
import { convertToSrgb, parseMatrixProfile } from './colour-profile';
import { readEmbeddedProfile } from './embedded-profile';
import { layOnWhite } from './lay-on-white';
import { asImage, PHOTO_FORMATS } from './photo-jimp';
import { decodeTurboJpeg, type Eighths, scaledSide } from './turbo-jpeg';
import { toUpright } from './upright';

/** 48 MP phones write 8064 × 6048, 64 MP ones 9248 × 6936; 12,000 × 12,000 is a bomb. */
const LARGEST_JPEG_PIXELS = 65_000_000;
/** PNG and WebP have no scaled decoding: at 4 bytes a pixel and three buffers 25 MP need 300 MB. */
const LARGEST_UNSCALED_PIXELS = 25_000_000;

/** What is taken as a portrait. 30 MB: the largest 64 MP JPEGs of phones stay below; 480: the width of the result. */
export const PHOTO_LIMITS: PictureLimits = {
  formats: ['jpeg', 'png', 'webp'],
  maximumBytes: 30 * 1024 * 1024,
  maximumPixels: LARGEST_JPEG_PIXELS,
  minimumSide: 480,
};

/**
 * The result is 640 px high and a framed head takes about half of the picture the camera sees, so that the crop
 * of a picture of this size is reduced by 1.3–2.5. Smaller only where the original is smaller; develop-photo.ts asks for
 * more where somebody stands far away.
 */
export const WORKING_LONGEST_SIDE = 1600;

/** Up to half as much again is kept at full size: scaling by seven eighths costs more than it saves. */
const KEPT_WHOLE = 1.5;

export type PhotoFormat = 'jpeg' | 'png' | 'webp';

/** What decoding did to the picture beyond reading it; what was not done is not in the list. */
export type DecodeOperation =
  | { readonly name: 'lay-on-white' }
  | { readonly name: 'apply-exif-orientation'; readonly orientation: ExifOrientation }
  | { readonly name: 'reduce'; readonly factor: number }
  | { readonly name: 'convert-to-srgb' }
  /** The file has a colour profile that cannot be computed with: its levels were taken for sRGB. */
  | { readonly name: 'ignore-colour-profile' };

export interface DecodedPhoto {
  /** Upright, opaque, sRGB; the longest side is at least the one asked for, where the original has it. */
  readonly image: RgbaImage;
  /** Working pixels per original pixel, 0 < scale ≤ 1. */
  readonly scale: number;
  readonly original: {
    /** Upright pixels of the file, after EXIF orientation. */
    readonly width: number;
    readonly height: number;
    readonly format: PhotoFormat;
  };
  /** In order. Orientation and reduction always stand there, for a file that needed neither as 1 and 1. */
  readonly operations: readonly DecodeOperation[];
}

export interface DecodeOptions {
  /** Pixels that the longest side of the working picture must have, where the original has them. */
  readonly longestSide?: number;
  readonly limits?: PictureLimits;
}

/**
 * @param bytes the whole file as it came
 * @returns the working picture and what it was made from
 * @throws DomainError IMAGE_EMPTY, IMAGE_FORMAT_UNSUPPORTED, IMAGE_ANIMATED, IMAGE_TOO_LARGE_BYTES,
 *   IMAGE_TOO_LARGE_PIXELS, IMAGE_TOO_SMALL, IMAGE_DAMAGED, IMAGE_COLOUR_UNSUPPORTED
 */
export async function decodePhoto(bytes: Uint8Array, options: DecodeOptions = {}): Promise<DecodedPhoto> {
  const header = requireAcceptablePicture(bytes, options.limits ?? PHOTO_LIMITS);
  const format = requireReadable(header);
  // pngjs inflates interlaced pictures without a limit: 0.9 MB grew to 1.8 GB (measured).
  await refuseDeflateBomb(bytes, header);
  const longestSide = options.longestSide ?? WORKING_LONGEST_SIDE;

  const { stored, scale, transparent } = await decodeStored(bytes, header, format, longestSide);
  const image = toUpright(stored, header.exifOrientation);
  const colour = applyProfile(image, bytes, format);

  const orientation = header.exifOrientation;
  const turned = orientation >= 5;
  return {
    image,
    scale,
    original: {
      width: turned ? header.height : header.width,
      height: turned ? header.width : header.height,
      format,
    },
    operations: [
      ...(transparent ? [{ name: 'lay-on-white' } as const] : []),
      { name: 'apply-exif-orientation', orientation },
      { name: 'reduce', factor: scale },
      ...(colour === undefined ? [] : [{ name: colour }]),
    ],
  };
}

/** What the header says and the codecs behind cannot do rightly. */
function requireReadable(header: PictureHeader): PhotoFormat {
  const { format, colourModel, bits, width, height } = header;
  if (format !== 'jpeg' && format !== 'png' && format !== 'webp') {
    throw new DomainError('IMAGE_FORMAT_UNSUPPORTED', { format });
  }
  // Print colours need the press's profile to be shown rightly, and no camera writes them; 12-bit JPEG likewise.
  const printColours = colourModel === 'cmyk' || colourModel === 'ycck';
  if (printColours || (format === 'jpeg' && bits !== 8)) {
    throw new DomainError('IMAGE_COLOUR_UNSUPPORTED', { format, colourModel, bits });
  }
  if (format !== 'jpeg' && width * height > LARGEST_UNSCALED_PIXELS) {
    throw new DomainError('IMAGE_TOO_LARGE_PIXELS', { width, height, maximum: LARGEST_UNSCALED_PIXELS });
  }
  return format;
}

interface StoredPicture {
  /** As the file stores them, opaque, at the working scale. */
  readonly stored: RgbaImage;
  readonly scale: number;
  /** Whether anything had to be laid on white. */
  readonly transparent: boolean;
}

async function decodeStored(
  bytes: Uint8Array,
  header: PictureHeader,
  format: PhotoFormat,
  longestSide: number,
): Promise<StoredPicture> {
  if (format === 'jpeg') {
    const eighths = neededEighths(Math.max(header.width, header.height), longestSide);
    const stored = decodeTurboJpeg(bytes, eighths);
    requireSize(stored, scaledSide(header.width, eighths), scaledSide(header.height, eighths), format);
    return { stored, scale: eighths / 8, transparent: false };
  }
  const full = await decodeWhole(bytes, format);
  requireSize(full, header.width, header.height, format);
  // Before anything is reduced, so that what is transparent does not bleed into what is seen.
  const transparent = header.alpha && layOnWhite(full);
  const longest = Math.max(full.width, full.height);
  if (longest <= longestSide * KEPT_WHOLE) return { stored: full, scale: 1, transparent };
  const scale = longestSide / longest;
  const area = { x: 0, y: 0, width: full.width, height: full.height };
  const stored = resample(full, area, Math.round(full.width * scale), Math.round(full.height * scale));
  return { stored, scale, transparent };
}

async function decodeWhole(bytes: Uint8Array, format: 'png' | 'webp'): Promise<RgbaImage> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (format === 'webp') return asImage(await PHOTO_FORMATS.webp.decode(file));
  try {
    return asImage(PHOTO_FORMATS.png.decode(withoutTail(file)));
  } catch {
    // pngjs throws plain errors for every fault of the file: check sums, cut-off data, impossible filters.
    throw new DomainError('IMAGE_DAMAGED', { format });
  }
}

/** What stands behind the picture's last chunk belongs to no picture; pngjs refuses the whole file for it. */
function withoutTail(png: Buffer): Buffer {
  for (const { type, end } of pngChunks(new ByteReader(png)))
    if (type === 'IEND') return png.subarray(0, end);
  return png;
}

/** The smallest number of eighths that still gives the side asked for. */
function neededEighths(longest: number, wanted: number): Eighths {
  if (longest <= wanted * KEPT_WHOLE) return 8;
  return Math.min(Math.max(Math.ceil((8 * wanted) / longest), 1), 8) as Eighths;
}

/** A header that lies about the size fails here, after the decoder and before anybody relies on it. */
function requireSize(image: RgbaImage, width: number, height: number, format: PhotoFormat): void {
  if (image.width !== width || image.height !== height) throw new DomainError('IMAGE_DAMAGED', { format });
}

/** @returns what was done about colour; nothing for sRGB, under whatever name */
function applyProfile(
  image: RgbaImage,
  bytes: Uint8Array,
  format: PhotoFormat,
): 'convert-to-srgb' | 'ignore-colour-profile' | undefined {
  const profile = readEmbeddedProfile(bytes, format);
  if (profile === undefined) return undefined;
  const matrix = profile === 'unreadable' ? undefined : parseMatrixProfile(profile);
  if (matrix === undefined) return 'ignore-colour-profile';
  return convertToSrgb(image.data, matrix) ? 'convert-to-srgb' : undefined;
}
