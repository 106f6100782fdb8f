/** `FileSystemManager` over the phone's file store; the calls that photo programs use. */
import { USER_DATA_PATH, type StoredFile } from '../phone/file-store';
import { type Phone } from '../phone/phone';
import { call, WxFailure } from './api';

type Encoding = 'utf8' | 'utf-8' | 'base64' | 'hex' | 'binary' | 'ascii' | 'latin1';

export function fileSystemFunctions(phone: Phone): Record<string, unknown> {
  const manager = fileSystemManager(phone);
  return {
    env: { USER_DATA_PATH },
    getFileSystemManager: () => manager,
  };
}

function fileSystemManager(phone: Phone): Record<string, unknown> {
  const { files } = phone;
  const open = (path: string): StoredFile => {
    const file = files.read(path);
    if (!file) throw new WxFailure(`no such file or directory, open '${path}'`, { errno: 1300002 });
    return file;
  };
  const writable = (path: string): string => {
    if (!path.startsWith(`${USER_DATA_PATH}/`))
      throw new WxFailure(`permission denied, open '${path}'`, { errno: 1300013 });
    return path;
  };
  const folders = new Set<string>([USER_DATA_PATH]);
  const exists = (path: string): boolean =>
    files.read(path) !== undefined || folders.has(path.replace(/\/$/, ''));

  const operations = {
    readFile: ({ filePath, encoding, position = 0, length }: ReadOptions) => {
      const bytes = open(filePath).bytes.slice(
        position,
        length === undefined ? undefined : position + length,
      );
      return { data: encoding === undefined ? bytes.buffer : decode(bytes, encoding) };
    },
    writeFile: ({ filePath, data, encoding }: WriteOptions) => {
      files.writeBytes(writable(filePath), encode(data, encoding));
      return undefined;
    },
    saveFile: ({ tempFilePath, filePath }: { tempFilePath: string; filePath?: string }) => {
      const extension = tempFilePath.split('.').at(-1) ?? 'bin';
      const target = filePath ?? `${USER_DATA_PATH}/store_${Date.now()}.${extension}`;
      files.writeBytes(writable(target), open(tempFilePath).bytes);
      files.remove(tempFilePath);
      return { savedFilePath: target };
    },
    copyFile: ({ srcPath, destPath }: { srcPath: string; destPath: string }) => {
      files.writeBytes(writable(destPath), open(srcPath).bytes);
      return undefined;
    },
    rename: ({ oldPath, newPath }: { oldPath: string; newPath: string }) => {
      files.writeBytes(writable(newPath), open(oldPath).bytes);
      files.remove(oldPath);
      return undefined;
    },
    unlink: ({ filePath }: { filePath: string }) => {
      open(filePath);
      files.remove(filePath);
      return undefined;
    },
    removeSavedFile: ({ filePath }: { filePath: string }) => {
      open(filePath);
      files.remove(filePath);
      return undefined;
    },
    access: ({ path }: { path: string }) => {
      if (!exists(path)) throw new WxFailure(`no such file or directory ${path}`, { errno: 1300002 });
      return undefined;
    },
    stat: ({ path }: { path: string }) => {
      const file = open(path);
      const time = Math.floor(file.modified / 1000);
      const stats = {
        mode: 33_188,
        size: file.bytes.byteLength,
        lastAccessedTime: time,
        lastModifiedTime: time,
        isFile: () => true,
        isDirectory: () => false,
      };
      return { stats };
    },
    mkdir: ({ dirPath }: { dirPath: string }) => {
      folders.add(writable(dirPath).replace(/\/$/, ''));
      return undefined;
    },
    rmdir: ({ dirPath }: { dirPath: string }) => {
      for (const path of files.list(`${dirPath}/`)) files.remove(path);
      folders.delete(dirPath);
      return undefined;
    },
    readdir: ({ dirPath }: { dirPath: string }) => {
      const names = files
        .list(`${dirPath}/`)
        .map((path) => path.slice(dirPath.length + 1).split('/')[0] ?? '');
      return { files: [...new Set(names)] };
    },
    getSavedFileList: () => ({
      fileList: files.list(USER_DATA_PATH).map((filePath) => ({
        filePath,
        size: open(filePath).bytes.byteLength,
        createTime: Math.floor(open(filePath).modified / 1000),
      })),
    }),
  };
  return {
    ...Object.fromEntries(
      Object.entries(operations).map(([name, run]) => [
        name,
        call<never>(name, run as (options: never) => object | undefined),
      ]),
    ),
    getFileInfo: call<{ readonly filePath: string; readonly digestAlgorithm?: string }>(
      'getFileInfo',
      async (options) => {
        const { bytes } = open(options.filePath);
        return { size: bytes.byteLength, digest: await digest(bytes, options.digestAlgorithm) };
      },
    ),
    readFileSync: (filePath: string, encoding?: Encoding) =>
      sync(() => operations.readFile({ filePath, ...(encoding && { encoding }) }).data),
    writeFileSync: (filePath: string, data: string | ArrayBuffer, encoding?: Encoding) => {
      sync(() => {
        operations.writeFile({ filePath, data, ...(encoding && { encoding }) });
      });
    },
    copyFileSync: (srcPath: string, destPath: string) => {
      sync(() => {
        operations.copyFile({ srcPath, destPath });
      });
    },
    saveFileSync: (tempFilePath: string, filePath?: string) =>
      sync(
        () =>
          operations.saveFile({ tempFilePath, ...(filePath !== undefined && { filePath }) }).savedFilePath,
      ),
    unlinkSync: (filePath: string) => {
      sync(() => {
        operations.unlink({ filePath });
      });
    },
    accessSync: (path: string) => {
      sync(() => {
        operations.access({ path });
      });
    },
    statSync: (path: string) => sync(() => operations.stat({ path }).stats),
    mkdirSync: (dirPath: string) => {
      sync(() => {
        operations.mkdir({ dirPath });
      });
    },
    rmdirSync: (dirPath: string) => {
      sync(() => {
        operations.rmdir({ dirPath });
      });
    },
    readdirSync: (dirPath: string) => sync(() => operations.readdir({ dirPath }).files),
  };
}

