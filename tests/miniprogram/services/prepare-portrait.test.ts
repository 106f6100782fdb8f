import { preparePortrait } from '../../../miniprogram/services/prepare-portrait';
import { failing } from '../../support/fake-wx';
import { type PhoneOptions, type Picture, WRITTEN, dataUrlOf, phoneWith } from '../../support/picture-phone';

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

  describe('on an iPhone, which exports no off-screen canvas', () => {
    const small = { width: 1500, height: 2000, type: 'jpeg' };
    const ways: readonly (readonly [string, Picture, string])[] = [
      ['the JPEG that the canvas gives as text', small, 'jpg'],
      ['a smaller PNG where the canvas writes no JPEG', { ...small, type: 'png' }, 'png'],
    ];
    it.each(ways)('is %s, and the drawing itself is removed', async (_name, picture, extension) => {
      const { phone, kept, removed } = phoneWith(
        { tmp: png },
        { compress: () => undefined, dataUrl: dataUrlOf(picture) },
      );
      const ready = await preparePortrait('tmp', 'portrait-1');
      phone.remove();
      expect(ready).toEqual({ path: `wxfile://usr/portrait-1.${extension}`, extension });
      expect(kept).toEqual([[expect.stringMatching(WRITTEN), ready.path]]);
      expect(kept[0]![0]).toMatch(new RegExp(`\\.${extension}$`));
      expect(removed).toEqual([kept[0]![0]]);
    });

    it.each([['knows no text of it', null] as const, ['has no room for it', 'data:,'] as const])(
      'is sent as it is where the canvas %s',
      async (_name, dataUrl) => {
        const { phone, kept, removed } = phoneWith({ tmp: png }, { compress: () => undefined, dataUrl });
        await preparePortrait('tmp', 'portrait-1');
        phone.remove();
        expect(kept).toEqual([['tmp', 'wxfile://usr/portrait-1.png']]);
        expect(removed).toEqual([]);
      },
    );

    it('leaves no drawing behind that nobody can read', async () => {
      const dataUrl = dataUrlOf(small).replace(/,.*/, `,${btoa('{"type":"unknown"}')}`);
      const { phone, kept, removed } = phoneWith({ tmp: png }, { compress: () => undefined, dataUrl });
      await preparePortrait('tmp', 'portrait-1');
      phone.remove();
      expect(kept).toEqual([['tmp', 'wxfile://usr/portrait-1.png']]);
      expect(removed).toEqual([expect.stringMatching(WRITTEN)]);
    });

    it('leaves no drawing behind when the phone has no room for the photo', async () => {
      const { phone, removed, functions } = phoneWith(
        { tmp: png },
        { compress: () => undefined, dataUrl: dataUrlOf(small) },
      );
      phone.add({
        getFileSystemManager: () => ({
          ...functions.getFileSystemManager(),
          copyFile: failing('copyFile:fail the maximum size of the file storage limit is exceeded'),
        }),
      });
      await expect(preparePortrait('tmp', 'portrait-1')).rejects.toMatchObject({ problem: 'storage-full' });
      phone.remove();
      expect(removed).toEqual([expect.stringMatching(WRITTEN)]);
    });
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

  it('is not waited for when a drawing comes late, and the drawing is removed then', async () => {
    jest.useFakeTimers();
    const { phone, kept, removed, functions } = phoneWith(
      { tmp: png },
      { compress: () => undefined, dataUrl: dataUrlOf({ width: 1500, height: 2000, type: 'jpeg' }) },
    );
    phone.add({
      getFileSystemManager: () => ({
        ...functions.getFileSystemManager(),
        writeFile: ({ success }: { success: () => void }) => setTimeout(success, 15_000),
      }),
    });
    const ready = preparePortrait('tmp', 'portrait-1');
    await jest.advanceTimersByTimeAsync(10_000);
    await ready;
    expect(removed).toEqual([]);
    await jest.advanceTimersByTimeAsync(5_000);
    phone.remove();
    jest.useRealTimers();
    expect(kept).toEqual([['tmp', 'wxfile://usr/portrait-1.png']]);
    expect(removed).toEqual([expect.stringMatching(WRITTEN)]);
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
