/**
 * The stack of pages: creates, shows, hides and releases them with WeChat's life cycle, and gives each its
 * own scroller. All pages share one document; only the top one is visible and reachable.
 * Refuses what WeChat refuses: unknown pages, more than ten pages, tab pages by `navigateTo`.
 */
import { type Root } from 'glass-easel-miniprogram-adapter';
import { type BuiltProject, type WindowConfig } from '../../built-project';
import { element } from '../screen/screen';
import { type ComponentRegistry } from './component-registry';
import { EventChannel } from './event-channel';
import { elementOf } from './phone-backend';

/** WeChat: at most ten pages in the stack. */
const MAXIMUM_DEPTH = 10;
/** WeChat's default for onReachBottomDistance, px. */
const REACH_BOTTOM_DISTANCE = 50;

export type Query = Readonly<Record<string, string>>;

/** A page as mini program code sees it: methods and data of its own, and the framework's. */
export interface PageInstance {
  route: string;
  options: Query;
  readonly data: Readonly<Record<string, unknown>>;
  readonly [member: string]: unknown;
}

export interface OpenPage {
  readonly route: string;
  readonly query: Query;
  readonly instance: PageInstance;
  readonly root: Root;
  readonly host: HTMLElement;
  readonly scroller: HTMLElement;
  readonly channel: EventChannel;
  /** Window settings; pages change title and colours at run time. */
  window: WindowConfig;
  loading: boolean;
  /** Set by `<page-meta root-font-size>`; empty means the browser's default. */
  rootFontSize: string;
  ready: boolean;
}

export class NavigationRefusal extends Error {}

export class PageStack {
  private readonly stack: OpenPage[] = [];
  private readonly listeners: (() => void)[] = [];

  constructor(
    private readonly project: BuiltProject,
    private readonly registry: ComponentRegistry,
    private readonly container: HTMLElement,
  ) {}

  get pages(): readonly OpenPage[] {
    return this.stack;
  }

  get top(): OpenPage | undefined {
    return this.stack.at(-1);
  }

  /** The first page of app.json, or `entryPagePath`. */
  get homePath(): string {
    return this.project.app.entryPagePath ?? this.project.app.pages[0] ?? '';
  }

