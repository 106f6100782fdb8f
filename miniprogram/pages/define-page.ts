/**
 * The frame of every page: a plain state, a pure `toView` that turns it into what the template shows, and handlers
 * that change the state. Sends only what changed to the view, keeps WeChat's font scale, turns everything that stops a
 * handler into a `Failure` of the state, answers the failure panel's button by doing that same step again unless it was
 * edited since (beside a camera the panel opens the camera instead: only a person presses the shutter), and owns the keys of
 * what steps send. What is under way and what is edited never contradict each other: a step that changes something holds
 * the page until it is answered, one that only asks is given up by an edit. Refuses to know what a page is about.
 */
import { textScale } from '../platform/display';
import { bringIntoSight } from '../platform/measure';
import { failureOf } from '../services/failure';
import { Send, StepRequests } from '../services/step-requests';
import { Failure } from '../shared/failure';

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

/**
 * What a handler waits for.
 * @param send for requests that change something: `send(operatorService.returnPhoto, request)`
 */
type Step = (send: Send) => Promise<void>;

/**
 * @param send for a question that counts as a try; sends nothing once the question is given up
 * @param show changes the state on the way, unless the question is given up
 * @returns what the answer changes
 */
type Question<State> = (send: Send, show: (change: Partial<State>) => void) => Promise<Partial<State>>;

type Afterwards = () => Promise<void> | void;

export type Query = Record<string, string | undefined>;

export interface PageDefinition<State extends PageState, View extends object, Own extends object> {
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
  /** What the failure on the screen stopped; null also where it was edited since it was sent. */
  stopped: Stopped | null;
  /** How many steps that change something are under way. */
  changing: number;
  /** What is being asked about what the page says. */
  questions: Asking<State>[];
  try(step: AnyStep<State>, how: Trying<State>): Promise<void>;
  giveUpQuestions(): void;
  hold(by: 1 | -1): void;
  readonly data: Record<string, unknown>;
  setData(change: Record<string, unknown>): void;
}

interface Stopped {
  readonly again: () => Promise<void>;
  readonly isReading: boolean;
}

/** One question on its way. */
interface Asking<State> {
  givenUp: boolean;
  /** The state once nobody asks any more. */
  readonly always: Partial<State>;
}

type AnyStep<State> = (
  send: Send,
  show: (change: Partial<State>) => void,
) => Promise<Partial<State> | undefined>;

interface Trying<State extends PageState> {
  readonly kind: 'changing' | 'asking' | 'reading';
  readonly always: Partial<State>;
  readonly afterwards: Afterwards;
}

/** Ends a question that was given up before it was sent. */
class GivenUp extends Error {}

const NOTHING: Afterwards = () => undefined;

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
    data: { words, rootStyle: '', held: false, ...toView(initial()) },

    onLoad(this: Instance<State>, query: Query) {
      this.state = initial();
      this.closed = false;
      this.stopped = null;
      this.changing = 0;
      this.questions = [];
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

    edit(this: Instance<State>, change: Partial<State>) {
      if (this.changing > 0) return false;
      this.giveUpQuestions();
      this.update(change);
      if (this.stopped?.isReading) return true;
      this.stopped = null;
      this.update({ failure: null } as Partial<State>);
      return true;
    },

    giveUpQuestions(this: Instance<State>) {
      for (const asking of this.questions.splice(0)) {
        asking.givenUp = true;
        this.update(asking.always);
      }
    },

    hold(this: Instance<State>, by: 1 | -1) {
      this.changing += by;
      if (!this.closed) this.setData({ held: this.changing > 0 });
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
      return this.try(withoutAnswer(step), { kind: 'changing', always, afterwards });
    },

    attemptToAsk(
      this: Instance<State>,
      question: Question<State>,
      always: Partial<State> = {},
      afterwards: Afterwards = NOTHING,
    ) {
      return this.try(question, { kind: 'asking', always, afterwards });
    },

    attemptToRead(
      this: Instance<State>,
      step: () => Promise<void>,
      always: Partial<State> = {},
      afterwards: Afterwards = NOTHING,
    ) {
      return this.try(withoutAnswer(step), { kind: 'reading', always, afterwards });
    },

    async try(this: Instance<State>, step: AnyStep<State>, { kind, always, afterwards }: Trying<State>) {
      const requests = new StepRequests();
      // What the page has just set for the time of the step, e.g. busy.
      const meanwhile = sameFields(always, this.state);
      const once = async (): Promise<void> => {
        const asking: Asking<State> = { givenUp: false, always };
        this.stopped = null;
        if (kind === 'changing') {
          this.giveUpQuestions();
          this.hold(1);
        }
        if (kind === 'asking') this.questions.push(asking);
        this.update({ ...meanwhile, failure: null });
        const send: Send = (call, request) =>
          asking.givenUp ? Promise.reject(new GivenUp()) : requests.send(call, request);
        const end = (change: Partial<State>): void => {
          if (kind === 'changing') this.hold(-1);
          this.questions = this.questions.filter((one) => one !== asking);
          this.update(change);
        };
        try {
          const answer = await step(send, (change) => {
            if (!asking.givenUp) this.update(change);
          });
          requests.answered();
          if (asking.givenUp) return;
          end({ ...answer, ...always });
        } catch (error) {
          if (error instanceof GivenUp) return;
          const failure = failureOf(error);
          requests.stoppedBy(failure);
          if (asking.givenUp) return;
          // A cancelled dialog says nothing, not even over what another step has said meanwhile.
          if (failure === null) end(always);
          else {
            this.stopped = { again: once, isReading: kind === 'reading' };
            end({ ...always, failure });
            if (!this.closed) bringIntoSight(FAILURE);
          }
        }
        if (!this.closed) await afterwards();
      };
      await once();
    },

    async onRetry(this: Instance<State>) {
      const { stopped } = this;
      // Taken once, however often the button is tapped.
      this.stopped = null;
      // A failure that the page itself has put there: its own buttons know what to do.
      if (stopped === null) this.update({ failure: null } as Partial<State>);
      await stopped?.again();
    },

    async keepingFailure(this: Instance<State>, step: () => Promise<void>) {
      const { stopped } = this;
      const { failure } = this.state;
      await step();
      if (this.state.failure !== null) return;
      this.stopped = stopped;
      this.update({ failure } as Partial<State>);
    },
  };
  // The typings want one literal; the handlers' own `this` is checked above.
  Page(options as unknown as WechatMiniprogram.Page.Options<object, WechatMiniprogram.IAnyObject>);
}

/** A step that shows by itself what it has changed. */
function withoutAnswer<State>(step: (send: Send) => Promise<void>): AnyStep<State> {
  return async (send) => {
    await step(send);
    return undefined;
  };
}

/** The fields of `some` as `whole` has them. */
function sameFields<Whole extends object>(some: Partial<Whole>, whole: Whole): Partial<Whole> {
  const names = Object.keys(some) as (keyof Whole)[];
  return names.reduce<Partial<Whole>>((all, name) => ({ ...all, [name]: whole[name] }), {});
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
