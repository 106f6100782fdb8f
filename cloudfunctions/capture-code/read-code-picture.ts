/**
 * From the bytes of a picture to the codes in it, cheapest attempt first. The caller goes on until a code
 * resolves: the first code found may be an advertisement's, and the student's own needs the next attempt.
 * Refuses files by their header before a pixel is decoded, and logs nothing.
 *
 * Measured by scripts/bench/code-pictures.ts; figures in docs/capture-code.md.
 */
import { DomainError, isDomainError } from '../../miniprogram/shared/errors';
import { type PictureLimits, requireAcceptablePicture } from '../picture-header/acceptable-picture';
import { refuseDeflateBomb } from '../picture-header/deflate-bomb';
import { type PictureHeader } from '../picture-header/picture-header';
import { type CodeInPicture } from './code-in-picture';
import { isSamePayload } from './payload';
import { decodeGrey, hasGreyCodec } from './picture/decode-grey';
import { enlarge, reduce, smooth } from './picture/grey-filters';
import { type GreyImage } from './picture/grey-image';
import { isDarkPage, lightenDarkPage, RINGS } from './picture/lighten-dark-page';
import { ZxingReader } from './zxing-reader';

/** A screenshot of ten screens. Only JPEG, which decodes at half size, may have more. */
const LARGEST_WHOLE_PIXELS = 16_000_000;
/** JPEGs above this are read at half size first: better and faster (decoder comparison, 2026-11). */
const LARGEST_AS_SENT_PIXELS = 12_000_000;
/** Up to this the picture is enlarged, above it reduced: 4.2 MP doubled are 17 MB of grey. */
const LARGEST_ENLARGED_PIXELS = 4_200_000;

/** What is taken as a picture of a code. 65 MP JPEG: photos of 48 and 64 MP phones. */
export const CODE_PICTURE_LIMITS: PictureLimits = {
  formats: ['jpeg', 'png', 'webp', 'gif', 'bmp'],
  maximumBytes: 20 * 1024 * 1024,
  maximumPixels: 65_000_000,
  minimumSide: 21, // the smallest code has 21 modules
};

/** An engine of another kind, asked last; gives texts only. See wechat-engine.ts. */
export interface LastEngine {
  read(image: GreyImage): Promise<readonly Uint8Array[]>;
}

export interface ReadingOptions {
  /** Absent: the cascade ends without it. Called only when everything before was not enough. */
  readonly lastEngine?: () => Promise<LastEngine>;
  /** No further attempt begins after so long; an attempt itself cannot be interrupted (0.1–1 s). Default 8 s. */
  readonly budgetMilliseconds?: number;
  readonly limits?: PictureLimits;
}

/**
 * Each step is one attempt and yields the codes that no attempt before it found, often none. Stop iterating as
 * soon as a code resolves.
 * @throws DomainError IMAGE_* at the first step for what is refused by its header; IMAGE_DAMAGED or
 *   IMAGE_COLOUR_UNSUPPORTED later where no code was found and the pixels cannot be had
 */
export async function* readCodePicture(
  bytes: Uint8Array,
  options: ReadingOptions = {},
): AsyncGenerator<readonly CodeInPicture[], void, undefined> {
  const header = await requireReadable(bytes, options.limits ?? CODE_PICTURE_LIMITS);
  const deadline = performance.now() + (options.budgetMilliseconds ?? 8000);
  const found: CodeInPicture[] = [];
  for await (const codes of attempts(bytes, header, options.lastEngine, () => found.length > 0)) {
    const known = found.length;
    for (const code of codes) {
      if (!found.some(({ payload }) => isSamePayload(payload, code.payload))) found.push(code);
    }
    yield found.slice(known);
    if (performance.now() > deadline) return;
  }
}

/**
 * All codes of the first attempt that finds any: for listing what is in a picture where nothing can resolve it.
 * @throws as `readCodePicture`
 */
export async function readFirstCodes(
  bytes: Uint8Array,
  options?: ReadingOptions,
): Promise<readonly CodeInPicture[]> {
  for await (const codes of readCodePicture(bytes, options)) {
    if (codes.length > 0) return codes;
  }
  return [];
}

async function requireReadable(bytes: Uint8Array, limits: PictureLimits): Promise<PictureHeader> {
  const header = requireAcceptablePicture(bytes, limits);
  const { format, width, height, bits, colourModel } = header;
  if (format !== 'jpeg' && width * height > LARGEST_WHOLE_PIXELS) {
    throw new DomainError('IMAGE_TOO_LARGE_PIXELS', { width, height, maximum: LARGEST_WHOLE_PIXELS });
  }
  if (format === 'jpeg' && bits !== 8) {
    throw new DomainError('IMAGE_COLOUR_UNSUPPORTED', { format, colourModel, bits });
  }
  await refuseDeflateBomb(bytes, header);
  return header;
}

/** The cascade. Every yield is one attempt; nothing after it runs before the caller asks for more. */
async function* attempts(
  bytes: Uint8Array,
  header: PictureHeader,
  lastEngine: ReadingOptions['lastEngine'],
  anyFound: () => boolean,
): AsyncGenerator<readonly CodeInPicture[]> {
  const zxing = new ZxingReader();
  let opened = false;
  if (isReadAsSent(header)) {
    // zxing-cpp opens these files itself, which is the fastest way to a code: 15 ms for a screenshot.
    const asSent = await zxing.readFile(bytes, header, 'as-sent');
    opened = asSent.opened;
    yield asSent.codes;
  }

  const image = await greyPixels(bytes, header, opened, anyFound);
  if (image === undefined) return;
  if (image.width < header.width) yield zxing.readPixels(image, 'reduced', false);
  else if (!opened || header.alpha) yield zxing.readPixels(image, 'on-white', false);

  const large = image.width * image.height > LARGEST_ENLARGED_PIXELS;
  if (large) yield zxing.readPixels(reduce(image), 'reduced', true);
  else yield zxing.readPixels(enlarge(image), 'enlarged', true);

  yield zxing.readPixels(smooth(image), 'smoothed', true);

  for (const ring of isDarkPage(image) ? RINGS : []) {
    if (ring.enlarged && large) continue;
    const page = ring.enlarged ? enlarge(image) : image;
    yield zxing.readPixels(lightenDarkPage(page, ring.width), 'dark-page', false);
  }

  if (lastEngine === undefined) return;
  const payloads = await (await lastEngine()).read(large ? reduce(image) : image);
  yield payloads.map((payload) => ({ payload, stage: 'second-engine' }));
}

/** Files that zxing-cpp opens; not photos so large that they are better read at half size first. */
function isReadAsSent({ format, width, height }: PictureHeader): boolean {
  return format === 'jpeg' ? width * height <= LARGEST_AS_SENT_PIXELS : format !== 'webp';
}

/**
 * The pixels for everything after the first attempt, large JPEGs at half size.
 * @param opened whether the first attempt could open the file
 * @returns undefined where the cascade ends here: no codec of ours, too large for one, or something was found before
 */
async function greyPixels(
  bytes: Uint8Array,
  header: PictureHeader,
  opened: boolean,
  anyFound: () => boolean,
): Promise<GreyImage | undefined> {
  if (opened && !hasGreyCodec(header)) return undefined;
  try {
    const halve = header.format === 'jpeg' && header.width * header.height > LARGEST_AS_SENT_PIXELS;
    return await decodeGrey(bytes, header, halve ? 4 : 8);
  } catch (error) {
    if (isDomainError(error) && anyFound()) return undefined;
    throw error;
  }
}
