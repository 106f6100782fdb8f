/**
 * A picture file on the phone: what it is, and a smaller JPEG of it. Refuses to crop, turn or beautify: only the
 * number of pixels and the file format may change.
 */
import { promised } from './promised';

export interface PictureInfo {
  readonly path: string;
  readonly width: number;
  readonly height: number;
  /** As WeChat names it: jpeg, png, webp, gif, heic, unknown … */
  readonly type: string;
  /** EXIF orientation in words; `up` needs no turning. */
  readonly orientation: string;
}

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

/**
 * A JPEG of the picture whose long side is at most `longSide` pixels.
 * @param quality 0–100
 */
export async function toSmallerJpeg(
  picture: PictureInfo,
  longSide: number,
  quality: number,
): Promise<string> {
  const scale = Math.min(1, longSide / Math.max(picture.width, picture.height));
  const { tempFilePath } = await promised<{ tempFilePath: string }>((done) => {
    wx.compressImage({
      src: picture.path,
      quality,
      compressedWidth: Math.round(picture.width * scale),
      compressedHeight: Math.round(picture.height * scale),
      ...done,
    });
  }, 'picture-unreadable');
  return tempFilePath;
}
