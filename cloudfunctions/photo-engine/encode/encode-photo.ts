/**
 * The finished picture as the file the standard asks for: baseline JPEG, 24 bit, a stated density, a size inside
 * the band, the best quality that fits, and nothing in it but the picture. The same pixels give the same bytes.
 * Refuses with RESULT_OUT_OF_STANDARD when no quality that the standard allows meets the band.
 */
import { DomainError } from '../../../miniprogram/shared/errors';
import { type RgbaImage } from '../image/rgba-image';
import { writeDensity } from './jpeg-density';
import { encodeMozJpeg, type Subsampling } from './moz-jpeg';

export interface EncodeOptions {
  /** The file size, both ends allowed. */
  readonly minimumBytes: number;
  readonly maximumBytes: number;
  /** 1–100; JPEG, quality ≥ 60 in the standard (教毕指〔2017〕99号). */
  readonly minimumQuality: number;
  readonly dotsPerInch: number;
}

export interface EncodedPhoto {
  readonly bytes: Uint8Array;
  /** libjpeg's scale. */
  readonly quality: number;
  readonly subsampling: Subsampling;
  /** How often the encoder ran. */
  readonly encodes: number;
}

/**
 * Below this quality the eight-by-eight blocks of full chroma cost more in luma than half chroma costs at the
 * edge between hair and background; above it full chroma keeps that edge clean.
 */
const FULL_CHROMA_FROM_QUALITY = 75;

/** Where most portraits of 480 × 640 on an even background land at 40 KB (89–91 of 54 of 96 portraits, 2026-11). */
const FIRST_QUALITY = 90;

/**
 * @param image opaque, any size (480 × 640 in the chain)
 * @throws DomainError RESULT_OUT_OF_STANDARD with details.items = ['file-bytes'] and the nearest size in details.bytes
 */
export async function encodePhoto(image: RgbaImage, settings: EncodeOptions): Promise<EncodedPhoto> {
  const full = await searchQuality(image, '4:4:4', settings);
  const best =
    full.fits && full.quality >= Math.max(FULL_CHROMA_FROM_QUALITY, settings.minimumQuality)
      ? full
      : await searchQuality(image, '4:2:0', settings);
  const encodes = best === full ? full.encodes : full.encodes + best.encodes;
  const chosen = best.fits ? best : full;
  if (!chosen.fits) {
    throw new DomainError('RESULT_OUT_OF_STANDARD', { items: ['file-bytes'], bytes: chosen.bytes.length });
  }
  writeDensity(chosen.bytes, settings.dotsPerInch);
  return { bytes: chosen.bytes, quality: chosen.quality, subsampling: chosen.subsampling, encodes };
}

interface Candidate {
  readonly bytes: Uint8Array;
  readonly quality: number;
  readonly subsampling: Subsampling;
  readonly encodes: number;
  readonly fits: boolean;
}

/**
 * The highest quality whose file is not larger than the band. How file size grows with quality hardly differs from
 * portrait to portrait, so that one encode tells which quality to try; the bracket of what is known to fit and known
 * not to closes the rest. Two encodes for most pictures.
 */
async function searchQuality(
  image: RgbaImage,
  subsampling: Subsampling,
  { minimumBytes, maximumBytes, minimumQuality }: EncodeOptions,
): Promise<Candidate> {
  let tooLarge = 101;
  let largestTooLarge: Uint8Array = new Uint8Array(0);
  let best: { quality: number; bytes: Uint8Array } | undefined;
  let quality = Math.max(FIRST_QUALITY, minimumQuality);
  let encodes = 0;
  for (;;) {
    const bytes = await encodeMozJpeg(image, quality, subsampling);
    encodes++;
    if (bytes.length > maximumBytes) {
      tooLarge = quality;
      largestTooLarge = bytes;
    } else {
      best = { quality, bytes };
      if (nextSurelyTooLarge(quality, bytes.length, maximumBytes)) tooLarge = quality + 1;
    }
    const lowest = (best?.quality ?? minimumQuality - 1) + 1;
    const highest = tooLarge - 1;
    if (lowest > highest) break;
    quality = Math.min(Math.max(predictQuality(quality, bytes.length, maximumBytes), lowest), highest);
  }
  const found = best ?? { quality: minimumQuality, bytes: largestTooLarge };
  const fits = best !== undefined && best.bytes.length >= minimumBytes;
  return { ...found, subsampling, encodes, fits };
}

/**
 * File size by quality against that at quality 90: 480 × 640, mozjpeg with annex K tables, full chroma; geometric mean
 * of 96 portraits (2026-11). Step by step where portraits land: the tables' values are whole numbers, so that a step is
 * worth 4 % or 10 %, in nearly every portrait within a quarter of that. With the table of one half of the portraits the
 * other half took 2.1 encodes.
 */
const SIZE_AT_QUALITY = [
  [60, 0.414],
  [70, 0.505],
  [74, 0.557],
  [78, 0.615],
  [80, 0.646],
  [81, 0.67],
  [82, 0.692],
  [83, 0.722],
  [84, 0.746],
  [85, 0.774],
  [86, 0.812],
  [87, 0.843],
  [88, 0.896],
  [89, 0.931],
  [90, 1],
  [91, 1.064],
  [92, 1.118],
  [93, 1.229],
  [94, 1.361],
  [95, 1.516],
  [96, 1.741],
  [97, 1.993],
  [98, 2.296],
  [100, 3],
] as const;

/** Straight between the table's points, and on beyond its ends. */
function relativeSize(quality: number): number {
  const above = SIZE_AT_QUALITY.findIndex(([known]) => known >= quality);
  const upper = Math.max(1, above === -1 ? SIZE_AT_QUALITY.length - 1 : above);
  const [q0, size0] = SIZE_AT_QUALITY[upper - 1]!;
  const [q1, size1] = SIZE_AT_QUALITY[upper]!;
  return Math.max(0.01, size0 + ((quality - q0) / (q1 - q0)) * (size1 - size0));
}

/** The highest quality that should fit, by one encode at another. */
function predictQuality(quality: number, bytes: number, wanted: number): number {
  let predicted = 100;
  while (predicted > 1 && (bytes * relativeSize(predicted)) / relativeSize(quality) > wanted) predicted--;
  return predicted;
}

/** The least part of the table's growth from one quality to the next that any portrait showed. */
const SURE_GROWTH = 0.6;

function nextSurelyTooLarge(quality: number, bytes: number, maximum: number): boolean {
  if (quality >= 100) return true;
  const growth = relativeSize(quality + 1) / relativeSize(quality) - 1;
  return bytes * (1 + SURE_GROWTH * growth) > maximum;
}
