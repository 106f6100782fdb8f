/** Moving between pages, titles and tab bars. */
import { type OpenPage } from '../framework/page-stack';
import { type Phone } from '../phone/phone';
import { call, WxFailure } from './api';

type Url = { readonly url: string };
type Events = Readonly<Record<string, (...values: unknown[]) => void>>;

export function navigationFunctions(phone: Phone): Record<string, unknown> {
  const { pages } = phone;
  const top = (): OpenPage => {
    const page = pages.top;
    if (!page) throw new WxFailure('no page is open');
    return page;
  };
  const openTop = (): OpenPage => top();
  return {
    navigateTo: call<Url & { readonly events?: Events }>('navigateTo', ({ url, events }) => {
      const eventChannel = pages.push(url);
      for (const [name, listener] of Object.entries(events ?? {})) eventChannel.on(name, listener);
      return { eventChannel };
    }),
    redirectTo: call<Url>('redirectTo', ({ url }) => {
      pages.replace(url);
      return undefined;
    }),
    reLaunch: call<Url>('reLaunch', ({ url }) => {
      pages.restart(url);
      return undefined;
    }),
    switchTab: call<Url>('switchTab', ({ url }) => {
      pages.switchTab(url);
      return undefined;
    }),
    navigateBack: call<{ readonly delta?: number }>('navigateBack', ({ delta }) => {
      pages.back(delta ?? 1);
      return undefined;
    }),
    exitMiniProgram: call('exitMiniProgram', () => {
      phone.leave();
      return undefined;
    }),
    setNavigationBarTitle: call<{ readonly title: string }>('setNavigationBarTitle', ({ title }) => {
      const page = openTop();
      page.window = { ...page.window, navigationBarTitleText: title };
      pages.changed();
      return undefined;
    }),
    setNavigationBarColor: call<{ readonly frontColor: string; readonly backgroundColor: string }>(
      'setNavigationBarColor',
      ({ frontColor, backgroundColor }) => {
        const page = openTop();
        page.window = {
          ...page.window,
          navigationBarBackgroundColor: backgroundColor,
          navigationBarTextStyle: frontColor.toLowerCase() === '#ffffff' ? 'white' : 'black',
        };
        pages.changed();
        return undefined;
      },
    ),
    showNavigationBarLoading: call('showNavigationBarLoading', () => {
      openTop().loading = true;
      pages.changed();
      return undefined;
    }),
    hideNavigationBarLoading: call('hideNavigationBarLoading', () => {
      openTop().loading = false;
      pages.changed();
      return undefined;
    }),
    hideHomeButton: call('hideHomeButton', () => undefined),
    setBackgroundColor: call('setBackgroundColor', () => undefined),
    setBackgroundTextStyle: call('setBackgroundTextStyle', () => undefined),
    pageScrollTo: call<{
      readonly scrollTop?: number;
      readonly selector?: string;
      readonly duration?: number;
    }>('pageScrollTo', ({ scrollTop, selector, duration }) => {
      const { scroller } = openTop();
      const behavior = duration === 0 ? 'auto' : 'smooth';
      if (scrollTop !== undefined) scroller.scrollTo({ top: scrollTop, behavior });
      else if (selector !== undefined) findInPage(scroller, selector)?.scrollIntoView({ behavior });
      return undefined;
    }),
    startPullDownRefresh: call('startPullDownRefresh', () => {
      phone.refresh.start();
      return undefined;
    }),
    stopPullDownRefresh: call('stopPullDownRefresh', () => {
      phone.refresh.stop();
      return undefined;
    }),
    getMenuButtonBoundingClientRect: () => {
      const { left, top: upper, right, bottom, width, height } = phone.screen.capsuleRectangle;
      return { left, top: upper, right, bottom, width, height };
    },
  };
}

/** Ids carry their owner's prefix in the document. */
function findInPage(scroller: HTMLElement, selector: string): Element | null {
  const id = /^#([\w-]+)$/.exec(selector)?.[1];
  return scroller.querySelector(id === undefined ? selector : `[id$="--${id}"]`);
}
