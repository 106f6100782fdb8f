/**
 * The calling convention of `wx` functions: one options object with success, fail and complete, or a
 * promise when none of them is given. Failures carry WeChat's `errMsg` and, where WeChat has one, `errno`.
 */

/** A refusal of a `wx` function; becomes the object that `fail` receives. */
export class WxFailure extends Error {
  constructor(
    readonly reason: string,
    readonly codes: { readonly errno?: number; readonly errCode?: number } = {},
  ) {
    super(reason);
  }
}

export interface CallOptions {
  readonly success?: (result: object) => void;
  readonly fail?: (failure: object) => void;
  readonly complete?: (result: object) => void;
}

export type WxFunction = (options?: CallOptions) => Promise<object> | undefined;

/**
 * Makes a `wx` function of a plain asynchronous one.
 * @param run gets the options as the mini program passed them; the caller states their shape
 */
// The caller states the shape of the options that the mini program passes; nothing could infer it.
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
export function call<Options extends object>(
  name: string,
  run: (options: Options) => object | undefined | Promise<object | undefined>,
): WxFunction {
  return (options = {}) => {
    const { success, fail, complete } = options;
    // Like the real ones, functions answer later, never inside the call.
    const result = Promise.resolve().then(async () => {
      const value = await run(options as Options);
      return { ...value, errMsg: `${name}:ok` };
    });
    if (success === undefined && fail === undefined && complete === undefined) {
      return result.catch((error: unknown) => {
        // WeChat rejects with a plain object, not with an Error.
        // eslint-disable-next-line @typescript-eslint/only-throw-error
        throw failureOf(name, error);
      });
    }
    void result.then(
      (value) => {
        success?.(value);
        complete?.(value);
      },
      (error: unknown) => {
        const failure = failureOf(name, error);
        fail?.(failure);
        complete?.(failure);
      },
    );
    return undefined;
  };
}

/** The object that `fail` receives. Unexpected errors are shown in the console as well. */
export function failureOf(
  name: string,
  error: unknown,
): { errMsg: string; errno?: number; errCode?: number } {
  if (error instanceof WxFailure) return { errMsg: `${name}:fail ${error.reason}`, ...error.codes };
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof Error && error.name === 'AbortError')) console.error(`wx.${name}`, error);
  return { errMsg: `${name}:fail ${message}` };
}

/**
 * Puts functions behind a proxy: a name that is missing gives a function that throws the name when it is called.
 * Called, not read, so that code may still ask whether WeChat has a function.
 */
export function throwMissing(owner: string, functions: Readonly<Record<string, unknown>>): object {
  return new Proxy(functions, {
    get(target, name) {
      if (typeof name === 'symbol' || name === 'then' || Object.hasOwn(target, name))
        return target[name as string];
      return () => {
        throw new Error(`${owner}.${name} is not part of the browser phone`);
      };
    },
  });
}
