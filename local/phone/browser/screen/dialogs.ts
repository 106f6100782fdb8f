/**
 * WeChat's dialogs as accessible ones: message box, choice list, permission and privacy questions, toast.
 * A dialog takes the focus, keeps it, answers to Escape where WeChat lets one cancel, and gives it back.
 * Only one dialog is open at a time; the next waits.
 */
import { element, type Screen } from './screen';

export interface DialogButton<Answer> {
  readonly text: string;
  readonly answer: Answer;
  readonly kind?: 'primary' | 'plain';
  readonly colour?: string;
}

export interface DialogContent<Answer> {
  readonly title?: string;
  readonly body?: string | Node;
  readonly buttons: readonly DialogButton<Answer>[];
  /** The answer of Escape and of a tap outside; without it the dialog must be answered. */
  readonly dismiss?: Answer;
  readonly layout?: 'row' | 'column';
  /** Closes the dialog from outside with an answer. */
  readonly close?: { readonly when: Promise<unknown>; readonly answer: Answer };
  /** A field for text, as in `wx.showModal({editable: true})`. */
  readonly input?: { readonly placeholder: string; readonly value: string };
}

export interface DialogResult<Answer> {
  readonly answer: Answer;
  readonly text: string;
}

export class Dialogs {
  private queue: Promise<unknown> = Promise.resolve();
  private toastTimer = 0;
  private toast: HTMLElement | undefined;

  constructor(private readonly screen: Screen) {}

  /** Shows a dialog when its turn comes. */
  ask<Answer>(content: DialogContent<Answer>): Promise<DialogResult<Answer>> {
    const result = this.queue.then(() => this.show(content));
    this.queue = result.catch(() => undefined);
    return result;
  }

  /** @param milliseconds 0 keeps it until `hideToast` @param mask whether it blocks touches */
  showToast(title: string, icon: string, milliseconds: number, mask: boolean): void {
    this.hideToast();
    const toast = element('div', `phone-toast phone-toast--${icon}`);
    const sign = { success: '✓', error: '✕', loading: '◌', none: '' }[icon] ?? '';
    if (sign !== '') {
      const mark = element('span', 'phone-toast__icon');
      mark.textContent = sign;
      mark.setAttribute('aria-hidden', 'true');
      toast.append(mark);
    }
    toast.append(title);
    this.toast = element('div', mask ? 'phone-toast-layer phone-toast-layer--mask' : 'phone-toast-layer');
    this.toast.append(toast);
    this.screen.dialogs.append(this.toast);
    this.screen.status.textContent = title;
    if (milliseconds > 0)
      this.toastTimer = window.setTimeout(() => {
        this.hideToast();
      }, milliseconds);
  }

  hideToast(): void {
    window.clearTimeout(this.toastTimer);
    this.toast?.remove();
    this.toast = undefined;
    this.screen.status.textContent = '';
  }

  private show<Answer>(content: DialogContent<Answer>): Promise<DialogResult<Answer>> {
    return new Promise((resolve) => {
      const before = document.activeElement;
      const layer = element('div', 'phone-dialog-layer');
      const box = element('div', `phone-dialog phone-dialog--${content.layout ?? 'row'}`);
      box.setAttribute('role', 'dialog');
      box.setAttribute('aria-modal', 'true');
      box.tabIndex = -1;
      describe(box, content);
      const input = content.input ? textField(content.input) : undefined;
      if (input) box.append(input);
      const close = (answer: Answer): void => {
        layer.remove();
        this.screen.setInert(false);
        if (before instanceof HTMLElement) before.focus({ preventScroll: true });
        resolve({ answer, text: input?.value ?? '' });
      };
      box.append(buttonRow(content.buttons, close));
      void content.close?.when.then(() => {
        if (layer.isConnected && content.close) close(content.close.answer);
      });
      layer.append(box);
      layer.addEventListener('keydown', (event) => {
        if (event.key === 'Escape' && content.dismiss !== undefined) close(content.dismiss);
        if (event.key === 'Tab') keepFocus(event, box);
      });
      layer.addEventListener('click', (event) => {
        if (event.target === layer && content.dismiss !== undefined) close(content.dismiss);
      });
      this.screen.dialogs.append(layer);
      this.screen.setInert(true);
      (input ?? box.querySelector('button') ?? box).focus({ preventScroll: true });
    });
  }
}

let sequence = 0;

function describe(box: HTMLElement, content: DialogContent<unknown>): void {
  sequence += 1;
  if (content.title !== undefined && content.title !== '') {
    const title = element('h2', 'phone-dialog__title');
    title.id = `phone-dialog-title-${sequence}`;
    title.textContent = content.title;
    box.append(title);
    box.setAttribute('aria-labelledby', title.id);
  }
  if (content.body !== undefined && content.body !== '') {
    const body = element('div', 'phone-dialog__body');
    body.id = `phone-dialog-body-${sequence}`;
    body.append(content.body);
    box.append(body);
    box.setAttribute(box.hasAttribute('aria-labelledby') ? 'aria-describedby' : 'aria-labelledby', body.id);
  }
  if (!box.hasAttribute('aria-labelledby')) box.setAttribute('aria-label', '请选择');
}

function buttonRow<Answer>(
  buttons: readonly DialogButton<Answer>[],
  close: (answer: Answer) => void,
): HTMLElement {
  const row = element('div', 'phone-dialog__buttons');
  for (const { text, answer, kind, colour } of buttons) {
    const button = element('button', `phone-dialog__button phone-dialog__button--${kind ?? 'plain'}`);
    button.type = 'button';
    button.textContent = text;
    if (colour !== undefined) button.style.color = colour;
    button.addEventListener('click', () => {
      close(answer);
    });
    row.append(button);
  }
  return row;
}

function textField(field: { readonly placeholder: string; readonly value: string }): HTMLInputElement {
  const input = element('input', 'phone-dialog__input');
  input.placeholder = field.placeholder;
  input.setAttribute('aria-label', field.placeholder === '' ? '输入' : field.placeholder);
  input.value = field.value;
  return input;
}

function keepFocus(event: KeyboardEvent, box: HTMLElement): void {
  const reachable = [...box.querySelectorAll<HTMLElement>('button, input, a[href]')];
  const first = reachable[0];
  const last = reachable.at(-1);
  if (!first || !last) return;
  if (event.shiftKey && document.activeElement === first) {
    event.preventDefault();
    last.focus();
  } else if (!event.shiftKey && document.activeElement === last) {
    event.preventDefault();
    first.focus();
  }
}
