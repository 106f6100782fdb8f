/** Toasts, message boxes and choice lists. */
import { type Phone } from '../phone/phone';
import { call, WxFailure } from './api';

interface ToastOptions {
  readonly title?: string;
  readonly icon?: string;
  readonly duration?: number;
  readonly mask?: boolean;
}

interface ModalOptions {
  readonly title?: string;
  readonly content?: string;
  readonly showCancel?: boolean;
  readonly cancelText?: string;
  readonly confirmText?: string;
  readonly cancelColor?: string;
  readonly confirmColor?: string;
  readonly editable?: boolean;
  readonly placeholderText?: string;
}

interface ActionSheetOptions {
  readonly alertText?: string;
  readonly itemList: readonly string[];
  readonly itemColor?: string;
}

/** WeChat's own limits; beyond them real phones refuse. */
const BUTTON_TEXT_LIMIT = 4;
const ACTION_LIMIT = 6;
const TOAST_MS = 1500;

export function dialogFunctions(phone: Phone): Record<string, unknown> {
  const { dialogs } = phone;
  return {
    showToast: call<ToastOptions>(
      'showToast',
      ({ title = '', icon = 'success', duration = TOAST_MS, mask }) => {
        dialogs.showToast(title, icon, duration, mask === true);
        return undefined;
      },
    ),
    hideToast: call('hideToast', () => {
      dialogs.hideToast();
      return undefined;
    }),
    showLoading: call<ToastOptions>('showLoading', ({ title = '', mask }) => {
      dialogs.showToast(title, 'loading', 0, mask === true);
      return undefined;
    }),
    hideLoading: call('hideLoading', () => {
      dialogs.hideToast();
      return undefined;
    }),
    showModal: call<ModalOptions>('showModal', async (options) => {
      const cancelText = options.cancelText ?? '取消';
      const confirmText = options.confirmText ?? '确定';
      if (confirmText.length > BUTTON_TEXT_LIMIT)
        throw new WxFailure('confirmText length should not larger than 4 Chinese characters');
      if (cancelText.length > BUTTON_TEXT_LIMIT)
        throw new WxFailure('cancelText length should not larger than 4 Chinese characters');
      const cancel = {
        text: cancelText,
        answer: false,
        ...(options.cancelColor !== undefined && { colour: options.cancelColor }),
      };
      const confirm = {
        text: confirmText,
        answer: true,
        kind: 'primary' as const,
        ...(options.confirmColor !== undefined && { colour: options.confirmColor }),
      };
      const editable = options.editable === true;
      const { answer, text } = await dialogs.ask({
        title: options.title ?? '',
        body: editable ? '' : (options.content ?? ''),
        buttons: options.showCancel === false ? [confirm] : [cancel, confirm],
        ...(options.showCancel !== false && { dismiss: false }),
        ...(editable && {
          input: { placeholder: options.placeholderText ?? '', value: options.content ?? '' },
        }),
      });
      return { confirm: answer, cancel: !answer, content: editable && answer ? text : null };
    }),
    showActionSheet: call<ActionSheetOptions>(
      'showActionSheet',
      async ({ itemList, alertText, itemColor }) => {
        if (itemList.length > ACTION_LIMIT)
          throw new WxFailure('parameter error: itemList should not be large than 6');
        const items = itemList.map((text, answer) => ({
          text,
          answer,
          ...(itemColor !== undefined && { colour: itemColor }),
        }));
        const { answer } = await dialogs.ask({
          title: alertText ?? '',
          buttons: [...items, { text: '取消', answer: -1 }],
          dismiss: -1,
          layout: 'column',
        });
        if (answer < 0) throw new WxFailure('cancel');
        return { tapIndex: answer };
      },
    ),
  };
}
