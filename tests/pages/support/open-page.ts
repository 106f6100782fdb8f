/**
 * Opens one page of the student's way without WeChat: its handlers run for real, `setData` only keeps what the
 * template would show. Cloud functions are the page's only way out and are given by the test. The phone knows the cloud's
 * time, which is the builders' own, so that no test depends on the day on which it runs.
 */
import { type FakeWx, type WxFunctions, installFakeWx, succeeding } from '../../support/fake-wx';
import { NOON } from '../../support/view-builder';
import { type ErrorCode, type ErrorDetails } from '../../../miniprogram/shared/errors';

export interface PageInTest {
  /** What the template shows. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly wx: FakeWx;
  /** Requests to cloud functions so far, as function.action. */
  readonly calls: { readonly action: string; readonly payload: unknown; readonly requestKey: string }[];
  /** The request keys under which one action was asked, in order. */
  readonly keysOf: (action: string) => string[];
  /** Calls a handler as WeChat would. */
  readonly fire: (handler: string, event?: PageEvent) => Promise<unknown>;
  /** Goes back and in again: the first one is closed, a second one of the same mini program opens and is not waited for. */
  readonly again: () => PageInTest;
  readonly close: () => void;
}

export interface PageEvent {
  readonly detail?: unknown;
  readonly dataset?: Readonly<Record<string, unknown>>;
}

/** An answer for each action, at once or as a promise of a later one; a `Refusal` stands for the code it names. */
export type CloudAnswers = Readonly<Record<string, unknown>>;

export class Refusal {
  constructor(
    readonly code: ErrorCode,
    readonly details: ErrorDetails = {},
  ) {}
}

/** An answer that comes when the test says so. */
export function later(): { readonly answer: Promise<unknown>; readonly comes: (answer: unknown) => void } {
  let comes: (answer: unknown) => void = () => undefined;
  const answer = new Promise<unknown>((resolve) => {
    comes = resolve;
  });
  return { answer, comes };
}

/** The network is gone: WeChat fails with this text. */
export const NO_NETWORK = new Error('cloud.callFunction:fail request:fail network error');

interface OpenOptions {
  /** The package that the page is in; the student's pages unless said otherwise. */
  readonly folder?: 'pages' | 'operator';
  readonly query?: Readonly<Record<string, string>>;
  readonly answers?: CloudAnswers;
  readonly wx?: WxFunctions;
  /** What lies in the phone's storage before the page opens. */
  readonly stored?: Readonly<Record<string, unknown>>;
  /** What another page has left in a service, e.g. who sits here; runs with the modules that the page will use. */
  readonly beforehand?: () => Promise<void>;
}

type Handlers = Record<string, ((...values: unknown[]) => unknown) | undefined>;

/** Opens pages/<name>/<name>, as after a tap that led there. */
export async function openPage(name: string, options: OpenOptions = {}): Promise<PageInTest> {
  const calls: PageInTest['calls'] = [];
  const phone = installFakeWx({
    cloud: cloudWith(options.answers ?? {}, calls),
    setKeepScreenOn: succeeding(),
    vibrateShort: () => undefined,
    vibrateLong: () => undefined,
    onNetworkStatusChange: () => undefined,
    offNetworkStatusChange: () => undefined,
    ...options.wx,
  });
  for (const [key, value] of Object.entries({ ...timeLearnt(), ...options.stored })) {
    phone.stored.set(key, value);
  }
  const handlers = await registered(name, options.folder ?? 'pages');
  await options.beforehand?.();
  const inTest = (page: Handlers): PageInTest => ({
    data: page.data as unknown as Record<string, unknown>,
    wx: phone,
    calls,
    keysOf: (action) => calls.filter((call) => call.action === action).map((call) => call.requestKey),
    fire: (handler, { detail, dataset = {} } = {}) => {
      const run = page[handler];
      if (!run) throw new Error(`${name} has no handler ${handler}`);
      return Promise.resolve(run.call(page, { detail, currentTarget: { dataset } }));
    },
    again: () => {
      void page.onUnload?.();
      const next = instantiate(handlers);
      void next.onLoad?.(options.query ?? {});
      void next.onShow?.();
      return inTest(next);
    },
    close: () => {
      void page.onUnload?.();
      phone.remove();
    },
  });
  const page = instantiate(handlers);
  await page.onLoad?.(options.query ?? {});
  await page.onShow?.();
  return inTest(page);
}

/** What `services/server-clock.ts` keeps once an answer has said that it is noon. */
function timeLearnt(): Readonly<Record<string, unknown>> {
  const learntMs = Date.parse(NOON);
  return { 'server-clock.1': { aheadMs: learntMs - Date.now(), learntMs } };
}

/** Loads the page's module anew, so that tests share no state, and catches what it registers. */
async function registered(name: string, folder: 'pages' | 'operator'): Promise<Handlers> {
  jest.resetModules();
  let options: Handlers | undefined;
  (globalThis as unknown as { Page: (page: Handlers) => void }).Page = (page) => {
    options = page;
  };
  await (folder === 'pages'
    ? import(`../../../miniprogram/pages/${name}/${name}`)
    : import(`../../../miniprogram/operator/${name}/${name}`));
  if (!options) throw new Error(`${name} registers no page`);
  return options;
}

function instantiate(options: Handlers): Handlers {
  const data = JSON.parse(JSON.stringify(options['data'])) as Record<string, unknown>;
  return Object.assign(Object.create(null) as Handlers, options, {
    data,
    setData: (change: Record<string, unknown>) => {
      Object.assign(data, JSON.parse(JSON.stringify(change)));
    },
  });
}

function cloudWith(answers: CloudAnswers, calls: PageInTest['calls']) {
  interface Call {
    readonly name: string;
    readonly data: { readonly action: string; readonly payload: unknown; readonly requestKey: string };
    readonly success: (value: unknown) => void;
    readonly fail: (value: unknown) => void;
  }
  return {
    init: () => undefined,
    callFunction({ name, data, success, fail }: Call) {
      const action = `${name}.${data.action}`;
      calls.push({ action, payload: data.payload, requestKey: data.requestKey });
      const given = answers[action];
      const answer =
        typeof given === 'function' ? (given as (payload: unknown) => unknown)(data.payload) : given;
      if (answer === undefined) throw new Error(`no answer for ${action}`);
      const reply = (now: unknown): void => {
        if (now instanceof Error) fail({ errMsg: now.message });
        else if (now instanceof Refusal) {
          success({ result: { ok: false, code: now.code, details: now.details, requestId: 'request-1' } });
        } else success({ result: { ok: true, data: now, requestId: 'request-1' } });
      };
      if (answer instanceof Promise) void answer.then(reply);
      else reply(answer);
    },
  };
}
