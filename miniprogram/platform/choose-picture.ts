/**
 * Choosing a picture of the capture code, from the album or from a chat. The album serves for codes only: the rules
 * want the portrait taken live, so no function here may be used for it.
 */
import { promised } from './promised';
import { Cancelled } from './problem';

/** @throws Cancelled, PlatformError privacy-refused */
export async function chooseCodeFromAlbum(): Promise<string> {
  const { tempFiles } = await promised<WechatMiniprogram.ChooseMediaSuccessCallbackResult>((done) => {
    wx.chooseMedia({
      count: 1,
      mediaType: ['image'],
      sourceType: ['album'],
      // A compressed screenshot loses the small modules of the code.
      sizeType: ['original'],
      ...done,
    });
  }, 'picture-unreadable');
  return firstPath(tempFiles.map((file) => file.tempFilePath));
}

/** @throws Cancelled, PlatformError privacy-refused */
export async function chooseCodeFromChat(): Promise<string> {
  const { tempFiles } = await promised<WechatMiniprogram.ChooseMessageFileSuccessCallbackResult>((done) => {
    wx.chooseMessageFile({ count: 1, type: 'image', ...done });
  }, 'picture-unreadable');
  return firstPath(tempFiles.map((file) => file.path));
}

function firstPath(paths: readonly string[]): string {
  const [path] = paths;
  if (path === undefined) throw new Cancelled();
  return path;
}
