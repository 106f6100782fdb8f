/** `<canvas type="2d">`; the old context-less canvas is refused because WeChat no longer maintains it. */
import { type BuiltIn } from './define';

export const canvas: BuiltIn = {
  tag: 'canvas',
  properties: { type: String, canvasId: String, disableScroll: Boolean },
  setup(host, phone) {
    const drawing = document.createElement('canvas');
    host.element.append(drawing);
    Object.assign(drawing, {
      createImage: (): HTMLImageElement => phoneImage((source) => phone.addressOf(source)),
      requestAnimationFrame: (run: FrameRequestCallback) => window.requestAnimationFrame(run),
      cancelAnimationFrame: (id: number) => {
        window.cancelAnimationFrame(id);
      },
      createPath2D: (path?: Path2D) => new Path2D(path),
      createImageData: (width: number, height: number) => new ImageData(width, height),
    });
    return {
      attached: () => {
        if (host.string('type') === '')
          console.error('<canvas> without type="2d" is not part of the browser phone');
        // A phone's canvas starts at its size on screen, until the page sets another.
        const { clientWidth, clientHeight } = host.element;
        drawing.width = clientWidth;
        drawing.height = clientHeight;
      },
    };
  },
};

/** An image for drawing whose `src` may be any path that the mini program knows. */
export function phoneImage(addressOf: (source: string) => Promise<string>): HTMLImageElement {
  const image = new Image();
  image.crossOrigin = 'anonymous';
  const setSource = Object.getOwnPropertyDescriptor(HTMLImageElement.prototype, 'src');
  Object.defineProperty(image, 'src', {
    get: () => String(setSource?.get?.call(image)),
    set: (source: string) => {
      void addressOf(source).then(
        (address) => {
          setSource?.set?.call(image, address);
        },
        () => {
          image.dispatchEvent(new Event('error'));
        },
      );
    },
  });
  return image;
}
