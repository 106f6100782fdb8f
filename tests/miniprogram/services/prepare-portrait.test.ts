import { preparePortrait } from '../../../miniprogram/services/prepare-portrait';
import { type FakeWx, installFakeWx } from '../../support/fake-wx';

interface Picture {
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

interface PhoneOptions {
  /** Undefined where it fails. */
  readonly compress?: Compress;
  readonly draws?: boolean;
}

/** A phone with these pictures. */
function phoneWith(
  pictures: Record<string, Picture>,
  { compress = toWantedJpeg, draws = true }: PhoneOptions = {},
): { phone: FakeWx; kept: string[][] } {
  const kept: string[][] = [];
  const phone = installFakeWx({
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
    ...(draws && drawing(pictures)),
    getFileSystemManager: () => ({
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
  });
  return { phone, kept };
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

/** Canvases that draw the phone's pictures and give what was drawn as `….drawn`. */
function drawing(pictures: Record<string, Picture>) {
  return {
    createOffscreenCanvas: () => ({
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
    canvasToTempFilePath: ({ canvas, fileType, destWidth, destHeight, success }: ExportOptions) => {
      const path = `${canvas.drawnFrom}.drawn`;
      pictures[path] = { width: destWidth, height: destHeight, type: fileType === 'jpg' ? 'jpeg' : 'png' };
      success({ tempFilePath: path });
    },
  };
}

interface ExportOptions extends Pick<Options, 'success'> {
  readonly canvas: { readonly drawnFrom: string };
  readonly fileType: string;
  readonly destWidth: number;
  readonly destHeight: number;
}

describe('the photo before it is sent', () => {
  const cases: readonly (readonly [string, Picture, string, string])[] = [
    ['a JPEG of a fitting size as it is', { width: 1500, height: 2000, type: 'jpeg' }, 'tmp', 'jpg'],
    ['a phone’s 12 megapixels as 2000 px', { width: 3000, height: 4000, type: 'jpeg' }, 'tmp.small', 'jpg'],
    ['an iPhone’s PNG as JPEG', { width: 1080, height: 1440, type: 'png' }, 'tmp.small', 'jpg'],
    [
      'a large JPEG that its EXIF turns, untouched',
      { width: 4000, height: 3000, type: 'jpeg', orientation: 'right' },
      'tmp',
      'jpg',
    ],
    ['HEIC as JPEG', { width: 3024, height: 4032, type: 'heic', orientation: 'right' }, 'tmp.small', 'jpg'],
  ];
  it.each(cases)('%s', async (_name, picture, source, extension) => {
    const { phone, kept } = phoneWith({ tmp: picture });
    const ready = await preparePortrait('tmp', 'portrait-1');
    phone.remove();
    expect(ready).toEqual({ path: `wxfile://usr/portrait-1.${extension}`, extension });
    expect(kept).toEqual([[source, `wxfile://usr/portrait-1.${extension}`]]);
  });

  const png = { width: 3024, height: 4032, type: 'png' };
  const odd: readonly (readonly [string, Picture, PhoneOptions, string])[] = [
    ['drawn where the phone compresses no PNG', png, { compress: () => undefined }, 'tmp.drawn'],
    ['drawn where compressing gives the PNG back', png, { compress: (same) => same }, 'tmp.drawn'],
    [
      'drawn where compressing overlooks the size',
      png,
      { compress: (same) => ({ ...same, type: 'jpeg' }) },
      'tmp.drawn',
    ],
    [
      'in its full size where it cannot be drawn either',
      png,
      { compress: (same) => ({ ...same, type: 'jpeg' }), draws: false },
      'tmp.small',
    ],
    ['as it is where nothing can be made of it', png, { compress: () => undefined, draws: false }, 'tmp'],
    [
      'as it is where compressing gives what nobody can read',
      png,
      { compress: () => ({ width: 0, height: 0, type: 'unknown' }), draws: false },
      'tmp',
    ],
  ];
  it.each(odd)('%s', async (_name, picture, options, source) => {
    const pictures = { tmp: picture };
    const { phone, kept } = phoneWith(pictures, options);
    const { extension } = await preparePortrait('tmp', 'portrait-1');
    phone.remove();
    const type = (pictures as Record<string, Picture>)[source]!.type;
    expect([kept[0]![0], extension]).toEqual([source, type === 'png' ? 'png' : 'jpg']);
  });

  it('as it is where the phone never answers', async () => {
    jest.useFakeTimers();
    const { phone, kept } = phoneWith({ tmp: png });
    phone.add({ compressImage: () => undefined, createOffscreenCanvas: () => ({ createImage: () => ({}) }) });
    const ready = preparePortrait('tmp', 'portrait-1');
    await jest.advanceTimersByTimeAsync(20_000);
    await ready;
    phone.remove();
    jest.useRealTimers();
    expect(kept).toEqual([['tmp', 'wxfile://usr/portrait-1.png']]);
  });

  it('draws in the size that is wanted', async () => {
    const pictures: Record<string, Picture> = { tmp: png };
    const { phone } = phoneWith(pictures, { compress: () => undefined });
    await preparePortrait('tmp', 'portrait-1');
    phone.remove();
    expect(pictures['tmp.drawn']).toEqual({ width: 1500, height: 2000, type: 'jpeg' });
  });

  it.each(['up', 'right'])('says so when nothing can be made of a HEIC that lies %s', async (orientation) => {
    const { phone } = phoneWith(
      { tmp: { width: 3024, height: 4032, type: 'heic', orientation } },
      { compress: () => undefined },
    );
    await expect(preparePortrait('tmp', 'portrait-1')).rejects.toMatchObject({
      problem: 'picture-unreadable',
    });
    phone.remove();
  });

  it('keeps the shape when it makes the picture smaller', async () => {
    const pictures: Record<string, Picture> = { tmp: { width: 3024, height: 4032, type: 'jpeg' } };
    const { phone } = phoneWith(pictures);
    await preparePortrait('tmp', 'portrait-1');
    phone.remove();
    expect(pictures['tmp.small']).toMatchObject({ width: 1500, height: 2000 });
  });

  it('says so when the picture cannot be read', async () => {
    const { phone } = phoneWith({});
    await expect(preparePortrait('tmp', 'portrait-1')).rejects.toMatchObject({
      problem: 'picture-unreadable',
    });
    phone.remove();
  });
});
