/** Which identities the local cloud lets in; commands ask here before they start anything. */

/** As WeChat's. All digits would be turned into a number by the SDK, and a long one into another number. */
const OPENID = /^(?!\d+$)[A-Za-z0-9_-]{1,64}$/;

export function isOpenid(text: string): boolean {
  return OPENID.test(text);
}
