/**
 * The calling convention of `wx` functions and the parts that need no screen.
 * @jest-environment jsdom
 */
import { call, throwMissing, WxFailure } from '../../../../local/phone/browser/wx/api';
import { ModuleLoader } from '../../../../local/phone/browser/framework/module-loader';
import { EventChannel } from '../../../../local/phone/browser/framework/event-channel';
import { parseQuery } from '../../../../local/phone/browser/framework/page-stack';
import { PhoneState } from '../../../../local/phone/browser/phone/phone-state';
import { storageFunctions } from '../../../../local/phone/browser/wx/storage';
import { type Phone } from '../../../../local/phone/browser/phone/phone';

describe('call', () => {
  const double = call<{ readonly value: number }>('double', ({ value }) => {
    if (value < 0) throw new WxFailure('negative', { errno: 7 });
    return { value: 2 * value };
  });

  test('answers by promise where no callback is given', async () => {
    await expect(double({ value: 2 } as never)).resolves.toEqual({ value: 4, errMsg: 'double:ok' });
    await expect(double({ value: -1 } as never)).rejects.toEqual({
      errMsg: 'double:fail negative',
      errno: 7,
    });
  });

  test('answers by callback, later, and returns nothing then', async () => {
    const order: string[] = [];
    const done = new Promise<void>((resolve) => {
      const result = double({
        value: 2,
        success: (answer: object) => order.push(`success ${JSON.stringify(answer)}`),
        complete: () => {
          order.push('complete');
          resolve();
        },
      } as never);
      order.push(`returned ${typeof result}`);
    });
    await done;
    expect(order).toEqual(['returned undefined', 'success {"value":4,"errMsg":"double:ok"}', 'complete']);
  });

  test('gives failures to fail and complete', async () => {
    const failures: object[] = [];
    await new Promise<void>((resolve) => {
      void double({
        value: -1,
        fail: (failure: object) => failures.push(failure),
        complete: (failure: object) => {
          failures.push(failure);
          resolve();
        },
      } as never);
    });
    expect(failures).toEqual([
      { errMsg: 'double:fail negative', errno: 7 },
      { errMsg: 'double:fail negative', errno: 7 },
    ]);
  });
});

test('a missing function throws its name when it is called, not when it is asked for', () => {
  const wx = throwMissing('wx', { present: () => 1 }) as Record<string, (...values: unknown[]) => unknown>;
  expect(wx['present']?.()).toBe(1);
  expect(typeof wx['absent']).toBe('function');
  expect(() => wx['absent']?.()).toThrow('wx.absent is not part of the browser phone');
  expect('absent' in wx).toBe(false);
});

describe('modules', () => {
  const load = (code: string, globals: object = {}): unknown =>
    new ModuleLoader({ 'a.js': { code, requires: {} } }, { ...globals }).load('a.js').exports;

  test.each([
    'window',
    'document',
    'fetch',
    'localStorage',
    'TextDecoder',
    'URL',
    'crypto',
    'Blob',
    'navigator',
  ])('see no %s, as on a phone', (name) => {
    expect(load(`module.exports = typeof ${name};`)).toBe('undefined');
  });

  test('may use the same names for their own', () => {
    expect(load('const top = 1; let document = 2; module.exports = top + document;')).toBe(3);
  });

  test('see WeChat’s globals', () => {
    expect(load('module.exports = wx.answer;', { wx: { answer: 42 } })).toBe(42);
  });

  test('run once, also in a circle', () => {
    const loader = new ModuleLoader(
      {
        'a.js': {
          code: 'exports.runs = (exports.runs || 0) + 1; require("./b"); exports.done = true;',
          requires: { './b': 'b.js' },
        },
        'b.js': { code: 'exports.sawDone = require("./a").done === true;', requires: { './a': 'a.js' } },
      },
      {},
    );
    expect(loader.load('a.js').exports).toEqual({ runs: 1, done: true });
    expect(loader.load('b.js').exports).toEqual({ sawDone: false });
  });

  test('name what is missing', () => {
    expect(() => load('require("./gone");')).toThrow('a.js requires a missing module: ./gone');
  });
});

describe('storage', () => {
  type Storage = Record<string, (...values: unknown[]) => unknown>;
  const storageOf = (identity: string): Storage =>
    storageFunctions({ state: new PhoneState(identity) } as Phone) as Storage;

  beforeEach(() => {
    localStorage.clear();
  });

  test('keeps values of every JSON kind, apart for each identity', () => {
    const [first, second] = [storageOf('a'), storageOf('b')];
    for (const value of [0, false, '', 'text', null, [1], { a: { b: 1 } }]) {
      first['setStorageSync']?.('key', value);
      expect(first['getStorageSync']?.('key')).toEqual(value);
    }
    expect(second['getStorageSync']?.('key')).toBe('');
  });

  test('an unknown key is an empty string, and a failure in the other form', async () => {
    const storage = storageOf('a');
    expect(storage['getStorageSync']?.('none')).toBe('');
    await expect(storage['getStorage']?.({ key: 'none' })).rejects.toEqual({
      errMsg: 'getStorage:fail data not found',
    });
  });

  test('refuses more than a megabyte under one key', () => {
    expect(() => storageOf('a')['setStorageSync']?.('key', 'x'.repeat(1024 * 1024))).toThrow(
      'entry size limit',
    );
  });

  test('clearing one identity leaves the other', () => {
    const [first, second] = [storageOf('a'), storageOf('b')];
    first['setStorageSync']?.('key', 1);
    second['setStorageSync']?.('key', 2);
    first['clearStorageSync']?.();
    expect([first['getStorageSync']?.('key'), second['getStorageSync']?.('key')]).toEqual(['', 2]);
  });
});

test('query values stay as they were written', () => {
  expect(parseQuery('a=%E7%94%B2&b=1=2&c')).toEqual({ a: '%E7%94%B2', b: '1=2', c: '' });
});

test('an event channel speaks to all, once to some, and to nobody after off', () => {
  const channel = new EventChannel();
  const heard: string[] = [];
  const always = (value: unknown): void => void heard.push(`always ${String(value)}`);
  channel.on('news', always);
  channel.once('news', (value) => heard.push(`once ${String(value)}`));
  channel.emit('news', 1);
  channel.emit('news', 2);
  channel.off('news', always);
  channel.emit('news', 3);
  expect(heard).toEqual(['always 1', 'once 1', 'always 2']);
});
