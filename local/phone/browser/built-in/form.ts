/**
 * Form controls with WeChat's properties and events, drawn with HTML's own controls inside wherever text is
 * typed, and with roles and keyboard where WeChat draws them itself.
 */
import { type Phone } from '../phone/phone';
import { type BuiltIn, type BuiltInHost, hostOf, pressable } from './define';

export const button: BuiltIn = {
  tag: 'button',
  properties: {
    size: { type: String, value: 'default' },
    type: { type: String, value: 'default' },
    plain: Boolean,
    disabled: Boolean,
    loading: Boolean,
    formType: String,
    openType: String,
    lang: String,
    sessionFrom: String,
    sendMessageTitle: String,
    sendMessagePath: String,
    sendMessageImg: String,
    showMessageCard: Boolean,
    appParameter: String,
    phoneNumberNoQuotaToast: Boolean,
    activityType: null,
    entrancePath: String,
    needShowEntrance: Boolean,
  },
  setup(host, phone) {
    const { element } = host;
    element.setAttribute('role', 'button');
    element.tabIndex = 0;
    pressable(host, 'button-hover');
    host.listen('tap', () => {
      if (!host.boolean('disabled')) pressButton(host, phone);
    });
    const reflect = (name: string) => (value: unknown) => {
      if (value === true) element.setAttribute(name, '');
      else if (value === false || value === '') element.removeAttribute(name);
      else element.setAttribute(name, String(value));
    };
    return {
      on: {
        disabled: (disabled: boolean) => {
          reflect('disabled')(disabled);
          if (disabled) element.setAttribute('aria-disabled', 'true');
          else element.removeAttribute('aria-disabled');
          element.tabIndex = disabled ? -1 : 0;
        },
        loading: (loading: boolean) => {
          reflect('loading')(loading);
          if (loading) element.setAttribute('aria-busy', 'true');
          else element.removeAttribute('aria-busy');
        },
        type: reflect('type'),
        size: reflect('size'),
        plain: reflect('plain'),
      },
    };
  },
};

function pressButton(host: BuiltInHost, phone: Phone): void {
  const formType = host.string('formType');
  const form = host.closest('form');
  if (formType === 'submit' && form) submitForm(form);
  if (formType === 'reset' && form) resetForm(form);
  const openTypes = host.string('openType').split('|');
  if (openTypes.includes('agreePrivacyAuthorization')) {
    phone.authorization.agreeByButton(host.id);
    host.trigger('agreeprivacyauthorization', { errMsg: 'agreePrivacyAuthorization:ok' });
  }
  if (openTypes.includes('share')) phone.share(host);
  if (openTypes.includes('openSetting')) {
    void phone.authorization.openSettings().then(() => {
      host.trigger('opensetting', { errMsg: 'openSetting:ok', authSetting: phone.authorization.authSetting });
    });
  }
  if (openTypes.includes('contact') || openTypes.includes('feedback'))
    phone.log.add(`button.${openTypes.join('|')}`);
}

/** Names and values of all controls with a `name`, as `bindsubmit` hands them over. */
function formValues(form: BuiltInHost): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const tag of [
    'input',
    'textarea',
    'switch',
    'slider',
    'picker',
    'radio-group',
    'checkbox-group',
  ] as const) {
    for (const control of form.inside(tag)) {
      const name = control.string('name');
      if (name !== '') values[name] = valueOf(control);
    }
  }
  return values;
}

function valueOf(control: BuiltInHost): unknown {
  const { tagName } = control.component;
  if (tagName === 'switch') return control.boolean('checked');
  if (tagName === 'radio-group') return checkedValues(control, 'radio')[0] ?? '';
  if (tagName === 'checkbox-group') return checkedValues(control, 'checkbox');
  return control.value('value');
}

function submitForm(form: BuiltInHost): void {
  form.trigger('submit', { value: formValues(form), formId: '' });
}

function resetForm(form: BuiltInHost): void {
  for (const control of [...form.inside('input'), ...form.inside('textarea')]) control.set('value', '');
  for (const tag of ['checkbox', 'radio', 'switch'] as const) {
    for (const control of form.inside(tag)) control.set('checked', false);
  }
  form.trigger('reset');
}

export const form: BuiltIn = {
  tag: 'form',
  properties: { reportSubmit: Boolean },
};

export const label: BuiltIn = {
  tag: 'label',
  properties: { for: String },
  setup(host) {
    host.listen('tap', (event) => {
      const target = labelled(host);
      const origin = (event as { getOriginalEvent?: () => Event }).getOriginalEvent?.();
      // A tap on the control itself has already done its work.
      if (!target || (origin?.target instanceof Node && target.element.contains(origin.target))) return;
      target.element.click();
      const inner = target.element.querySelector<HTMLElement>('input, textarea');
      inner?.focus();
    });
    return {
      attached: () => {
        // What the label names stands only when everything is attached.
        window.setTimeout(() => {
          nameControl(host);
        });
      },
    };
  },
};

let labels = 0;

