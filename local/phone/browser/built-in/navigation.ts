/** Components that move: swiper, navigator, picker. */
import { type Phone } from '../phone/phone';
import { type BuiltIn, type BuiltInHost, pressable } from './define';

export const swiper: BuiltIn = {
  tag: 'swiper',
  properties: {
    indicatorDots: Boolean,
    indicatorColor: String,
    indicatorActiveColor: String,
    autoplay: Boolean,
    current: Number,
    interval: { type: Number, value: 5000 },
    duration: { type: Number, value: 500 },
    circular: Boolean,
    vertical: Boolean,
    displayMultipleItems: { type: Number, value: 1 },
    previousMargin: String,
    nextMargin: String,
    easingFunction: String,
    snapToEdge: Boolean,
  },
  setup(host) {
    const { element } = host;
    element.tabIndex = 0;
    let shown = 0;
    let timer = 0;
    const size = (): number => (host.boolean('vertical') ? element.clientHeight : element.clientWidth);
    const move = (index: number, behavior: ScrollBehavior): void => {
      const side = host.boolean('vertical') ? 'top' : 'left';
      element.scrollTo({ [side]: index * size(), behavior });
    };
    element.addEventListener('scroll', () => {
      const offset = host.boolean('vertical') ? element.scrollTop : element.scrollLeft;
      const index = size() > 0 ? Math.round(offset / size()) : 0;
      if (index === shown) return;
      shown = index;
      host.set('current', index);
      host.trigger('change', { current: index, currentItemId: '', source: 'touch' });
    });
    return {
      attached: () => {
        window.setTimeout(() => {
          move(host.number('current'), 'auto');
        });
      },
      detached: () => {
        window.clearInterval(timer);
      },
      on: {
        current: (current: number) => {
          if (current === shown) return;
          shown = current;
          move(current, 'smooth');
          host.trigger('change', { current, currentItemId: '', source: '' });
        },
        vertical: (vertical: boolean) => {
          element.classList.toggle('wx-swiper--vertical', vertical);
        },
        autoplay: (on: boolean) => {
          window.clearInterval(timer);
          if (!on) return;
          timer = window.setInterval(() => {
            const count = host.inside('swiper-item').length;
            if (count > 0) host.set('current', (shown + 1) % count);
          }, host.number('interval'));
        },
      },
    };
  },
};

export const swiperItem: BuiltIn = {
  tag: 'swiper-item',
  properties: { itemId: String, skipHiddenItemLayout: Boolean },
};

export const navigator: BuiltIn = {
  tag: 'navigator',
  properties: {
    url: String,
    openType: { type: String, value: 'navigate' },
    delta: { type: Number, value: 1 },
    target: String,
  },
  setup(host, phone) {
    host.element.setAttribute('role', 'link');
    host.element.tabIndex = 0;
    pressable(host, 'navigator-hover');
    host.listen('tap', () => {
      try {
        navigate(host, phone);
        host.trigger('success', { errMsg: 'navigator:ok' });
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        host.trigger('fail', { errMsg: `navigator:fail ${reason}` });
      }
    });
    return undefined;
  },
};

function navigate(host: BuiltInHost, phone: Phone): void {
  const url = host.string('url');
  switch (host.string('openType')) {
    case 'redirect':
      phone.pages.replace(url);
      break;
    case 'reLaunch':
      phone.pages.restart(url);
      break;
    case 'switchTab':
      phone.pages.switchTab(url);
      break;
    case 'navigateBack':
      phone.pages.back(host.number('delta'));
      break;
    case 'exit':
      phone.leave();
      break;
    default:
      phone.pages.push(url);
  }
}

export const picker: BuiltIn = {
  tag: 'picker',
  properties: {
    mode: { type: String, value: 'selector' },
    range: { type: Array, value: [] },
    rangeKey: String,
    value: null,
    start: String,
    end: String,
    fields: { type: String, value: 'day' },
    disabled: Boolean,
    headerText: String,
    name: String,
  },
  setup(host, phone) {
    const { element } = host;
    element.setAttribute('role', 'button');
    element.setAttribute('aria-haspopup', 'dialog');
    element.tabIndex = 0;
    host.listen('tap', () => {
      if (!host.boolean('disabled')) void pick(host, phone);
    });
    return undefined;
  },
};

async function pick(host: BuiltInHost, phone: Phone): Promise<void> {
  const mode = host.string('mode');
  const field = mode === 'date' || mode === 'time' ? dateField(host, mode) : selectField(host);
  field.setAttribute('aria-label', host.string('headerText') || '请选择');
  const { answer } = await phone.dialogs.ask({
    title: host.string('headerText') || '请选择',
    body: field,
    buttons: [
      { text: '取消', answer: false },
      { text: '确定', answer: true, kind: 'primary' },
    ],
    dismiss: false,
  });
  if (!answer) {
    host.trigger('cancel');
    return;
  }
  const value = mode === 'selector' ? Number(field.value) : field.value;
  host.set('value', value);
  host.trigger('change', { value: mode === 'selector' ? String(value) : value });
}

function dateField(host: BuiltInHost, mode: 'date' | 'time'): HTMLInputElement {
  const field = document.createElement('input');
  field.type = mode === 'date' && host.string('fields') === 'month' ? 'month' : mode;
  field.min = host.string('start');
  field.max = host.string('end');
  const value = host.value('value');
  field.value = typeof value === 'string' ? value : '';
  return field;
}

function selectField(host: BuiltInHost): HTMLSelectElement {
  const field = document.createElement('select');
  const key = host.string('rangeKey');
  for (const [index, item] of (host.value('range') as readonly unknown[]).entries()) {
    const shown = key === '' ? item : (item as Readonly<Record<string, unknown>>)[key];
    field.append(new Option(String(shown), String(index)));
  }
  field.value = String(Number(host.value('value') ?? 0));
  return field;
}

/** `picker-view` is shown as its columns; TDesign draws its own pickers. */
export const pickerView: BuiltIn = {
  tag: 'picker-view',
  properties: {
    value: { type: Array, value: [] },
    indicatorStyle: String,
    indicatorClass: String,
    maskStyle: String,
  },
};
export const pickerViewColumn: BuiltIn = { tag: 'picker-view-column' };
