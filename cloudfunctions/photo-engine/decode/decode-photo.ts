/**
 * From the bytes of a portrait to the one working picture of the engine: upright, sRGB, opaque, and no larger
 * than the output needs. Everything that can be known from the header is refused before a pixel is decoded.
 * Refuses what it cannot show rightly, and never levels, mirrors, crops or sharpens.
 */
import { DomainError } from '../../../miniprogram/shared/errors';
import { type PictureLimits, requireAcceptablePicture } from '../../picture-header/acceptable-picture';
import { refuseDeflateBomb } from '../../picture-header/deflate-bomb';
import { type ExifOrientation, type PictureHeader } from '../../picture-header/picture-header';
import { resample } from '../image/resample';
import { type RgbaImage } from '../image/rgba-image';
import { convertToSrgb, parseMatrixProfile } from './colour-profile';
import { readEmbeddedProfile } from './embedded-profile';
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

/** What was found about colour: nothing to do, brought to sRGB, or a profile that cannot be computed with. */
export type ColourHandling = 'srgb' | 'converted-to-srgb' | 'profile-not-applied';

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
    /** As the file says; already applied to `image`. */
    readonly orientation: ExifOrientation;
  };
  readonly colour: ColourHandling;
  /** True when the file had transparent pixels, which were laid on white. */
  readonly flattened: boolean;
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

  const { stored, scale } = await decodeStored(bytes, header, format, longestSide);
  const image = toUpright(stored, header.exifOrientation);
  const flattened = header.alpha && layOnWhite(image);
  const colour = applyProfile(image, bytes, format);

  const turned = header.exifOrientation >= 5;
  return {
    image,
    scale,
    original: {
      width: turned ? header.height : header.width,
      height: turned ? header.width : header.height,
      format,
      orientation: header.exifOrientation,
    },
    colour,
    flattened,
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

/** Pixels as the file stores them, at the working scale. */
async function decodeStored(
  bytes: Uint8Array,
  header: PictureHeader,
  format: PhotoFormat,
  longestSide: number,
): Promise<{ stored: RgbaImage; scale: number }> {
  if (format === 'jpeg') {
    const eighths = neededEighths(Math.max(header.width, header.height), longestSide);
    const stored = decodeTurboJpeg(bytes, eighths);
    requireSize(stored, scaledSide(header.width, eighths), scaledSide(header.height, eighths), format);
    return { stored, scale: eighths / 8 };
  }
  const full = await decodeWhole(bytes, format);
  requireSize(full, header.width, header.height, format);
  const longest = Math.max(full.width, full.height);
  if (longest <= longestSide * KEPT_WHOLE) return { stored: full, scale: 1 };
  if (header.alpha) layOnWhite(full);
  const scale = longestSide / longest;
  const area = { x: 0, y: 0, width: full.width, height: full.height };
  const stored = resample(full, area, Math.round(full.width * scale), Math.round(full.height * scale));
  return { stored, scale };
}

async function decodeWhole(bytes: Uint8Array, format: 'png' | 'webp'): Promise<RgbaImage> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (format === 'webp') return asImage(await PHOTO_FORMATS.webp.decode(file));
  try {
    return asImage(PHOTO_FORMATS.png.decode(file));
  } catch {
    // pngjs throws plain errors for every fault of the file: check sums, cut-off data, impossible filters.
    throw new DomainError('IMAGE_DAMAGED', { format });
  }
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

/** @returns whether there was anything transparent; a camera's picture has nothing */
function layOnWhite({ data }: RgbaImage): boolean {
  let transparent = false;
  for (let at = 0; at < data.length; at += 4) {
    const alpha = data[at + 3]!;
    if (alpha === 255) continue;
    transparent = true;
    for (let channel = at; channel < at + 3; channel++) {
      data[channel] = 255 + ((data[channel]! - 255) * alpha) / 255;
    }
    data[at + 3] = 255;
  }
  return transparent;
}

function applyProfile(image: RgbaImage, bytes: Uint8Array, format: PhotoFormat): ColourHandling {
  const profile = readEmbeddedProfile(bytes, format);
  if (profile === undefined) return 'srgb';
  const matrix = parseMatrixProfile(profile);
  if (matrix === undefined) return 'profile-not-applied';
  return convertToSrgb(image.data, matrix) ? 'converted-to-srgb' : 'srgb';
}
