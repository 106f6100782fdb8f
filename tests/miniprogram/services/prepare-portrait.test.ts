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

/** A phone with these pictures; compressing makes a JPEG of the wanted size. */
function phoneWith(pictures: Record<string, Picture>): { phone: FakeWx; kept: string[][] } {
  const kept: string[][] = [];
  const phone = installFakeWx({
    getImageInfo: ({ src, success, fail }: Options) => {
      const picture = pictures[src];
      if (picture) success(picture);
      else fail({ errMsg: 'getImageInfo:fail' });
    },
    compressImage: ({ src, compressedWidth, compressedHeight, success }: Options) => {
      pictures[`${src}.small`] = { width: compressedWidth, height: compressedHeight, type: 'jpeg' };
      success({ tempFilePath: `${src}.small` });
    },
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