  onChange(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** Opens a page above the current one. @returns the channel between the two */
  push(url: string): EventChannel {
    const target = this.parse(url);
    if (this.isTab(target.route)) throw new NavigationRefusal('can not navigateTo a tabbar page');
    if (this.stack.length >= MAXIMUM_DEPTH) throw new NavigationRefusal('webview count limit exceed');
    const covered = this.top;
    if (covered) this.leave(covered);
    return this.open(target).channel;
  }

  replace(url: string): void {
    const target = this.parse(url);
    if (this.isTab(target.route)) throw new NavigationRefusal('can not redirectTo a tabbar page');
    this.closeTop();
    this.open(target);
  }

  restart(url: string): void {
    const target = this.parse(url);
    while (this.stack.length > 0) this.closeTop();
    this.open(target);
  }

  switchTab(url: string): void {
    const target = this.parse(url);
    if (!this.isTab(target.route)) throw new NavigationRefusal('can not switch to no-tabBar page');
    if (this.top?.route === target.route) return;
    while (this.stack.length > 0) this.closeTop();
    this.open({ ...target, query: {} });
  }

  back(delta: number): void {
    if (this.stack.length <= 1) throw new NavigationRefusal('cannot navigate back at first page');
    const count = Math.min(Math.max(1, delta), this.stack.length - 1);
    for (let index = 0; index < count; index += 1) this.closeTop();
    const uncovered = this.top;
    if (uncovered) this.enter(uncovered);
    this.changed();
  }

  /** The whole app went to the background or came back. */
  showTop(): void {
    if (this.top) this.callShow(this.top);
  }

  hideTop(): void {
    if (this.top) this.callHide(this.top);
  }

  isTab(route: string): boolean {
    return this.project.app.tabBar?.list.some((tab) => tab.pagePath === route) ?? false;
  }

  /** Tells the screen to draw the bar again. */
  changed(): void {
    document.documentElement.style.fontSize = this.top?.rootFontSize ?? '';
    for (const listener of this.listeners) listener();
  }

  private open(target: { readonly route: string; readonly query: Query }): OpenPage {
    const { route, query } = target;
    const search = Object.entries(query).map(([name, value]) => `${name}=${value}`);
    const root = this.registry.createPage(
      route,
      search.length === 0 ? route : `${route}?${search.join('&')}`,
    );
    const host = element('main', 'phone-page');
    const scroller = element('div', 'phone-page__scroller');
    const placeholder = document.createElement('div');
    scroller.append(placeholder);
    host.append(scroller);
    host.tabIndex = -1;
    this.container.append(host);
    const instance = root.get() as unknown as PageInstance;
    const channel = new EventChannel();
    const page: OpenPage = {
      route,
      query,
      instance,
      root,
      host,
      scroller,
      channel,
      window: this.project.pages[route] ?? {},
      loading: false,
      rootFontSize: '',
      ready: false,
    };
    const rootElement = elementOf(root.getComponent());
    if (rootElement) rootElement.dataset['route'] = route;
    Object.assign(instance, { route, options: query, getOpenerEventChannel: () => channel });
    this.stack.push(page);
    this.listenToScrolling(page);
    root.attach(scroller as never, placeholder as never);
    this.call(page, 'onLoad', query);
    this.callShow(page);
    window.setTimeout(() => {
      page.ready = true;
      this.call(page, 'onReady');
    });
    this.changed();
    host.focus({ preventScroll: true });
    return page;
  }

  private leave(page: OpenPage): void {
    this.callHide(page);
    page.host.hidden = true;
  }

  private enter(page: OpenPage): void {
    page.host.hidden = false;
    page.host.focus({ preventScroll: true });
    this.callShow(page);
  }

  private closeTop(): void {
    const page = this.stack.pop();
    if (!page) return;
    page.root.getComponent().triggerPageLifetime('hide', []);
    this.call(page, 'onUnload');
    page.root.release();
    page.host.remove();
  }

  private callShow(page: OpenPage): void {
    page.root.getComponent().triggerPageLifetime('show', []);
    this.call(page, 'onShow');
  }

  private callHide(page: OpenPage): void {
    page.root.getComponent().triggerPageLifetime('hide', []);
    this.call(page, 'onHide');
  }

  /** Calls a handler of the page. Its errors go to the console and to `App.onError`, as on a phone. */
  call(page: OpenPage, handler: string, ...values: unknown[]): unknown {
    const method = page.instance[handler];
    if (typeof method !== 'function') return undefined;
    try {
      return (method as (...values: unknown[]) => unknown).apply(page.instance, values);
    } catch (error) {
      reportError(error);
      return undefined;
    }
  }

  private listenToScrolling(page: OpenPage): void {
    let atBottom = false;
    page.scroller.addEventListener('scroll', () => {
      const { scrollTop, clientHeight, scrollHeight } = page.scroller;
      this.call(page, 'onPageScroll', { scrollTop });
      const distance = page.window.onReachBottomDistance ?? REACH_BOTTOM_DISTANCE;
      const reached = scrollTop + clientHeight >= scrollHeight - distance;
      if (reached && !atBottom) this.call(page, 'onReachBottom');
      atBottom = reached;
    });
  }

  private parse(url: string): { readonly route: string; readonly query: Query } {
    const [path = '', search = ''] = url.split('?', 2);
    const base = `http://page/${this.top?.route ?? ''}`;
    const route = new URL(path, base).pathname.slice(1);
    if (!(route in this.project.pages)) throw new NavigationRefusal(`page "${route}" is not found`);
    return { route, query: parseQuery(search) };
  }
}

/** WeChat hands query values over as they were written; pages decode them themselves. */
export function parseQuery(search: string): Query {
  const pairs = search.split('&').filter((pair) => pair !== '');
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}
