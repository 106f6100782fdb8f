/** Puts text where the person can paste it, e.g. into a chat. WeChat itself says that it was copied. */
import { promised } from '../../platform/promised';

/** @throws PlatformError privacy-refused, unexpected */
export async function copyText(data: string): Promise<void> {
  await promised((done) => {
    wx.setClipboardData({ data, ...done });
  });
}
