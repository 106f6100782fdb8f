/** The moment when a network comes back. */

/** Calls back whenever a connection appears. Returns the function that ends it. */
export function onOnline(listener: () => void): () => void {
  const heard = ({ isConnected }: { isConnected: boolean }): void => {
    if (isConnected) listener();
  };
  wx.onNetworkStatusChange(heard);
  return () => {
    wx.offNetworkStatusChange(heard);
  };
}
