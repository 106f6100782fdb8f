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

/**
 * What stands between several numbers, or before an extension: a batch may name 0550-3510012 转 8 or 62782001/62782002
 * (`shared/batch/batch-rules.ts`), the deployment's own number may be written in any way.
 */
const AFTER_THE_NUMBER = /[转、,，/／;；或]|分机|ext/i;
/** An extension as a third group behind area code and number: 0550-3510012-8003, but not 400-820-8820. */
const THIRD_GROUP = /^(\D*0\d{2,3}\D+\d{7,8})[-\s]+\d{1,5}\s*$/;

/** Calls the first number that a text names. An extension is not dialled: it is asked for by a voice, after a while. */
export function callTelephone(telephone: string): void {
  const first = telephone.split(AFTER_THE_NUMBER).find((part) => /\d/.test(part)) ?? '';
  const number = first.replace(THIRD_GROUP, '$1');
  const digits = number.replace(/\D/g, '');
  // A plus means something in front only, and behind the country's number an area code has no 0: +86 (0550) 3510012.
  const phoneNumber = number.trimStart().startsWith('+') ? `+${digits.replace(/^860/, '86')}` : digits;
  // A person who closes the call sheet has not failed at anything.
  wx.makePhoneCall({ phoneNumber, fail: () => undefined });
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
