/** The capsule's menu: share, settings, home, start again. */
import { type Phone } from '../phone/phone';
import { share } from '../phone/share';

export async function showMenu(phone: Phone): Promise<void> {
  const { answer } = await phone.dialogs.ask({
    title: phone.project.app.window?.navigationBarTitleText ?? '小程序',
    buttons: [
      { text: '发送给朋友', answer: 'share' },
      { text: '设置', answer: 'settings' },
      { text: '回到首页', answer: 'home' },
      { text: '重新进入小程序', answer: 'restart' },
      { text: '取消', answer: 'cancel' },
    ] as const,
    dismiss: 'cancel',
    layout: 'column',
  });
  switch (answer) {
    case 'share':
      share(phone);
      break;
    case 'settings':
      await phone.authorization.openSettings();
      break;
    case 'home':
      phone.pages.restart(`/${phone.pages.homePath}`);
      break;
    case 'restart':
      location.reload();
      break;
    case 'cancel':
      break;
  }
}
