/** A phone's pictures and what it can make of them: compressing, drawing, writing files. Only sizes and types count. */
import { type FakeWx, installFakeWx } from './fake-wx';

export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly type: string;
  readonly orientation?: string;
}

interface Options {
  readonly src: string;
  readonly compressedWidth: number;
  readonly compressedHeight: number;
  readonly success: (result: unknown) => void;
  readonly fail: (failure: unknown) => void;
}

type Compress = (picture: Picture, options: Options) => Picture | undefined;

/** As documented for Android: a JPEG of the wanted size, whatever the picture was. */
const toWantedJpeg: Compress = (_, { compressedWidth: width, compressedHeight: height }) => ({
  width,
  height,
  type: 'jpeg',
});

export interface PhoneOptions {
  /** Undefined where it fails. */
  readonly compress?: Compress;
  readonly draws?: boolean;
  /** What an iPhone's off-screen canvas gives instead of a file; null where it knows no `toDataURL`. */
  readonly dataUrl?: string | null;
}

/** The user folder's own path of a drawing, whose name carries the time. */
export const WRITTEN = /^wxfile:\/\/usr\/drawn-\d+-\d+\.(jpg|png)$/;

interface PicturePhone {
  readonly phone: FakeWx;
  /** Files that were copied: from where, to where. */
  readonly kept: string[][];
  readonly removed: string[];
  readonly functions: { readonly getFileSystemManager: () => object };
}

/** A phone with these pictures. */
export function phoneWith(
  pictures: Record<string, Picture>,
  { compress = toWantedJpeg, draws = true, dataUrl }: PhoneOptions = {},
): PicturePhone {
  const kept: string[][] = [];
  const removed: string[] = [];
  const functions = {
    getImageInfo: ({ src, success, fail }: Options) => {
      const picture = pictures[src];
      if (picture) success(picture);
      else fail({ errMsg: 'getImageInfo:fail' });
    },
    compressImage: (options: Options) => {
      const small = compress(pictures[options.src]!, options);
      if (small === undefined) {
        options.fail({ errMsg: 'compressImage:fail' });
        return;
      }
      pictures[`${options.src}.small`] = small;
      options.success({ tempFilePath: `${options.src}.small` });
    },
    ...(draws && drawing(pictures, dataUrl)),
    getFileSystemManager: () => ({
      writeFile: ({ filePath, data, encoding, success }: WriteOptions) => {
        pictures[filePath] = JSON.parse(Buffer.from(data, encoding).toString() || NOTHING) as Picture;
        success();
      },
      unlink: ({ filePath, success }: { filePath: string; success: () => void }) => {
        removed.push(filePath);
        success();
      },
      copyFile: ({
        srcPath,
        destPath,
        success,
      }: {
        srcPath: string;
        destPath: string;
        success: () => void;
      }) => {
        kept.push([srcPath, destPath]);
        success();
      },
    }),
  };
  return { phone: installFakeWx(functions), kept, removed, functions };
}

/** Loads at once. */
class LoadedImage {
  source = '';
  onload = (): void => undefined;
  onerror = (): void => undefined;

  constructor(private readonly pictures: Record<string, Picture>) {}

  set src(source: string) {
    this.source = source;
    if (this.pictures[source]?.type === 'heic') this.onerror();
    else this.onload();
  }
}

/** What lies in an empty file. */
const NOTHING = '{"type":"unknown"}';

interface WriteOptions {
  readonly filePath: string;
  readonly data: string;
  readonly encoding: BufferEncoding;
  readonly success: () => void;
}

/** A picture as the data of a data URL. */
export function dataUrlOf(picture: Picture): string {
  const data = Buffer.from(JSON.stringify(picture)).toString('base64');
  return `data:image/${picture.type};base64,${data}`;
}

/** Canvases that draw the phone's pictures and give what was drawn as `….drawn`, or, on an iPhone, as this data URL. */
function drawing(pictures: Record<string, Picture>, dataUrl?: string | null) {
  return {
    createOffscreenCanvas: () => ({
      ...(dataUrl && { toDataURL: (type: string) => (type === 'image/jpeg' ? dataUrl : 'data:,') }),
      drawnFrom: '',
      createImage: () => new LoadedImage(pictures),
      getContext(this: { drawnFrom: string }) {
        return {
          drawImage: ({ source }: LoadedImage) => {
            this.drawnFrom = source;
          },
        };
      },
    }),
    canvasToTempFilePath: ({ canvas, fileType, destWidth, destHeight, success, fail }: ExportOptions) => {
      if (dataUrl !== undefined) {
        fail({ errMsg: 'canvasToTempFilePath:fail invalid viewId' });
        return;
      }
      const path = `${canvas.drawnFrom}.drawn`;
      pictures[path] = { width: destWidth, height: destHeight, type: fileType === 'jpg' ? 'jpeg' : 'png' };
      success({ tempFilePath: path });
    },
  };
}

interface ExportOptions extends Pick<Options, 'success' | 'fail'> {
  readonly canvas: { readonly drawnFrom: string };
  readonly fileType: string;
  readonly destWidth: number;
  readonly destHeight: number;
}
