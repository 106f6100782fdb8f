/** The student's side of WeChat's reminder: what one yes brings, and what to do after a no. */
import { SubscriptionAnswer } from '../platform/subscription';

export const REMINDER_WORDS = {
  ask: '截止前提醒我一次',
  /** Not "we will": a person at the school sends it. */
  promise: '到时还没有完成，学校可以在微信里发一条消息提醒你。',
  allowed: '已同意，学校催办时会在微信里提醒你一次。',
} as const;

/** Nobody has done anything wrong, and the photo does not depend on it. */
export const NOT_REMINDED_WORDS: Record<Exclude<SubscriptionAnswer, 'accepted'>, string> = {
  declined: '好的，不会提醒。改变主意可以再点；没有弹出询问的，请点右上角“…”，在“设置”里允许接收通知。',
  'switched-off': '这个小程序的通知在微信里关着。想要提醒，请点右上角“…”，在“设置”里打开通知，再点一次。',
  unavailable: '提醒暂时用不了，不影响拍照。请自己记一下截止时间。',
};
