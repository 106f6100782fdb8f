/**
 * Subscription messages: a stand-in for WeChat's window, and it says so. It asks, answers in WeChat's form and knows
 * nothing of templates; a message that the cloud sends reaches nobody here. Refuses, as WeChat does, to ask unless
 * somebody has just tapped.
 */
import { type Phone } from '../phone/phone';
import { call, WxFailure } from './api';

type Answer = 'accept' | 'reject';

/** @param tapped whether a finger was there a moment ago */
export function subscriptionFunctions(
  phone: Pick<Phone, 'dialogs'>,
  tapped: () => boolean = () => navigator.userActivation.isActive,
): Record<string, unknown> {
  return {
    requestSubscribeMessage: call<{ readonly tmplIds?: readonly string[] }>(
      'requestSubscribeMessage',
      async ({ tmplIds = [] }) => {
        if (!tapped()) throw new WxFailure('can only be invoked by user TAP gesture.');
        if (tmplIds.length === 0) throw new WxFailure("TmplIds can't be empty", { errCode: 10001 });
        const { answer } = await phone.dialogs.ask<Answer>({
          title: '发送一次性订阅消息（模拟）',
          body: `浏览器手机代替微信询问，模板 ${tmplIds.join('、')}。这里不会真的收到消息。`,
          buttons: [
            { text: '取消', answer: 'reject' },
            { text: '允许', answer: 'accept', kind: 'primary' },
          ],
          dismiss: 'reject',
        });
        return Object.fromEntries(tmplIds.map((id) => [id, answer]));
      },
    ),
  };
}
