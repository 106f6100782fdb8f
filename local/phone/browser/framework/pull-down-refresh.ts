/**
 * Pulling a page down at its top refreshes it, where its configuration allows that. `wx.stopPullDownRefresh` or five
 * seconds end it.
 */
import { type PageStack } from './page-stack';
import { type Gesture } from './gestures';

/** How far a finger pulls before WeChat refreshes, px. */
const PULL_DISTANCE = 60;
/** The phone gives up waiting for `stopPullDownRefresh`. */
const LONGEST_MS = 5_000;

export class PullDownRefresh {
  private from: number | undefined;
  private timer = 0;

  constructor(private readonly pages: PageStack) {}

  /** Watches the gestures of the current page. */
  follow({ type, changedTouches }: Gesture): void {
    const y = changedTouches[0]?.clientY ?? 0;
    if (type === 'touchstart') this.from = this.mayPull ? y : undefined;
    if (type !== 'touchend' || this.from === undefined) return;
    const pulled = y - this.from;
    this.from = undefined;
    if (pulled >= PULL_DISTANCE && this.mayPull) this.start();
  }

  /** `wx.startPullDownRefresh` */
  start(): void {
    const { top } = this.pages;
    if (!top) return;
    top.host.classList.add('phone-page--refreshing');
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      this.stop();
    }, LONGEST_MS);
    this.pages.call(top, 'onPullDownRefresh');
  }

  /** `wx.stopPullDownRefresh` */
  stop(): void {
    window.clearTimeout(this.timer);
    for (const { host } of this.pages.pages) host.classList.remove('phone-page--refreshing');
  }

  private get mayPull(): boolean {
    const { top } = this.pages;
    return top?.window.enablePullDownRefresh === true && top.scroller.scrollTop <= 0;
  }
}
