/** The size of an element on the screen, in px. */

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
