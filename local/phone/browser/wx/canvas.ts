/** Canvases without a component, export of canvases, queries and observers of the current page. */
import { type Phone } from '../phone/phone';
import { SelectorQuery } from '../framework/selector-query';
import { phoneImage } from '../built-in/canvas';
import { call, WxFailure } from './api';

interface ExportOptions {
  readonly canvas?: HTMLCanvasElement;
  readonly fileType?: 'png' | 'jpg';
  readonly quality?: number;
  readonly x?: number;
  readonly y?: number;
  readonly width?: number;
  readonly height?: number;
  readonly destWidth?: number;
  readonly destHeight?: number;
}

export function canvasFunctions(phone: Phone): Record<string, unknown> {
  const offscreen = new WeakSet<HTMLCanvasElement>();
  return {
    createOffscreenCanvas: ({
      width = 300,
      height = 150,
    }: { readonly width?: number; readonly height?: number } = {}) => {
      // A browser's own OffscreenCanvas has no toDataURL, WeChat's has.
      const canvas = Object.assign(document.createElement('canvas'), {
        width,
        height,
        createImage: () => phoneImage((source) => phone.addressOf(source)),
      });
      offscreen.add(canvas);
      return canvas;
    },
    canvasToTempFilePath: call<ExportOptions>('canvasToTempFilePath', async (options) => {
      const { canvas } = options;
      if (!canvas) throw new WxFailure('canvas is empty; the browser phone knows canvases of type 2d only');
      // What iPhones answered until about 2024, and WeChat documents for all: GitHub xiaweiss/miniprogram-bug-report #85.
      if (phone.state.settings.platform === 'ios' && offscreen.has(canvas))
        throw new WxFailure('invalid viewId');
      const width = options.width ?? canvas.width;
      const height = options.height ?? canvas.height;
      const target = new OffscreenCanvas(options.destWidth ?? width, options.destHeight ?? height);
      target
        .getContext('2d')
        ?.drawImage(canvas, options.x ?? 0, options.y ?? 0, width, height, 0, 0, target.width, target.height);
      const type = options.fileType === 'jpg' ? 'image/jpeg' : 'image/png';
      const blob = await target.convertToBlob({ type, quality: options.quality ?? 1 });
      return { tempFilePath: await phone.files.addTemporary(blob, options.fileType ?? 'png') };
    }),
    createSelectorQuery: () => {
      const page = phone.pages.top;
      if (!page) throw new Error('createSelectorQuery: no page is open');
      return new SelectorQuery(page.root.getComponent(), () => phone.pages.top?.scroller);
    },
    createIntersectionObserver: (
      caller: { createIntersectionObserver(options?: object): unknown },
      options?: object,
    ) => caller.createIntersectionObserver(options),
    createAnimation: () => {
      throw new Error('wx.createAnimation is not part of the browser phone');
    },
  };
}
