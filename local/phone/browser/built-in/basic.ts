/** Containers and text: what pages are laid out with. */
import { type BuiltIn, type BuiltInHost, pressable } from './define';
import { type Phone } from '../phone/phone';

export const view: BuiltIn = {
  tag: 'view',
  setup(host) {
    pressable(host, 'none');
    return undefined;
  },
};

export const text: BuiltIn = {
  tag: 'text',
  properties: { selectable: Boolean, userSelect: Boolean, space: String, decode: Boolean },
  setup(host) {
    const select = (on: boolean): void => {
      host.element.classList.toggle('wx-text--selectable', on);
    };
    return { on: { selectable: select, userSelect: select } };
  },
};

export const scrollView: BuiltIn = {
  tag: 'scroll-view',
  properties: {
    scrollX: Boolean,
    scrollY: Boolean,
    scrollTop: null,
    scrollLeft: null,
    scrollIntoView: String,
    scrollWithAnimation: Boolean,
    upperThreshold: { type: Number, value: 50 },
    lowerThreshold: { type: Number, value: 50 },
    enhanced: Boolean,
    bounces: Boolean,
    showScrollbar: Boolean,
    enableFlex: Boolean,
    enableBackToTop: Boolean,
    pagingEnabled: Boolean,
    fastDeceleration: Boolean,
    type: String,
    refresherEnabled: Boolean,
    refresherTriggered: Boolean,
  },
  setup(host) {
    const { element } = host;
    // A region that scrolls must be reachable by keyboard.
    const overflow = (): void => {
      element.style.overflowX = host.boolean('scrollX') ? 'auto' : 'hidden';
      element.style.overflowY = host.boolean('scrollY') ? 'auto' : 'hidden';
      if (host.boolean('scrollX') || host.boolean('scrollY')) element.tabIndex = 0;
    };
    const behavior = (): ScrollBehavior => (host.boolean('scrollWithAnimation') ? 'smooth' : 'auto');
    const inPixels = (value: unknown): number => Number.parseFloat(String(value));
    let last = { left: 0, top: 0 };
    element.addEventListener('scroll', () => {
      const { scrollLeft, scrollTop, scrollHeight, scrollWidth, clientHeight, clientWidth } = element;
      host.trigger('scroll', {
        scrollLeft,
        scrollTop,
        scrollHeight,
        scrollWidth,
        deltaX: last.left - scrollLeft,
        deltaY: last.top - scrollTop,
      });
      const lower = host.number('lowerThreshold');
      if (scrollTop > last.top && scrollTop + clientHeight >= scrollHeight - lower) {
        host.trigger('scrolltolower', { direction: 'bottom' });
      }
      if (scrollLeft > last.left && scrollLeft + clientWidth >= scrollWidth - lower) {
        host.trigger('scrolltolower', { direction: 'right' });
      }
      const upper = host.number('upperThreshold');
      if (scrollTop < last.top && scrollTop <= upper) host.trigger('scrolltoupper', { direction: 'top' });
      last = { left: scrollLeft, top: scrollTop };
    });
    return {
      on: {
        scrollX: overflow,
        scrollY: overflow,
        scrollTop: (value: unknown) => {
          const top = inPixels(value);
          if (Number.isFinite(top)) element.scrollTo({ top, behavior: behavior() });
        },
        scrollLeft: (value: unknown) => {
          const left = inPixels(value);
          if (Number.isFinite(left)) element.scrollTo({ left, behavior: behavior() });
        },
        scrollIntoView: (id: string) => {
          if (id === '') return;
          element.querySelector(`[id$="--${CSS.escape(id)}"]`)?.scrollIntoView({ behavior: behavior() });
        },
      },
    };
  },
};

export const image: BuiltIn = {
  tag: 'image',
  properties: {
    src: String,
    mode: { type: String, value: 'scaleToFill' },
    webp: Boolean,
    lazyLoad: Boolean,
    showMenuByLongpress: Boolean,
    alt: String,
  },
  setup(host, phone) {
    const picture = document.createElement('img');
    picture.alt = '';
    picture.draggable = false;
    host.element.append(picture);
    picture.addEventListener('load', () => {
      host.trigger('load', { width: picture.naturalWidth, height: picture.naturalHeight });
    });
    picture.addEventListener('error', () => {
      host.trigger('error', { errMsg: `GET ${host.string('src')} failed` });
    });
    return {
      on: {
        src: (source: string) => {
          void showPicture(host, phone, picture, source);
        },
        mode: (mode: string) => {
          host.element.dataset['mode'] = mode;
        },
      },
    };
  },
};

async function showPicture(
  host: BuiltInHost,
  phone: Phone,
  picture: HTMLImageElement,
  source: string,
): Promise<void> {
  if (source === '') {
    picture.removeAttribute('src');
    return;
  }
  try {
    const address = await phone.addressOf(source);
    // A later source may have overtaken this one.
    if (host.string('src') === source) picture.src = address;
  } catch {
    host.trigger('error', { errMsg: `GET ${source} failed` });
  }
}

/** WeChat's own icons as signs; pages bring their own pictures. */
const ICONS: Readonly<Record<string, string>> = {
  success: '✓',
  success_no_circle: '✓',
  info: 'i',
  warn: '!',
  waiting: '…',
  cancel: '✕',
  download: '↓',
  search: '⌕',
  clear: '✕',
};

