/**
 * The few functions of `wx` that services and pages use, kept in memory, for tests that run in plain Node.
 * A function that a test does not bring throws its name, so nothing passes by accident.
 */

export type WxFunctions = Readonly<Record<string, unknown>>;

export interface FakeWx {
  /** What lies in the phone's storage. */
  readonly stored: Map<string, unknown>;
  /** Addresses that were opened, with how: navigateTo, redirectTo, reLaunch, navigateBack. */
  readonly opened: { readonly how: string; readonly url: string }[];
  /** What the navigation bar was given. */
  readonly titles: readonly string[];
  /** Puts more functions in, or other ones. */
  readonly add: (functions: WxFunctions) => void;
  readonly remove: () => void;
}

interface Callbacks {
  readonly success?: (result: unknown) => void;
  readonly fail?: (failure: { errMsg: string; errno?: number }) => void;
}

/** A function of `wx` that answers through its callbacks. */
export function succeeding(result: unknown = {}) {
  return ({ success }: Callbacks = {}) => success?.(result);
}

export function failing(errMsg: string, errno?: number) {
  return ({ fail }: Callbacks = {}) => fail?.({ errMsg, ...(errno !== undefined && { errno }) });
}

/** A `createSelectorQuery` that finds one element, and tells its box at once or when the test says so. */
export function measuring(tell: (told: (box: unknown) => void) => void) {
  return () => {
    const query = {
      in: () => query,
      select: () => query,
      boundingClientRect: (told: (box: unknown) => void) => {
        tell(told);
        return query;
      },
      exec: () => undefined,
    };
    return query;
  };
}

/** Puts a fake `wx` into the global scope until `remove`. */
export function installFakeWx(functions: WxFunctions = {}): FakeWx {
  const stored = new Map<string, unknown>();
  const opened: { how: string; url: string }[] = [];
  const titles: string[] = [];
  const opening =
    (how: string) =>
    ({ url = '' }: { url?: string } = {}) => {
      opened.push({ how, url });
    };
  const own: Record<string, unknown> = {
    env: { USER_DATA_PATH: 'wxfile://usr' },
    getStorageSync: (key: string) => stored.get(key) ?? '',
    // The real one serialises, so a test must not get the same object back.
    setStorageSync: (key: string, value: unknown) => stored.set(key, JSON.parse(JSON.stringify(value))),
    removeStorageSync: (key: string) => stored.delete(key),
    navigateTo: opening('navigateTo'),
    redirectTo: opening('redirectTo'),
    reLaunch: opening('reLaunch'),
    navigateBack: opening('navigateBack'),
    getAppBaseInfo: () => ({ fontSizeScaleFactor: 1 }),
    nextTick: (run: () => void) => {
      run();
    },
    pageScrollTo: () => undefined,
    setNavigationBarTitle: ({ title }: { title: string }) => titles.push(title),
    ...functions,
  };
  const scope = globalThis as unknown as { wx?: unknown; getCurrentPages?: () => unknown[] };
  scope.wx = new Proxy(own, {
    get(target, name) {
      if (typeof name === 'symbol') return undefined;
      if (name in target) return target[name];
      throw new Error(`wx.${name} is not part of this test`);
    },
  });
  scope.getCurrentPages = () => [{}, {}];
  return {
    stored,
    opened,
    titles,
    add: (more) => Object.assign(own, more),
    remove: () => {
      delete scope.wx;
      delete scope.getCurrentPages;
    },
  };
}
