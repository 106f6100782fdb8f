/**
 * A picture file on the phone: what it is, and a smaller JPEG of it. Refuses to crop, turn or beautify: only the
 * number of pixels and the file format may change.
 */
import { Size, drawJpeg, removeDrawing } from './draw-picture';
import { promised } from './promised';
import { PlatformError } from './problem';
import { withinPatience } from './within-patience';

export interface PictureInfo {
  readonly path: string;
  readonly width: number;
  readonly height: number;
  /** As WeChat names it: jpeg, png, webp, gif, heic, unknown … */
  readonly type: string;
  /** EXIF orientation in words; `up` needs no turning. */
  readonly orientation: string;
}

/** File types that the cloud reads, as it wants them named. */
export type PictureExtension = 'jpg' | 'png' | 'webp';

const EXTENSIONS: Readonly<Record<string, PictureExtension>> = {
  jpeg: 'jpg',
  jpg: 'jpg',
  png: 'png',
  webp: 'webp',
};

/** @throws PlatformError picture-unreadable */
export async function inspectPicture(path: string): Promise<PictureInfo> {
  const info = await promised<ReportedInfo>((done) => {
    wx.getImageInfo({ src: path, ...done });
  }, 'picture-unreadable');
  const { width, height, type = 'unknown', orientation = 'up' } = info;
  return { path, width, height, type: type.toLowerCase(), orientation };
}

/** The typings promise all four; older phones leave out the last two. */
interface ReportedInfo {
  readonly width: number;
  readonly height: number;
  readonly type?: string;
  readonly orientation?: string;
}

/** Undefined for a type that the cloud does not read. */
export function extensionOf({ type }: PictureInfo): PictureExtension | undefined {
  return EXTENSIONS[type];
}

/** At most `longSide` pixels on its longer side. */
export function isWithin({ width, height }: PictureInfo, longSide: number): boolean {
  return Math.max(width, height) <= longSide;
}

/**
 * A JPEG of the picture whose long side is at most `longSide` pixels, or what comes nearest to it on this phone: the
 * picture itself, where nothing else can be made of it and the cloud reads its type.
 *
 * Which is not rare: on an iPhone the camera gives PNG, while `wx.compressImage` is documented there for JPEG only, and
 * its sizes were reported to have no effect (developers.weixin.qq.com: CameraContext.takePhoto, wx.compressImage; community
 * 000c08940c865011298e0a43256800, 2022). So what comes out is looked at, and a drawing is the second way.
 * Whoever has used it calls `removeDrawing`: one of the ways writes it where WeChat does not tidy up.
 * @param quality 0–100
 * @throws PlatformError picture-unreadable when the cloud could not read what there is
 */
export async function toSmallerJpeg(
  picture: PictureInfo,
  longSide: number,
  quality: number,
): Promise<PictureInfo> {
  let nearest = picture;
  for (const make of [compressed, drawn]) {
    const making = make(picture, fitting(picture, longSide), quality);
    const looking = withinPatience(PATIENCE_MS, 'picture-unreadable', () => making.then(inspectPicture));
    const made = await looking.catch(() => undefined);
    if (made === undefined || extensionOf(made) === undefined) {
      // Also one that is ready only now, when nobody waits for it any more.
      making.then(removeDrawing).catch(() => undefined);
      continue;
    }
    nearest = made;
    if (extensionOf(made) === 'jpg' && isWithin(made, longSide)) break;
  }
  if (extensionOf(nearest) === undefined) throw new PlatformError('picture-unreadable');
  return nearest;
}

/** Nobody waits longer for a smaller file than the whole one takes to be sent. */
const PATIENCE_MS = 10_000;

function fitting({ width, height }: PictureInfo, longSide: number): Size {
  const scale = Math.min(1, longSide / Math.max(width, height));
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

type Make = (picture: PictureInfo, size: Size, quality: number) => Promise<string>;

const compressed: Make = async ({ path }, { width, height }, quality) => {
  // Both names: WeChat's staff advise the shorter ones for phones that overlook the documented ones (same thread).
  const size = {
    compressedWidth: width,
    compressedHeight: height,
    compressWidth: width,
    compressHeight: height,
  };
  const { tempFilePath } = await promised<{ tempFilePath: string }>((done) => {
    wx.compressImage({ src: path, quality, ...size, ...done });
  });
  return tempFilePath;
};

const drawn: Make = ({ path, orientation }, size, quality) => {
  // Whether a drawing follows the EXIF mark differs by phone: such a picture could come out lying on its side.
  if (orientation !== 'up') return Promise.reject(new PlatformError('picture-unreadable'));
  return drawJpeg(path, size, quality);
};
