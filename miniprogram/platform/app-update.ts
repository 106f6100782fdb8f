/**
 * WeChat's own update of the mini program: it opens the package that the phone has, fetches a newer one meanwhile, and
 * uses that at the next cold start only (developers.weixin.qq.com, 小程序更新机制). Refuses to ask anybody: see
 * `services/offer-update.ts`.
 */

/** Nothing is done where fetching fails: WeChat tries again at the next start. */
export function onUpdateFetched(listener: () => void): void {
  wx.getUpdateManager().onUpdateReady(listener);
}

/** Closes the mini program and opens the newer one. What is not on the phone's storage is lost. */
export function restartWithUpdate(): void {
  wx.getUpdateManager().applyUpdate();
}
