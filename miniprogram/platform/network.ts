/** Whether there is a network, and the moment when it comes back. */
import { promised } from './promised';

export async function isOnline(): Promise<boolean> {
  try {
    const { networkType } = await promised<{ networkType: string }>((done) => {
      wx.getNetworkType(done);
    });
    return networkType !== 'none';
  } catch {
    // Unknown: let the call itself find out.
    return true;
  }
}

/** Calls back whenever a connection appears. Returns the function that ends it. */
export function onOnline(listener: () => void): () => void {
  const heard = ({ isConnected }: { isConnected: boolean }): void => {
    if (isConnected) listener();
  };
  wx.onNetworkStatusChange(heard);
  return () => {
    // The typings give the listener to remove another parameter than the listener to add.
    wx.offNetworkStatusChange(heard as unknown as WechatMiniprogram.OffNetworkStatusChangeCallback);
  };
}
