// The finished picture on its way into the album, on a phone that names and refuses files as phones do.
import { saveToAlbum } from '../../../miniprogram/platform/album';
import { type PlatformError } from '../../../miniprogram/platform/problem';
import { sweepPortraits } from '../../../miniprogram/services/portrait-upload/sweep-portraits';
import { failing, type FakeWx, installFakeWx, succeeding, type WxFunctions } from '../../support/fake-wx';

interface DownloadRequest {
  readonly url: string;
  readonly filePath?: string;
  readonly success: (result: object) => void;
}

interface FileRequest {
  readonly filePath: string;
  readonly success: (result?: object) => void;
  readonly fail: (failure: { errMsg: string }) => void;
}

let phone: FakeWx;
let files: Set<string>;
let album: string[];

const download =
  (statusCode: number) =>
  ({ filePath, success }: DownloadRequest): void => {
    // Without a path of one's own: named by the Content-Type, of which the storage has none.
    const path = filePath ?? 'wxfile://tmp_1.bin';
    files.add(path);
    success({ statusCode, ...(filePath === undefined ? { tempFilePath: path } : { filePath }) });
  };

function aPhone(functions: WxFunctions = {}): void {
  files = new Set();
  album = [];
  phone = installFakeWx({
    downloadFile: download(200),
    saveImageToPhotosAlbum: ({ filePath, success, fail }: FileRequest) => {
      if (!/\.(jpg|png)$/.test(filePath)) {
        fail({ errMsg: 'saveImageToPhotosAlbum:fail invalid file type' });
        return;
      }
      if (!files.has(filePath)) {
        fail({ errMsg: 'saveImageToPhotosAlbum:fail file not exist' });
        return;
      }
      album.push(filePath);
      success();
    },
    getStorageInfoSync: () => ({ keys: [] }),
    getFileSystemManager: () => ({
      readdir: succeeding({ files: [...files].map((path) => path.replace('wxfile://usr/', '')) }),
      unlink: ({ filePath, success, fail }: FileRequest) => {
        if (files.delete(filePath)) success();
        else fail({ errMsg: 'unlink:fail no such file or directory' });
      },
    }),
    ...functions,
  });
}

const LINK = 'https://storage.example/standards/x?sign=1';
const problemOf = (saving: Promise<void>): Promise<string> =>
  saving.then(
    () => 'saved',
    (error: unknown) => (error as PlatformError).problem,
  );

afterEach(() => {
  phone.remove();
});

it('takes a picture whose type the storage does not tell, and leaves nothing in the mini program’s folder', async () => {
  aPhone();
  await saveToAlbum(LINK);
  expect(album).toEqual([expect.stringMatching(/^wxfile:\/\/usr\/.*\.jpg$/)]);
  expect([...files]).toEqual([]);
});

it.each([
  [
    'the album refuses',
    { saveImageToPhotosAlbum: failing('saveImageToPhotosAlbum:fail auth deny') },
    'album-refused',
  ],
  ['the address has expired', { downloadFile: download(403) }, 'offline'],
  ['there is no network', { downloadFile: failing('downloadFile:fail connect error') }, 'offline'],
  [
    'the folder is full',
    { downloadFile: failing('downloadFile:fail the maximum size of the file storage limit is exceeded') },
    'storage-full',
  ],
])('says so and leaves nothing behind where %s', async (_name, functions, problem) => {
  aPhone(functions);
  await expect(problemOf(saveToAlbum(LINK))).resolves.toBe(problem);
  expect([...files]).toEqual([]);
  expect(album).toEqual([]);
});

it('two that are saved at the same time both arrive: neither removes the other’s file', async () => {
  aPhone();
  const saved = await Promise.all([LINK, LINK].map((link) => problemOf(saveToAlbum(link))));
  expect(saved).toEqual(['saved', 'saved']);
  expect(new Set(album).size).toBe(2);
  expect([...files]).toEqual([]);
});

it('a picture that a killed mini program left behind goes at the next launch', async () => {
  aPhone({ saveImageToPhotosAlbum: () => undefined });
  void saveToAlbum(LINK);
  await new Promise((resolve) => setTimeout(resolve));
  expect(files.size).toBe(1);
  await sweepPortraits();
  expect([...files]).toEqual([]);
});
