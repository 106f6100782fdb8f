/**
 * A picture drawn anew in another size, as JPEG. Refuses to look at what came out, and pictures that EXIF turns: see
 * `picture-file.ts`.
 *
 * The canvas is off-screen, for which WeChat documents neither way out of it: `wx.canvasToTempFilePath` is "not for
 * off-screen canvases yet", and `toDataURL` stands on the page of Canvas only (since 2.11.0). Android takes the first;
 * iPhones answered "fail invalid viewId" until about 2024, a Mac still does, and there the second one works
 * (GitHub xiaweiss/miniprogram-bug-report #85 and #300, 2023–2024; CSDN 129554503, 2023: the same on an iPhone). So
 * both are tried. A `<canvas>` on the three pages that make pictures smaller would be documented, but has to be on the
 * page and laid out at that moment; and where both ways fail, the camera's own file is still sent.
 */
import { removeKeptFile } from './kept-files';
import { PlatformError } from './problem';
import { promised } from './promised';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * @param quality 0–100
 * @returns a temporary file, or one for `removeDrawing`
 */
export async function drawJpeg(path: string, size: Size, quality: number): Promise<string> {
  const canvas: Canvas = wx.createOffscreenCanvas({ type: '2d', ...size });
  const image = canvas.createImage();
  await promised((done) => {
    image.onload = done.success;
    image.onerror = () => {
      done.fail({ errMsg: 'image:fail' });
    };
    image.src = path;
  });
  (canvas.getContext('2d') as Drawing).drawImage(image, 0, 0, size.width, size.height);
  return exported(canvas, size, quality / 100).catch(() => written(canvas, quality / 100));
}

// Swept at launch by this name (`sweep-portraits.ts`).
const DRAWING = /\/drawn-[^/]*$/;

/** Removes a picture that `drawJpeg` had to write into the user folder; every other file stays. */
export async function removeDrawing(path: string): Promise<void> {
  if (DRAWING.test(path)) await removeKeptFile(path);
}

async function exported(canvas: Canvas, { width, height }: Size, quality: number): Promise<string> {
  const { tempFilePath } = await promised<{ tempFilePath: string }>((done) => {
    // Without the last two the drawing comes out as many times larger as the screen has pixels per point.
    const size = { width, height, destWidth: width, destHeight: height };
    wx.canvasToTempFilePath({ canvas, fileType: 'jpg', quality, ...size, ...done });
  });
  return tempFilePath;
}

// A browser that cannot write JPEG gives PNG, as the standard of HTML says; without room for the canvas it gives "data:,".
const DATA_URL = /^data:image\/(jpeg|png);base64,(.+)$/;

let count = 0;

async function written(canvas: Canvas, quality: number): Promise<string> {
  const [, type = '', data = ''] = DATA_URL.exec(canvas.toDataURL?.('image/jpeg', quality) ?? '') ?? [];
  if (data === '') throw new PlatformError('unsupported');
  count += 1;
  const filePath = `${wx.env.USER_DATA_PATH}/drawn-${Date.now()}-${count}.${type === 'png' ? 'png' : 'jpg'}`;
  await promised((done) => {
    wx.getFileSystemManager().writeFile({ filePath, data, encoding: 'base64', ...done });
  });
  return filePath;
}

/** As phones have it: the typings give an off-screen canvas no `toDataURL`. */
interface Canvas extends WechatMiniprogram.OffscreenCanvas {
  toDataURL?(type: string, quality: number): string;
}

/** What is used of a canvas's 2d context, which the typings leave open. */
interface Drawing {
  drawImage(image: WechatMiniprogram.Image, x: number, y: number, width: number, height: number): void;
}
