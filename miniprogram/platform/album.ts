/** Saving a picture to the phone's album, from a short-lived address. Write only: nothing is read from the album. */
import { removeKeptFile } from './kept-files';
import { promised } from './promised';
import { PlatformError } from './problem';

// A phone names a temporary download by its Content-Type, and takes only names of pictures into the album. What a
// function stored has none, because the SDK sends none (@cloudbase/node-sdk 3.17.2: storage/index.js): the name ends in
// `.bin` and saving in `saveImageToPhotosAlbum:fail invalid file type`; the developer tools name it by its address
// (WeChat's community, threads of 2019-10 and 2021-08, read 2026-11). A path of our own ends as we say. Each saving has one
// of its own: a slow one that somebody left behind removes nobody else's picture. What a killed mini program leaves there
// goes at the next launch, by the beginning of its name (`sweep-portraits.ts`).
const NAME = 'portrait-for-album';
let count = 0;

/**
 * Downloads a JPEG picture and puts it into the album; nothing stays in the mini program's own folder.
 * @throws Cancelled, PlatformError offline, timed-out, storage-full, album-refused, privacy-refused
 */
export async function saveToAlbum(url: string): Promise<void> {
  count += 1;
  const filePath = `${wx.env.USER_DATA_PATH}/${NAME}-${Date.now()}-${count}.jpg`;
  try {
    const { statusCode } = await promised<WechatMiniprogram.DownloadFileSuccessCallbackResult>(
      (done) => wx.downloadFile({ url, filePath, ...done }),
      'offline',
    );
    // An answer that is no picture lies there all the same.
    if (statusCode !== 200) throw new PlatformError('offline', `download answered ${statusCode}`);
    await promised((done) => {
      wx.saveImageToPhotosAlbum({ filePath, ...done });
    });
  } finally {
    await removeKeptFile(filePath);
  }
}
