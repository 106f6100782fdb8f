/** The moment when a network comes back. */

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
