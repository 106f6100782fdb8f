/**
 * WeChat's one-time messages (订阅消息): its own window asks, and one yes allows one message. The window opens only
 * within a tap, so a handler calls this before it waits for anything. A no is an answer, not a problem.
 */
import { Cancelled, PlatformError } from './problem';
import { promised } from './promised';

export type SubscriptionAnswer =
  | 'accepted'
  | 'declined' // this time, or for good with "always keep my choice"
  | 'switched-off' // messages of this mini program are off in WeChat's settings
  | 'unavailable'; // the template is banned, filtered or wrong: nothing that the person could mend

const ANSWERS: Readonly<Record<string, SubscriptionAnswer>> = {
  accept: 'accepted',
  // A yes with the reminder read aloud.
  acceptWithAudio: 'accepted',
  reject: 'declined',
};

// https://developers.weixin.qq.com/miniprogram/dev/api/open-api/subscribe-message/wx.requestSubscribeMessage.html
const SWITCHED_OFF = 20004;
const NETWORK: readonly number[] = [10002, 10003];
/** The window could not open because WeChat went into the background. */
const IN_BACKGROUND = 10005;
/** Of the template or of the mini program as a whole. */
const UNAVAILABLE: readonly number[] = [10001, 10004, 20001, 20002, 20003, 20005, 20013];

/**
 * Asks whether one message of this template may be sent.
 * @throws Cancelled, PlatformError offline, unsupported, unexpected
 */
export async function askForMessage(templateId: string): Promise<SubscriptionAnswer> {
  const asked = await promised<string | number | undefined>((done) => {
    wx.requestSubscribeMessage({
      tmplIds: [templateId],
      success: (result) => {
        done.success(result[templateId]);
      },
      fail: (failure) => {
        if (isKnown(failure.errCode)) done.success(failure.errCode);
        else done.fail(failure);
      },
    });
  });
  if (typeof asked !== 'number') return (asked && ANSWERS[asked]) || 'unavailable';
  if (asked === IN_BACKGROUND) throw new Cancelled();
  if (NETWORK.includes(asked)) throw new PlatformError('offline');
  return asked === SWITCHED_OFF ? 'switched-off' : 'unavailable';
}

const isKnown = (code: number): boolean =>
  [SWITCHED_OFF, IN_BACKGROUND, ...NETWORK, ...UNAVAILABLE].includes(code);
