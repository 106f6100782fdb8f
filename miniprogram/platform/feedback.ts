/** Short signals and questions of the phone itself: vibration, a line that passes, a yes or no, a call. */
import { promised } from './promised';

/** A light tick; phones without a motor stay silent. */
export function vibrateLightly(): void {
  wx.vibrateShort({ type: 'medium', fail: () => undefined });
}

export function vibrateStrongly(): void {
  wx.vibrateLong({ fail: () => undefined });
}

export function say(title: string): void {
  void wx.showToast({ title, icon: 'none', duration: 2500 });
}

export interface YesNo {
  readonly title: string;
  readonly text: string;
  /** At most four characters: WeChat refuses longer ones. */
  readonly yes: string;
  readonly no: string;
}

let asking = false;

/** The answer; no while another question is open, so that a second quick tap asks nothing twice. */
export async function ask({ title, text, yes, no }: YesNo): Promise<boolean> {
  if (asking) return false;
  asking = true;
  try {
    const { confirm } = await promised<{ confirm: boolean }>((done) => {
      wx.showModal({ title, content: text, confirmText: yes, cancelText: no, ...done });
    });
    return confirm;
  } finally {
    asking = false;
  }
}

export function callTelephone(telephone: string): void {
  // A person who closes the call sheet has not failed at anything.
  wx.makePhoneCall({ phoneNumber: telephone.replace(/[^\d+]/g, ''), fail: () => undefined });
}

export function keepScreenOn(on: boolean): void {
  wx.setKeepScreenOn({ keepScreenOn: on, fail: () => undefined });
}

export function enlarge(urls: readonly string[], current: string): void {
  wx.previewImage({ urls: [...urls], current, fail: () => undefined });
}

/** The pulled-down page springs back. */
export function endPullDown(): void {
  void wx.stopPullDownRefresh();
}