/** A label gives its control an accessible name, unless the control brings its own. */
function nameControl(host: BuiltInHost): void {
  const control = labelled(host)?.element;
  if (!control || control.hasAttribute('aria-label') || control.hasAttribute('aria-labelledby')) return;
  labels += 1;
  if (host.element.id === '') host.element.id = `phone-label-${labels}`;
  control.setAttribute('aria-labelledby', host.element.id);
}

function labelled(host: BuiltInHost): BuiltInHost | undefined {
  const id = host.string('for');
  const found =
    id === ''
      ? host.element.querySelector('wx-checkbox, wx-radio, wx-switch, wx-button, wx-input, wx-textarea')
      : host.element.closest('wx-page')?.querySelector(`[id$="--${CSS.escape(id)}"]`);
  return found ? hostOf(found) : undefined;
}

const CHECKABLE = { value: String, checked: Boolean, disabled: Boolean, color: String };

export const checkbox: BuiltIn = {
  tag: 'checkbox',
  properties: CHECKABLE,
  setup(host) {
    checkable(host, 'checkbox');
    host.listen('tap', () => {
      if (host.boolean('disabled')) return;
      host.set('checked', !host.boolean('checked'));
      const group = host.closest('checkbox-group');
      group?.trigger('change', { value: checkedValues(group, 'checkbox') });
    });
    return { on: checkedReactions(host) };
  },
};

export const radio: BuiltIn = {
  tag: 'radio',
  properties: CHECKABLE,
  setup(host) {
    checkable(host, 'radio');
    host.listen('tap', () => {
      if (host.boolean('disabled') || host.boolean('checked')) return;
      const group = host.closest('radio-group');
      for (const other of group?.inside('radio') ?? []) other.set('checked', false);
      host.set('checked', true);
      group?.trigger('change', { value: host.string('value') });
    });
    return { on: checkedReactions(host) };
  },
};

function checkable(host: BuiltInHost, role: string): void {
  host.element.setAttribute('role', role);
  host.element.tabIndex = 0;
}

function checkedReactions(host: BuiltInHost): Record<string, (value: never) => void> {
  return {
    checked: (checked: boolean) => {
      host.element.setAttribute('aria-checked', String(checked));
    },
    disabled: (disabled: boolean) => {
      host.element.setAttribute('aria-disabled', String(disabled));
      host.element.tabIndex = disabled ? -1 : 0;
    },
    color: (color: string) => {
      host.element.style.setProperty('--check-color', color);
    },
  };
}

function checkedValues(group: BuiltInHost, tag: 'checkbox' | 'radio'): string[] {
  const checked = group.inside(tag).filter((item) => item.boolean('checked'));
  return checked.map((item) => item.string('value'));
}

export const checkboxGroup: BuiltIn = {
  tag: 'checkbox-group',
  properties: { name: String },
  setup(host) {
    host.element.setAttribute('role', 'group');
    return undefined;
  },
};

export const radioGroup: BuiltIn = {
  tag: 'radio-group',
  properties: { name: String },
  setup(host) {
    host.element.setAttribute('role', 'radiogroup');
    return undefined;
  },
};

export const switchControl: BuiltIn = {
  tag: 'switch',
  properties: { checked: Boolean, disabled: Boolean, type: String, color: String, name: String },
  setup(host) {
    checkable(host, 'switch');
    host.listen('tap', () => {
      if (host.boolean('disabled')) return;
      host.set('checked', !host.boolean('checked'));
      host.trigger('change', { value: host.boolean('checked') });
    });
    return { on: checkedReactions(host) };
  },
};

export const slider: BuiltIn = {
  tag: 'slider',
  properties: {
    min: Number,
    max: { type: Number, value: 100 },
    step: { type: Number, value: 1 },
    value: Number,
    disabled: Boolean,
    showValue: Boolean,
    activeColor: String,
    backgroundColor: String,
    blockSize: Number,
    blockColor: String,
    name: String,
  },
  setup(host) {
    const range = document.createElement('input');
    range.type = 'range';
    host.element.append(range);
    mirrorLabel(host, range);
    range.addEventListener('input', () => {
      host.trigger('changing', { value: range.valueAsNumber });
    });
    range.addEventListener('change', () => {
      host.set('value', range.valueAsNumber);
      host.trigger('change', { value: range.valueAsNumber });
    });
    return {
      on: {
        min: (min: number) => {
          range.min = String(min);
        },
        max: (max: number) => {
          range.max = String(max);
        },
        step: (step: number) => {
          range.step = String(step);
        },
        value: (value: number) => {
          range.value = String(value);
        },
        disabled: (disabled: boolean) => {
          range.disabled = disabled;
        },
        activeColor: (color: string) => {
          range.style.accentColor = color;
        },
      },
    };
  },
};

/** The accessible name stands on the host in templates, but the control inside needs it. */
export function mirrorLabel(host: BuiltInHost, control: HTMLElement): void {
  const copy = (): void => {
    for (const name of [
      'aria-label',
      'aria-labelledby',
      'aria-describedby',
      'aria-invalid',
      'aria-required',
    ]) {
      const value = host.element.getAttribute(name);
      if (value === null) continue;
      control.setAttribute(name, value);
      host.element.removeAttribute(name);
    }
  };
  new MutationObserver(copy).observe(host.element, { attributes: true });
  queueMicrotask(copy);
}
