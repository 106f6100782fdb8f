/**
 * What a page is waiting for, and what stopped it last. A step that changes something holds the page until it is
 * answered, for its success would act on what was taken back meanwhile; one that only asks is given up by an edit, for its
 * answer would stand under another question. Another try does again exactly what was stopped, from the same state of being
 * busy and under the same request keys, unless it was edited since. Refuses to know what a page is about.
 */
import { bringIntoSight } from '../platform/measure';
import { failureOf } from '../services/failure';
import { Send, StepRequests } from '../services/step-requests';
import { Failure } from '../shared/failure';

/** What the steps change of every page. */
interface Stoppable {
  readonly failure: Failure | null;
}

/** The page as its steps know it. */
export interface SteppingPage<State extends Stoppable> {
  readonly state: State;
  readonly closed: boolean;
  update(change: Partial<State>): void;
  /** Shows that what contradicts the step under way takes nothing. */
  showHeld(held: boolean): void;
}

/**
 * What a handler waits for.
 * @param send for requests that change something: `send(operatorService.returnPhoto, request)`
 */
export type Step = (send: Send) => Promise<void>;

/**
 * @param send for a question that counts as a try; sends nothing once the question is given up
 * @param show changes the state on the way, unless the question is given up
 * @returns what the answer changes
 */
export type Question<State> = (send: Send, show: (change: Partial<State>) => void) => Promise<Partial<State>>;

export type Afterwards = () => Promise<void> | void;

type AnyStep<State> = (
  send: Send,
  show: (change: Partial<State>) => void,
) => Promise<Partial<State> | undefined>;

type Kind = 'changing' | 'asking' | 'reading';

interface Trying<State> {
  readonly kind: Kind;
  /** The state afterwards in any case, e.g. no longer busy. */
  readonly always: Partial<State>;
  readonly afterwards: Afterwards;
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

/** Ends a question that was given up before it was sent. */
class GivenUp extends Error {}

/** Every page's failure panel carries this class. */
const FAILURE = '.failure';

export class PageSteps<State extends Stoppable> {
  /** What the failure on the screen stopped; null also where it was edited since it was sent. */
  private stopped: Stopped | null = null;
  /** How many steps that change something are under way. */
  private changing = 0;
  private questions: readonly Asking<State>[] = [];

  constructor(private readonly page: SteppingPage<State>) {}

  change(step: Step, always: Partial<State>, afterwards: Afterwards): Promise<void> {
    return this.take(withoutAnswer(step), { kind: 'changing', always, afterwards });
  }

  ask(question: Question<State>, always: Partial<State>, afterwards: Afterwards): Promise<void> {
    return this.take(question, { kind: 'asking', always, afterwards });
  }

  read(step: () => Promise<void>, always: Partial<State>, afterwards: Afterwards): Promise<void> {
    return this.take(withoutAnswer(step), { kind: 'reading', always, afterwards });
  }

  /** See `PageFrame.edit`. */
  edit(change: Partial<State>): boolean {
    if (this.changing > 0) return false;
    this.giveUpQuestions();
    this.page.update(change);
    if (this.stopped?.isReading) return true;
    this.stopped = null;
    this.showFailure(null);
    return true;
  }

  /** Another try of what was stopped; taken once, however often the button is tapped. */
  async again(): Promise<void> {
    const { stopped } = this;
    this.stopped = null;
    // A failure that the page itself has put there: its own buttons know what to do.
    if (stopped === null) this.showFailure(null);
    await stopped?.again();
  }

  /** Does another step after a failed one, and still shows what stopped the first, unless this one failed too. */
  async keepingFailure(step: () => Promise<void>): Promise<void> {
    const { stopped } = this;
    const { failure } = this.page.state;
    await step();
    if (this.page.state.failure !== null) return;
    this.stopped = stopped;
    this.showFailure(failure);
  }

  private async take(step: AnyStep<State>, { kind, always, afterwards }: Trying<State>): Promise<void> {
    const requests = new StepRequests();
    // What the page has just set for the time of the step, e.g. busy.
    const meanwhile = sameFields(always, this.page.state);
    const once = async (): Promise<void> => {
      const asking = this.begin(kind, always);
      this.page.update({ ...meanwhile, failure: null });
      const send: Send = (call, request) =>
        asking.givenUp ? Promise.reject(new GivenUp()) : requests.send(call, request);
      const show = (change: Partial<State>): void => {
        if (!asking.givenUp) this.page.update(change);
      };
      try {
        const answer = await step(send, show);
        requests.answered();
        if (asking.givenUp) return;
        this.end(kind, asking, { ...answer, ...always });
      } catch (error) {
        if (error instanceof GivenUp) return;
        const failure = failureOf(error);
        requests.stoppedBy(failure);
        if (asking.givenUp) return;
        this.end(kind, asking, always);
        // A cancelled dialog says nothing, not even over what another step has said meanwhile.
        if (failure !== null) this.stop({ again: once, isReading: kind === 'reading' }, failure);
      }
      if (!this.page.closed) await afterwards();
    };
    await once();
  }

  private begin(kind: Kind, always: Partial<State>): Asking<State> {
    const asking = { givenUp: false, always };
    this.stopped = null;
    if (kind === 'changing') {
      this.giveUpQuestions();
      this.hold(1);
    }
    if (kind === 'asking') this.questions = [...this.questions, asking];
    return asking;
  }

  private end(kind: Kind, asking: Asking<State>, change: Partial<State>): void {
    if (kind === 'changing') this.hold(-1);
    this.questions = this.questions.filter((one) => one !== asking);
    this.page.update(change);
  }

  private stop(stopped: Stopped, failure: Failure): void {
    this.stopped = stopped;
    this.showFailure(failure);
    if (!this.page.closed) bringIntoSight(FAILURE);
  }

  private hold(by: 1 | -1): void {
    this.changing += by;
    this.page.showHeld(this.changing > 0);
  }

  private giveUpQuestions(): void {
    const givenUp = this.questions;
    this.questions = [];
    for (const asking of givenUp) {
      asking.givenUp = true;
      this.page.update(asking.always);
    }
  }

  private showFailure(failure: Failure | null): void {
    this.page.update({ failure } as Partial<State>);
  }
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
