/** Where elements are on the screen: their size in px, and bringing one into sight. */

export interface ElementSize {
  readonly width: number;
  readonly height: number;
}

/** @param page the page or component that the selector is looked up in */
export function sizeOf(page: object, selector: string): Promise<ElementSize> {
  return new Promise((resolve) => {
    wx.createSelectorQuery()
      .in(page as WechatMiniprogram.Page.TrivialInstance)
      .select(selector)
      .boundingClientRect((box) => {
        const { width = 0, height = 0 } = (box as Partial<ElementSize> | null) ?? {};
        resolve({ width, height });
      })
      .exec();
  });
}

/** Scrolls so that the element is seen; does nothing where there is none. */
export function bringIntoSight(selector: string): void {
  // After the view has drawn what was just set.
  wx.nextTick(() => {
    wx.pageScrollTo({ selector, offsetTop: -SIGHT_MARGIN_PX, duration: 250, fail: () => undefined });
  });
}

/** Shows the page from its beginning, after its content was exchanged. */
export function showTop(): void {
  wx.pageScrollTo({ scrollTop: 0, duration: 0, fail: () => undefined });
}

// Keeps the element's edge off the navigation bar.
const SIGHT_MARGIN_PX = 16;
