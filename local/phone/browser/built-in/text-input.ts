/** `input` and `textarea`: WeChat's properties and events over HTML's fields. */
import { type BuiltIn, type BuiltInHost, type Property } from './define';
import { mirrorLabel } from './form';

const PROPERTIES: Readonly<Record<string, Property>> = {
  value: String,
  type: { type: String, value: 'text' },
  password: Boolean,
  placeholder: String,
  placeholderStyle: String,
  placeholderClass: String,
  disabled: Boolean,
  maxlength: { type: Number, value: 140 },
  cursorSpacing: null,
  focus: Boolean,
  autoFocus: Boolean,
  confirmType: { type: String, value: 'done' },
  confirmHold: Boolean,
  alwaysEmbed: Boolean,
  cursor: Number,
  cursorColor: String,
  selectionStart: { type: Number, value: -1 },
  selectionEnd: { type: Number, value: -1 },
  adjustPosition: { type: Boolean, value: true },
  holdKeyboard: Boolean,
  name: String,
  autoHeight: Boolean,
  fixed: Boolean,
  showConfirmBar: { type: Boolean, value: true },
  disableDefaultPadding: Boolean,
  adjustKeyboardTo: String,
};

/** Keyboards of a phone for WeChat's types. */
const INPUT_MODES: Readonly<Record<string, string>> = {
  number: 'numeric',
  digit: 'decimal',
  idcard: 'text',
  text: 'text',
  nickname: 'text',
};

/** What WeChat's keyboard for ID numbers has no key for. */
const NO_ID_CARD_KEY = /[^0-9X]/i;

const ENTER_KEY_HINTS: Readonly<Record<string, string>> = {
  send: 'send',
  search: 'search',
  next: 'next',
  go: 'go',
  done: 'done',
  return: 'enter',
};

type Field = HTMLInputElement | HTMLTextAreaElement;

export const input: BuiltIn = {
  tag: 'input',
  properties: PROPERTIES,
  setup: (host) => setUpField(host, document.createElement('input')),
};

export const textarea: BuiltIn = {
  tag: 'textarea',
  properties: PROPERTIES,
  setup: (host) => setUpField(host, document.createElement('textarea')),
};

function setUpField(
  host: BuiltInHost,
  field: Field,
): { on: Record<string, (value: never) => void>; attached(): void } {
  host.element.append(field);
  mirrorLabel(host, field);
  listen(host, field);
  return {
    attached: () => {
      if (host.boolean('focus') || host.boolean('autoFocus')) field.focus();
    },
    on: {
      value: (value: string) => {
        if (field.value !== value) field.value = value;
      },
      type: (type: string) => {
        field.inputMode = INPUT_MODES[type] ?? 'text';
      },
      password: (password: boolean) => {
        if (field instanceof HTMLInputElement) field.type = password ? 'password' : 'text';
      },
      placeholder: (placeholder: string) => {
        field.placeholder = placeholder;
      },
      disabled: (disabled: boolean) => {
        field.disabled = disabled;
      },
      maxlength: (length: number) => {
        if (length < 0) field.removeAttribute('maxlength');
        else field.maxLength = length;
      },
      confirmType: (type: string) => {
        field.enterKeyHint = ENTER_KEY_HINTS[type] ?? 'done';
      },
      focus: (focused: boolean) => {
        if (focused && field.isConnected) field.focus();
        else if (!focused && document.activeElement === field) field.blur();
      },
    },
  };
}

function listen(host: BuiltInHost, field: Field): void {
  field.addEventListener('beforeinput', (event) => {
    if (!(event instanceof InputEvent) || event.inputType !== 'insertText') return;
    if (host.string('type') === 'idcard' && NO_ID_CARD_KEY.test(event.data ?? '')) event.preventDefault();
  });
  field.addEventListener('input', () => {
    host.set('value', field.value);
    host.trigger('input', {
      value: field.value,
      cursor: field.selectionStart ?? field.value.length,
      keyCode: 0,
    });
  });
  field.addEventListener('focus', () => {
    host.trigger('focus', { value: field.value, height: 0 });
  });
  field.addEventListener('blur', () => {
    host.trigger('blur', { value: field.value, cursor: field.selectionStart ?? 0 });
  });
  field.addEventListener('change', () => {
    host.trigger('change', { value: field.value });
  });
  field.addEventListener('keydown', (event) => {
    if (!(event instanceof KeyboardEvent) || event.key !== 'Enter' || event.isComposing) return;
    if (field instanceof HTMLTextAreaElement && host.string('confirmType') === 'return') return;
    event.preventDefault();
    host.trigger('confirm', { value: field.value });
    if (!host.boolean('confirmHold')) field.blur();
  });
}
