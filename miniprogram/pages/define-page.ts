/**
 * The frame of every page: a plain state, a pure `toView` that turns it into what the template shows, and handlers
 * that change the state. Sends only what changed to the view, keeps WeChat's font scale, turns everything that stops a
 * handler into a `Failure` of the state, and answers the failure panel's button by another try (beside a camera the panel
 * opens the camera instead: only a person presses the shutter). Refuses to know what a page is about, and leaves to
 * `PageSteps` how a step and what is edited meanwhile stand to each other.
 */
import { textScale } from '../platform/display';
import { Failure } from '../shared/failure';
import { Afterwards, PageSteps, Question, Step } from './page-steps';

/** What every page's state has. */
export interface PageState {
  /** What stopped the last step; null when nothing did. */
  readonly failure: Failure | null;
}

/** What handlers find in `this`. */
export interface PageFrame<State extends PageState> {
  readonly state: State;
  /** The person went somewhere else: nothing is begun for them any more, and what was taken for them is given back. */
  readonly closed: boolean;
  /** Changes the state and shows it. Does nothing once the page is closed: late answers are welcome to arrive. */
  update(change: Partial<State>): void;
  /**
   * Changes what requests are made of: a field, a tick, whom they are about. What was stopped is not tried again as it
   * was before, and its failure goes; that of a mere reading stays. What was being asked about it is given up.
   * @returns false, and nothing is changed, while a step that changes something is under way: its success would act on
   * what was taken back meanwhile. Templates show that as `held`.
   */
  edit(change: Partial<State>): boolean;
  /** Does another step after a failed one, and still shows what stopped the first, unless this one failed too. */
  keepingFailure(step: () => Promise<void>): Promise<void>;
  /**
   * Does one step that changes something, and holds the page until it is answered. A refusal or a problem becomes
   * `failure`, and the panel's button does the step again, from the same state of being busy; a cancelled dialog stays
   * silent.
   * @param always the state afterwards in any case, e.g. no longer busy
   * @param afterwards what follows from how it went, unless the page is closed by then. Here and not behind the `await`: a
   * later try comes back here only
   */
  attempt(step: Step, always?: Partial<State>, afterwards?: Afterwards): Promise<void>;
  /**
   * As `attempt`, for what only asks about what the page says: held by nothing, and given up by an edit or by a step that
   * changes something. Then `always` holds at once, nothing more is sent, and neither answer nor failure is shown.
   */
  attemptToAsk(question: Question<State>, always?: Partial<State>, afterwards?: Afterwards): Promise<void>;
  /**
   * As `attempt`, for what changes nothing and asks whatever the fields say, e.g. a reading or a picker: it holds nothing,
   * and no edit makes another try of it wrong.
   */
  attemptToRead(step: () => Promise<void>, always?: Partial<State>, afterwards?: Afterwards): Promise<void>;
  /**
   * Goes to another page after something was waited for, e.g. `go(replaceWith, route)`. Does nothing once the page is
   * closed: the person went somewhere else, and a late answer must not take them away from there.
   */
  go<To extends unknown[]>(how: (...to: To) => void, ...to: To): void;
}

export type Query = Record<string, string | undefined>;

export interface PageDefinition<State extends PageState, View extends object, Own extends object> {
  /** Everything that one opened page keeps, also what runs for it: all that are opened share the module (lint). */
  readonly initial: () => State;
  readonly toView: (state: State) => View;
  /** Fixed sentences that the template shows by name. */
  readonly words: object;
  /** Another try is the frame's, so that no page can make it something else than what was stopped. */
  readonly handlers: Own & { readonly onRetry?: never } & ThisType<PageFrame<State> & Own>;
}

interface Instance<State extends PageState> extends PageFrame<State> {
  state: State;
  closed: boolean;
  steps: PageSteps<State>;
  showHeld(held: boolean): void;
  readonly data: Record<string, unknown>;
  setData(change: Record<string, unknown>): void;
}

const NOTHING: Afterwards = () => undefined;

type LifeCycleHandler = (this: unknown, ...values: unknown[]) => unknown;

/** Registers a page with WeChat. */
export function definePage<State extends PageState, View extends object, Own extends object>(
  definition: PageDefinition<State, View, Own>,
): void {
  const { initial, toView, words, handlers } = definition;
  const own = handlers as Readonly<Record<string, LifeCycleHandler | undefined>>;
  const options = {
    ...handlers,
    data: { words, rootStyle: '', held: false, ...toView(initial()) },

    onLoad(this: Instance<State>, query: Query) {
      this.state = initial();
      this.closed = false;
      this.steps = new PageSteps(this);
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

    showHeld(this: Instance<State>, held: boolean) {
      if (!this.closed) this.setData({ held });
    },

    edit(this: Instance<State>, change: Partial<State>) {
      return this.steps.edit(change);
    },

    go<To extends unknown[]>(this: Instance<State>, how: (...to: To) => void, ...to: To) {
      if (!this.closed) how(...to);
    },

    attempt(
      this: Instance<State>,
      step: Step,
      always: Partial<State> = {},
      afterwards: Afterwards = NOTHING,
    ) {
      return this.steps.change(step, always, afterwards);
    },

    attemptToAsk(
      this: Instance<State>,
      question: Question<State>,
      always: Partial<State> = {},
      afterwards: Afterwards = NOTHING,
    ) {
      return this.steps.ask(question, always, afterwards);
    },

    attemptToRead(
      this: Instance<State>,
      step: () => Promise<void>,
      always: Partial<State> = {},
      afterwards: Afterwards = NOTHING,
    ) {
      return this.steps.read(step, always, afterwards);
    },

    onRetry(this: Instance<State>) {
      return this.steps.again();
    },

    keepingFailure(this: Instance<State>, step: () => Promise<void>) {
      return this.steps.keepingFailure(step);
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
