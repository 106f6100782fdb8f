/** Sharing: asks the page what the card says and shows it; nothing leaves the computer. */
import { type Phone } from './phone';

interface ShareContent {
  readonly title?: string;
  readonly path?: string;
  readonly imageUrl?: string;
}

export function share(phone: Phone, target?: { readonly id: string; readonly dataset: object }): void {
  const { top } = phone.pages;
  if (!top) return;
  const from = target ? 'button' : 'menu';
  const content = phone.pages.call(top, 'onShareAppMessage', { from, target }) as ShareContent | undefined;
  const title = content?.title ?? phone.project.app.window?.navigationBarTitleText ?? '';
  const path = content?.path ?? `/${top.route}`;
  phone.log.add('share', `${title} → ${path}`);
  void phone.dialogs.ask({
    title: '发送给朋友',
    body: `${title}（${path}）`,
    buttons: [{ text: '完成', answer: null, kind: 'primary' }],
    dismiss: null,
  });
}
