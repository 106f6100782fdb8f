/**
 * Where WeChat's own typings (miniprogram-api-typings 5.2.3) say something else than its guide, and phones follow the
 * guide: the declarations here are merged into them. Refuses types of our own; those stand where they are used.
 */
// Before ours, so that ours are asked first.
/// <reference types="miniprogram-api-typings" />
declare namespace WechatMiniprogram {
  interface PrivacyAnswer {
    readonly event: 'agree' | 'disagree' | 'exposureAuthorization';
    /** With `agree`: the button that was tapped. WeChat checks that it was. */
    readonly buttonId?: string;
  }

  interface Wx {
    /**
     * The listener gets a function that answers; the typings give it one plain result.
     * https://developers.weixin.qq.com/miniprogram/dev/api/open-api/privacy/wx.onNeedPrivacyAuthorization.html
     */
    onNeedPrivacyAuthorization(listener: (resolve: (answer: PrivacyAnswer) => void) => void): void;
    /**
     * Takes away the listener that was added; the typings give it another parameter than that one.
     * https://developers.weixin.qq.com/miniprogram/dev/api/device/network/wx.offNetworkStatusChange.html
     */
    offNetworkStatusChange(listener: OnNetworkStatusChangeCallback): void;
  }
}