interface ReadOptions {
  readonly filePath: string;
  readonly encoding?: Encoding;
  readonly position?: number;
  readonly length?: number;
}

interface WriteOptions {
  readonly filePath: string;
  readonly data: string | ArrayBuffer;
  readonly encoding?: Encoding;
}

/** WeChat's synchronous functions throw an Error whose message says what failed. */
function sync<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw new Error(error instanceof WxFailure ? `fail ${error.reason}` : String(error));
  }
}

function decode(bytes: Uint8Array, encoding: Encoding): string {
  if (encoding === 'utf8' || encoding === 'utf-8') return new TextDecoder().decode(bytes);
  if (encoding === 'hex') return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return encoding === 'base64' ? btoa(binary) : binary;
}

function encode(data: string | ArrayBuffer, encoding: Encoding = 'utf8'): Uint8Array {
  if (typeof data !== 'string') return new Uint8Array(data.slice(0));
  if (encoding === 'utf8' || encoding === 'utf-8') return new TextEncoder().encode(data);
  if (encoding === 'hex')
    return Uint8Array.from(data.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  return Uint8Array.from(encoding === 'base64' ? atob(data) : data, (letter) => letter.charCodeAt(0));
}

/** WeChat offers MD5 (its default) and SHA-1; the browser has no MD5, and nothing here should want it. */
async function digest(bytes: Uint8Array, algorithm = 'md5'): Promise<string> {
  if (algorithm !== 'sha1') return '';
  const hash = await crypto.subtle.digest('SHA-1', bytes as Uint8Array<ArrayBuffer>);
  return decode(new Uint8Array(hash), 'hex');
}
