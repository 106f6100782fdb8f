/**
 * The finished picture as the file the standard asks for: baseline JPEG, 24 bit, a stated density, a size inside
 * the band, the best quality that fits, and nothing in it but the picture. The same pixels give the same bytes.
 * Refuses with RESULT_OUT_OF_STANDARD when no quality that the standard allows meets the band.
 */
import { DomainError } from '../../../miniprogram/shared/errors';
import { type RgbaImage } from '../image/rgba-image';
import { writeDensity } from './jpeg-density';
import { likelyQuality, likelyQualityAfter, nextSurelyTooLarge } from './likely-quality';
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
 * The highest quality whose file is not larger than the band. What is likely decides where to look; what is chosen lies
 * between a quality that is known to fit and one that is known not to. One or two encodes for most pictures.
 */
async function searchQuality(
  image: RgbaImage,
  subsampling: Subsampling,
  { minimumBytes, maximumBytes, minimumQuality }: EncodeOptions,
): Promise<Candidate> {
  let tooLarge = 101;
  let largestTooLarge: Uint8Array = new Uint8Array(0);
  let best: { quality: number; bytes: Uint8Array } | undefined;
  let quality = Math.max(likelyQuality(image, maximumBytes), minimumQuality);
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
    quality = Math.min(Math.max(likelyQualityAfter(quality, bytes.length, maximumBytes), lowest), highest);
  }
  const found = best ?? { quality: minimumQuality, bytes: largestTooLarge };
  const fits = best !== undefined && best.bytes.length >= minimumBytes;
  return { ...found, subsampling, encodes, fits };
}
