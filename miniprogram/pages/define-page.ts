/**
 * The frame of every page: a plain state, a pure `toView` that turns it into what the template shows, and handlers
 * that change the state. Sends only what changed to the view, keeps WeChat's font scale, and turns everything that
 * stops a handler into a `Failure` of the state. Refuses to know what a page is about.
 */
import { textScale } from '../platform/display';
import { bringIntoSight } from '../platform/measure';
import { failureOf } from '../services/failure';
import { Failure } from '../shared/failure';

/** What every page's state has. */
export interface PageState {
  /** What stopped the last step; null when nothing did. */
  readonly failure: Failure | null;
}

/** What handlers find in `this`. */
export interface PageFrame<State extends PageState> {
  readonly state: State;
  /** Changes the state and shows it. Does nothing once the page is closed: late answers are welcome to arrive. */
  update(change: Partial<State>): void;
  /** Does another step after a failed one, and still shows what stopped the first, unless this one failed too. */
  keepingFailure(step: () => Promise<void>): Promise<void>;
  /**
   * Does one step. A refusal or a problem becomes `failure`; a cancelled dialog stays silent.
   * @param always the state afterwards in any case, e.g. no longer busy
   */
  attempt(step: () => Promise<void>, always?: Partial<State>): Promise<void>;
  /**
   * Goes to another page after something was waited for, e.g. `go(replaceWith, route)`. Does nothing once the page is
   * closed: the person went somewhere else, and a late answer must not take them away from there.
   */
  go<To extends unknown[]>(how: (...to: To) => void, ...to: To): void;
}

export type Query = Record<string, string | undefined>;

export interface PageDefinition<State extends PageState, View extends object, Own extends object> {
  readonly initial: () => State;
  readonly toView: (state: State) => View;
  /** Fixed sentences that the template shows by name. */
  readonly words: object;
  readonly handlers: Own & ThisType<PageFrame<State> & Own>;
}

interface Instance<State extends PageState> extends PageFrame<State> {
  state: State;
  closed: boolean;
  readonly data: Record<string, unknown>;
  setData(change: Record<string, unknown>): void;
}

/** Every page's failure panel carries this class. */
const FAILURE = '.failure';

type LifeCycleHandler = (this: unknown, ...values: unknown[]) => unknown;

/** Registers a page with WeChat. */
export function definePage<State extends PageState, View extends object, Own extends object>(
  definition: PageDefinition<State, View, Own>,
): void {
  const { initial, toView, words, handlers } = definition;
  const own = handlers as Readonly<Record<string, LifeCycleHandler | undefined>>;
  const options = {
    ...handlers,
    data: { words, rootStyle: '', ...toView(initial()) },

    onLoad(this: Instance<State>, query: Query) {
      this.state = initial();
      this.closed = false;
      // Set on the page's root because WeChat's own scale does not reach px sizes.
      this.setData({ rootStyle: `--text: ${textScale()}` });
      this.update({});
      return own['onLoad']?.call(this, query);
    },

    onUnload(this: Instance<State>) {
      this.closed = true;
      return own['onUnload']?.call(this);
    },

    update(this: Instance<State>, change: Partial<State>) {
      if (this.closed) return;
      this.state = { ...this.state, ...change };
      const changed = changedIn(this.data, toView(this.state));
      if (Object.keys(changed).length > 0) this.setData(changed);
    },

    go<To extends unknown[]>(this: Instance<State>, how: (...to: To) => void, ...to: To) {
      if (!this.closed) how(...to);
    },

    async attempt(this: Instance<State>, step: () => Promise<void>, always: Partial<State> = {}) {
      this.update({ failure: null } as Partial<State>);
      try {
        await step();
        this.update(always);
      } catch (error) {
        const failure = failureOf(error);
        this.update({ ...always, failure });
        if (failure !== null && !this.closed) bringIntoSight(FAILURE);
      }
    },

    async keepingFailure(this: Instance<State>, step: () => Promise<void>) {
      const { failure } = this.state;
      await step();
      if (this.state.failure === null) this.update({ failure } as Partial<State>);
    },
  };
  // The typings want one literal; the handlers' own `this` is checked above.
  Page(options as unknown as WechatMiniprogram.Page.Options<object, WechatMiniprogram.IAnyObject>);
}

/** The fields whose value is not the one that the view already has. */
function changedIn(shown: Readonly<Record<string, unknown>>, view: object): Record<string, unknown> {
  const changed = Object.entries(view).filter(
    ([name, value]) => JSON.stringify(shown[name]) !== JSON.stringify(value),
  );
  // A field that became undefined must still be told; WeChat ignores undefined, so the views use null.
  return changed.reduce<Record<string, unknown>>(
    (all, [name, value]) => ({ ...all, [name]: value as unknown }),
    {},
  );
}