export const icon: BuiltIn = {
  tag: 'icon',
  properties: { type: String, size: { type: null, value: 23 }, color: String },
  setup(host) {
    return {
      on: {
        type: (type: string) => {
          host.element.dataset['sign'] = ICONS[type] ?? '';
        },
        size: (size: unknown) => {
          host.element.style.setProperty('--size', `${Number.parseFloat(String(size))}px`);
        },
        color: (color: string) => {
          host.element.style.color = color;
        },
      },
    };
  },
};

export const progress: BuiltIn = {
  tag: 'progress',
  properties: {
    percent: Number,
    showInfo: Boolean,
    strokeWidth: { type: null, value: 6 },
    activeColor: { type: String, value: '#09BB07' },
    color: String,
    backgroundColor: { type: String, value: '#EBEBEB' },
    active: Boolean,
    borderRadius: null,
  },
  setup(host) {
    const { element } = host;
    element.setAttribute('role', 'progressbar');
    element.setAttribute('aria-valuemin', '0');
    element.setAttribute('aria-valuemax', '100');
    const bar = document.createElement('div');
    bar.className = 'wx-progress__bar';
    const filled = document.createElement('div');
    filled.className = 'wx-progress__filled';
    bar.append(filled);
    const info = document.createElement('div');
    info.className = 'wx-progress__info';
    element.append(bar, info);
    return {
      on: {
        percent: (percent: number) => {
          const inside = Math.min(100, Math.max(0, percent));
          filled.style.width = `${inside}%`;
          info.textContent = `${inside}%`;
          element.setAttribute('aria-valuenow', String(inside));
        },
        showInfo: (shown: boolean) => {
          info.hidden = !shown;
        },
        strokeWidth: (width: unknown) => {
          bar.style.height = `${Number.parseFloat(String(width))}px`;
        },
        activeColor: (color: string) => {
          filled.style.backgroundColor = color;
        },
        backgroundColor: (color: string) => {
          bar.style.backgroundColor = color;
        },
      },
    };
  },
};

interface RichNode {
  readonly type?: 'node' | 'text';
  readonly name?: string;
  readonly attrs?: Readonly<Record<string, string>>;
  readonly children?: readonly RichNode[];
  readonly text?: string;
}

/** Attributes that WeChat's rich-text trusts; scripts and handlers are dropped. */
const RICH_ATTRIBUTES = new Set([
  'class',
  'style',
  'src',
  'alt',
  'width',
  'height',
  'colspan',
  'rowspan',
  'start',
]);
const RICH_TAGS =
  /^(a|abbr|b|blockquote|br|code|dd|del|div|dl|dt|em|h[1-6]|hr|i|img|ins|li|ol|p|q|span|strong|sub|sup|table|tbody|td|th|thead|tr|ul)$/;

export const richText: BuiltIn = {
  tag: 'rich-text',
  properties: { nodes: null, space: String },
  setup(host) {
    return {
      on: {
        nodes: (nodes: unknown) => {
          const source = typeof nodes === 'string' ? parseHtml(nodes) : ((nodes ?? []) as RichNode[]);
          host.element.replaceChildren(...source.map(richElement));
        },
      },
    };
  },
};

function richElement(node: RichNode): Node {
  if (node.type === 'text' || node.name === undefined) return document.createTextNode(node.text ?? '');
  const tag = node.name.toLowerCase();
  const created = document.createElement(RICH_TAGS.test(tag) ? tag : 'span');
  for (const [name, value] of Object.entries(node.attrs ?? {})) {
    if (RICH_ATTRIBUTES.has(name)) created.setAttribute(name, value);
  }
  created.append(...(node.children ?? []).map(richElement));
  return created;
}

function parseHtml(html: string): RichNode[] {
  const parsed = new DOMParser().parseFromString(html, 'text/html');
  const convert = (node: Node): RichNode => {
    if (!(node instanceof Element)) return { type: 'text', text: node.textContent ?? '' };
    const attrs = Object.fromEntries([...node.attributes].map(({ name, value }) => [name, value]));
    return { name: node.tagName, attrs, children: [...node.childNodes].map(convert) };
  };
  return [...parsed.body.childNodes].map(convert);
}

export const coverView: BuiltIn = { ...view, tag: 'cover-view', properties: { scrollTop: null } };
export const coverImage: BuiltIn = { ...image, tag: 'cover-image' };
export const rootPortal: BuiltIn = {
  tag: 'root-portal',
  properties: { enable: { type: Boolean, value: true } },
};
export const movableArea: BuiltIn = { tag: 'movable-area', properties: { scaleArea: Boolean } };
export const movableView: BuiltIn = {
  tag: 'movable-view',
  properties: {
    direction: String,
    x: null,
    y: null,
    disabled: Boolean,
    damping: Number,
    outOfBounds: Boolean,
  },
};

export const webView: BuiltIn = {
  tag: 'web-view',
  properties: { src: String },
  setup(host) {
    // Personal mini programs may not use it and this project does not; saying so beats an empty page.
    host.element.textContent = '浏览器手机不支持 web-view';
    host.element.setAttribute('role', 'alert');
    return undefined;
  },
};
