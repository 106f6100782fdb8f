/** Saving a picture to the phone's album, from a short-lived address. Write only: nothing is read from the album. */
import { promised } from './promised';
import { PlatformError } from './problem';

/**
 * Downloads to a temporary file.
 * @throws PlatformError offline, timed-out
 */
export async function downloadPicture(url: string): Promise<string> {
  const { statusCode, tempFilePath } = await promised<WechatMiniprogram.DownloadFileSuccessCallbackResult>(
    (done) => wx.downloadFile({ url, ...done }),
    'offline',
  );
  if (statusCode !== 200) throw new PlatformError('offline', `download answered ${statusCode}`);
  return tempFilePath;
}

/** @throws Cancelled, PlatformError album-refused, privacy-refused */
export async function saveToAlbum(filePath: string): Promise<void> {
  await promised((done) => {
    wx.saveImageToPhotosAlbum({ filePath, ...done });
  });
}
