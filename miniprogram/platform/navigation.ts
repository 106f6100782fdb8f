/** Every page's address with the parameters it needs. A page that is not listed cannot be opened. */
import { PhotoId, SubmissionId } from '../shared/identity/ids';

export type Route =
  | { readonly page: 'home' | 'consent' | 'bind' | 'help' | 'data' | 'staff' }
  | { readonly page: 'guide' | 'shoot'; readonly submissionId: SubmissionId }
  /** `unused`: another photo was confirmed before the one just taken arrived. */
  | { readonly page: 'done'; readonly submissionId: SubmissionId; readonly unused?: boolean }
  | { readonly page: 'review'; readonly submissionId: SubmissionId; readonly photoId?: PhotoId };

export function addressOf(route: Route): string {
  // The staff's pages are a package of their own, loaded when somebody goes there.
  if (route.page === 'staff') return '/operator/enter/enter';
  const path = `/pages/${route.page}/${route.page}`;
  if (!('submissionId' in route)) return path;
  const unused = route.page === 'done' && route.unused === true ? '&unused=1' : '';
  return `${path}?submission=${encodeURIComponent(route.submissionId)}${unused}`;
}

/** The submission that a page was opened for; null where somebody opened it without one. */
export function submissionIn(query: Readonly<Record<string, string | undefined>>): SubmissionId | null {
  const value = query['submission'];
  return value ? (decodeURIComponent(value) as SubmissionId) : null;
}

/** The title in the navigation bar of the page on top. */
export function titlePage(title: string): void {
  void wx.setNavigationBarTitle({ title });
}

/** Opens a page above the present one. */
export function open(route: Route): void {
  openAbove(addressOf(route));
}

/** More pages than these WeChat does not open, and the tap would do nothing (developers.weixin.qq.com, wx.navigateTo). */
const MOST_PAGES = 10;

/**
 * Where the stack is full, the new page takes the place of the one on top. Not sooner: what lies below keeps what was
 * typed, e.g. a new batch while one looks through the list whether it is there already.
 */
export function openAbove(url: string): void {
  if (getCurrentPages().length < MOST_PAGES) void wx.navigateTo({ url });
  else void wx.redirectTo({ url });
}

/** Replaces the present page: going back must not lead into a step that is done. */
export function replaceWith(route: Route): void {
  void wx.redirectTo({ url: addressOf(route) });
}

/** Back to the first page, from anywhere. */
export function goHome(): void {
  void wx.reLaunch({ url: addressOf({ page: 'home' }) });
}

/** The first page is on top, and nothing below it: whoever came by another way has not been there yet. */
export function isFirstPageAlone(): boolean {
  const [only, ...others] = getCurrentPages();
  return others.length === 0 && only !== undefined && `/${only.route}` === addressOf({ page: 'home' });
}

export function goBack(): void {
  if (getCurrentPages().length > 1) void wx.navigateBack();
  else goHome();
}
