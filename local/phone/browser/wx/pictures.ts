/** Choosing, reading, compressing, showing and saving pictures; reading codes. */
import { isPictureName } from '../phone/download-name';
import { firstCode, scan } from '../phone/scanner';
import { fetchFile } from '../phone/picture-sources';
import { type Phone } from '../phone/phone';
import { element } from '../screen/screen';
import { call, WxFailure } from './api';
import { requireAuthorization } from './guard';

interface ChooseOptions {
  readonly count?: number;
  readonly mediaType?: readonly string[];
  readonly sizeType?: readonly string[];
  readonly sourceType?: readonly string[];
  readonly type?: string;
}

interface CompressOptions {
  readonly src: string;
  readonly quality?: number;
  readonly compressedWidth?: number;
  readonly compressedHeight?: number;
}

export function pictureFunctions(phone: Phone): Record<string, unknown> {
  const { files } = phone;
  const choose = async (name: string, maximum: number, accept: string): Promise<ChosenFile[]> => {
    await requireAuthorization(phone, name);
    const chosen = await phone.pictures.choose(maximum, accept);
    if (chosen.length === 0) throw new WxFailure('cancel');
    return Promise.all(chosen.map((file) => keep(phone, file)));
  };
  return {
    chooseMedia: call<ChooseOptions>('chooseMedia', async ({ count = 9 }) => {
      const tempFiles = await choose('chooseMedia', count, 'image/*');
      return {
        type: 'image',
        tempFiles: tempFiles.map(({ path, size }) => ({ tempFilePath: path, size, fileType: 'image' })),
      };
    }),
    chooseImage: call<ChooseOptions>('chooseImage', async ({ count = 9 }) => {
      const tempFiles = await choose('chooseImage', count, 'image/*');
      return {
        tempFilePaths: tempFiles.map(({ path }) => path),
        tempFiles: tempFiles.map(({ path, size }) => ({ path, size })),
      };
    }),
    chooseMessageFile: call<ChooseOptions>('chooseMessageFile', async ({ count = 1, type = 'all' }) => {
      const tempFiles = await choose('chooseMessageFile', count, type === 'image' ? 'image/*' : '');
      return {
        tempFiles: tempFiles.map(({ path, size, name }) => ({
          path,
          size,
          name,
          type: 'image',
          time: Math.floor(Date.now() / 1000),
        })),
      };
    }),
    getImageInfo: call<{ readonly src: string }>('getImageInfo', async ({ src }) => {
      const blob = await fetchFile(await phone.addressOf(src));
      const bitmap = await createImageBitmap(blob).catch(() => {
        throw new WxFailure('file not found');
      });
      const { width, height } = bitmap;
      bitmap.close();
      const type = blob.type.replace('image/', '') || 'unknown';
      return { width, height, path: src, orientation: 'up', type };
    }),
    compressImage: call<CompressOptions>('compressImage', async (options) => {
      const blob = await fetchFile(await phone.addressOf(options.src));
      // The documentation of wx.compressImage: on iOS JPEG only. How a real iPhone says so is not documented.
      if (phone.state.settings.platform === 'ios' && blob.type !== 'image/jpeg')
        throw new WxFailure('file is not a JPEG');
      const small = await compress(blob, options);
      return { tempFilePath: await files.addTemporary(small, 'jpg') };
    }),
    previewImage: call<{ readonly urls: readonly string[]; readonly current?: string }>(
      'previewImage',
      async (options) => {
        await preview(phone, options.current ?? options.urls[0] ?? '');
        return undefined;
      },
    ),
    previewMedia: call<{ readonly sources: readonly { readonly url: string }[]; readonly current?: number }>(
      'previewMedia',
      async ({ sources, current = 0 }) => {
        await preview(phone, sources[current]?.url ?? '');
        return undefined;
      },
    ),
    saveImageToPhotosAlbum: call<{ readonly filePath: string }>(
      'saveImageToPhotosAlbum',
      async ({ filePath }) => {
        await requireAuthorization(phone, 'saveImageToPhotosAlbum', 'scope.writePhotosAlbum');
        if (/^https?:/.test(filePath) || !isPictureName(filePath)) throw new WxFailure('invalid file type');
        phone.album.add(await fetchFile(await phone.addressOf(filePath)));
        return undefined;
      },
    ),
    scanCode: call<{ readonly onlyFromCamera?: boolean }>('scanCode', async ({ onlyFromCamera = false }) => {
      const picture = phone.state.settings.scanPicture;
      const code =
        picture === null ? await scan(phone, !onlyFromCamera) : await firstCode(await fetchFile(picture));
      // A phone goes on looking until the person gives up.
      if (!code) throw new WxFailure('cancel');
      return {
        result: code.result,
        rawData: code.rawData,
        charSet: code.charSet,
        scanType: 'QR_CODE',
        path: '',
      };
    }),
  };
}

interface ChosenFile {
  readonly path: string;
  readonly size: number;
  readonly name: string;
}

async function keep(phone: Phone, file: File): Promise<ChosenFile> {
  const extension = file.name.includes('.') ? (file.name.split('.').at(-1) ?? 'jpg') : 'jpg';
  return { path: await phone.files.addTemporary(file, extension), size: file.size, name: file.name };
}

async function compress(
  blob: Blob,
  { quality = 80, compressedWidth, compressedHeight }: CompressOptions,
): Promise<Blob> {
  const bitmap = await createImageBitmap(blob);
  const byWidth = compressedWidth === undefined ? undefined : compressedWidth / bitmap.width;
  const byHeight = compressedHeight === undefined ? undefined : compressedHeight / bitmap.height;
  const width = Math.round(bitmap.width * (byWidth ?? byHeight ?? 1));
  const height = Math.round(bitmap.height * (byHeight ?? byWidth ?? 1));
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  return canvas.convertToBlob({ type: 'image/jpeg', quality: quality / 100 });
}

async function preview(phone: Phone, source: string): Promise<void> {
  const picture = element('img', 'phone-preview');
  picture.alt = '预览图片';
  picture.src = await phone.addressOf(source);
  void phone.dialogs.ask({
    title: '预览',
    body: picture,
    buttons: [{ text: '关闭', answer: null, kind: 'primary' }],
    dismiss: null,
  });
}
