/**
 * The phone's own surface: status bar, navigation bar with back button and capsule, the place for pages,
 * the tab bar and the layer for dialogs. It draws what it is told; pages and rules live elsewhere.
 */
import { type TabBarConfig } from '../../built-project';

export interface BarView {
  readonly title: string;
  readonly background: string;
  readonly textStyle: string;
  /** A page with `navigationStyle: custom` draws its own bar. */
  readonly hidden: boolean;
  readonly leading: 'none' | 'back' | 'home';
  readonly loading: boolean;
}

export interface ScreenActions {
  leading(): void;
  menu(): void;
  close(): void;
  tab(pagePath: string): void;
}

export class Screen {
  readonly pages = element('div', 'phone-pages');
  readonly dialogs = element('div', 'phone-dialogs');
  /** Announces short messages to screen readers. */
  readonly status = element('div', 'phone-status-message');
  private readonly root = element('div', 'phone-screen');
  private readonly bar = element('header', 'phone-bar');
  private readonly title = element('h1', 'phone-bar__title');
  private readonly leading = element('button', 'phone-bar__leading');
  private readonly capsule = element('div', 'phone-capsule');
  private readonly tabs = element('nav', 'phone-tabs');

  constructor(private readonly actions: ScreenActions) {
    this.status.setAttribute('role', 'status');
    this.leading.type = 'button';
    this.leading.addEventListener('click', () => {
      actions.leading();
    });
    const menu = capsuleButton('更多', '•••', () => {
      actions.menu();
    });
    const close = capsuleButton('关闭小程序', '◎', () => {
      actions.close();
    });
    this.capsule.append(menu, close);
    this.bar.append(this.leading, this.title, this.capsule);
    this.tabs.hidden = true;
    this.tabs.setAttribute('aria-label', '标签栏');
    this.root.append(
      element('div', 'phone-notch'),
      this.bar,
      this.pages,
      this.tabs,
      this.dialogs,
      this.status,
    );
    document.body.append(this.root);
  }

  /** Everything behind a dialog is out of reach, for the keyboard and for screen readers. */
  setInert(inert: boolean): void {
    for (const part of [this.bar, this.pages, this.tabs]) part.inert = inert;
  }

  showBar(view: BarView): void {
    this.title.textContent = view.title;
    document.title = view.title === '' ? '小程序' : view.title;
    this.root.classList.toggle('phone-screen--no-bar', view.hidden);
    this.bar.style.setProperty('--phone-bar-background', view.background);
    this.bar.style.setProperty('--phone-bar-text', view.textStyle === 'white' ? '#fff' : '#000');
    this.bar.classList.toggle('phone-bar--loading', view.loading);
    this.leading.hidden = view.leading === 'none';
    this.leading.setAttribute('aria-label', view.leading === 'home' ? '返回首页' : '返回');
    this.leading.textContent = view.leading === 'home' ? '⌂' : '‹';
  }

  showTabs(config: TabBarConfig | undefined, current: string): void {
    const visible = config?.list.some((tab) => tab.pagePath === current) ?? false;
    this.tabs.hidden = !visible;
    if (!config || !visible) return;
    this.tabs.replaceChildren(
      ...config.list.map((tab) => {
        const button = element('button', 'phone-tabs__tab');
        button.type = 'button';
        button.textContent = tab.text;
        if (tab.pagePath === current) button.setAttribute('aria-current', 'page');
        button.addEventListener('click', () => {
          this.actions.tab(tab.pagePath);
        });
        return button;
      }),
    );
  }

  /** Where the capsule is, for `wx.getMenuButtonBoundingClientRect`. */
  get capsuleRectangle(): DOMRect {
    return this.capsule.getBoundingClientRect();
  }
}

/** Creates an element of the phone's own surface. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className: string,
): HTMLElementTagNameMap[Tag] {
  const created = document.createElement(tag);
  created.className = className;
  return created;
}

function capsuleButton(label: string, sign: string, act: () => void): HTMLButtonElement {
  const button = element('button', 'phone-capsule__button');
  button.type = 'button';
  button.setAttribute('aria-label', label);
  button.textContent = sign;
  button.addEventListener('click', act);
  return button;
}
