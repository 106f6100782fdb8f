/** Key-value storage with WeChat's limits, kept per identity in the browser. */
import { type Phone } from '../phone/phone';
import { call, WxFailure } from './api';

/** WeChat: 1 MB per key, 10 MB together. */
const KEY_LIMIT = 1024 * 1024;
const TOTAL_LIMIT_KB = 10 * 1024;

interface Stored {
  readonly data: unknown;
}

export function storageFunctions(phone: Phone): Record<string, unknown> {
  const prefix = `phone:${phone.state.identity}:storage:`;
  const keys = (): string[] =>
    Object.keys(localStorage)
      .filter((key) => key.startsWith(prefix))
      .map((key) => key.slice(prefix.length));
  const read = (key: string): unknown => {
    const text = localStorage.getItem(prefix + key);
    return text === null ? undefined : (JSON.parse(text) as Stored).data;
  };
  const write = (key: string, data: unknown): void => {
    const text = JSON.stringify({ data } satisfies Stored);
    if (text.length > KEY_LIMIT) throw new WxFailure('entry size limit reached');
    localStorage.setItem(prefix + key, text);
  };
  const remove = (key: string): void => {
    localStorage.removeItem(prefix + key);
  };
  const clear = (): void => {
    for (const key of keys()) remove(key);
  };
  const info = (): object => {
    const size = keys().reduce((sum, key) => sum + (localStorage.getItem(prefix + key)?.length ?? 0), 0);
    return { keys: keys(), currentSize: Math.ceil(size / 1024), limitSize: TOTAL_LIMIT_KB };
  };
  return {
    // WeChat answers an unknown key with an empty string in the synchronous form and fails in the other.
    getStorageSync: (key: string) => {
      const data = read(key);
      return data === undefined ? '' : data;
    },
    setStorageSync: (key: string, data: unknown) => {
      write(key, data);
    },
    removeStorageSync: remove,
    clearStorageSync: clear,
    getStorageInfoSync: info,
    getStorage: call<{ readonly key: string }>('getStorage', ({ key }) => {
      const data = read(key);
      if (data === undefined) throw new WxFailure('data not found');
      return { data };
    }),
    setStorage: call<{ readonly key: string; readonly data: unknown }>('setStorage', ({ key, data }) => {
      write(key, data);
      return undefined;
    }),
    removeStorage: call<{ readonly key: string }>('removeStorage', ({ key }) => {
      remove(key);
      return undefined;
    }),
    clearStorage: call('clearStorage', () => {
      clear();
      return undefined;
    }),
    getStorageInfo: call('getStorageInfo', info),
  };
}
