/** The frame of every page: what another try does after a failure. */
import { AnswerRefused } from '../../miniprogram/services/failure';
import { type PageState, definePage } from '../../miniprogram/pages/define-page';
import { type FakeWx, installFakeWx } from '../support/fake-wx';

interface State extends PageState {
  readonly busy: boolean;
}

interface Tried {
  readonly requestKey: string;
  readonly busy: boolean;
}

type InTest = Record<
  'onLoad' | 'onFirst' | 'onSecond' | 'onRetry' | 'onUnload',
  (query?: object) => unknown
> & {
  readonly state: State;
};

const PASSING = new AnswerRefused('TEMPORARILY_UNAVAILABLE', {}, 'request-1');

describe('another try', () => {
  let phone: FakeWx;
  let page: InTest;
  let first: Tried[];
  let second: number;
  let after: string[];
  /** What the next tries end with; then they succeed. */
  let troubles: Error[];

  beforeEach(() => {
    phone = installFakeWx();
    [first, second, after, troubles] = [[], 0, [], []];
    let options: object = {};
    (globalThis as unknown as { Page: (page: object) => void }).Page = (registered) => {
      options = registered;
    };
    const goes = (): Promise<void> => {
      const trouble = troubles.shift();
      return trouble === undefined ? Promise.resolve() : Promise.reject(trouble);
    };
    definePage({
      initial: (): State => ({ busy: false, failure: null }),
      toView: (state) => state,
      words: {},
      handlers: {
        onFirst() {
          this.update({ busy: true });
          return this.attempt(
            async (requestKey) => {
              first.push({ requestKey, busy: this.state.busy });
              await goes();
            },
            { busy: false },
            () => {
              after.push(this.state.failure === null ? 'done' : 'stopped');
            },
          );
        },
        onSecond() {
          return this.attempt(async () => {
            second += 1;
            await goes();
          });
        },
      },
    });
    // What WeChat makes of a registered page.
    page = Object.assign(options as InTest, { setData: () => undefined });
    page.onLoad({});
  });
  afterEach(() => {
    phone.remove();
  });

  it('does what was stopped, as busy as at first, under the same key, with what follows from it', async () => {
    troubles = [PASSING];
    await page.onFirst();
    expect(page.state).toMatchObject({ busy: false, failure: { code: 'TEMPORARILY_UNAVAILABLE' } });
    await page.onRetry();
    expect(first).toEqual([first[0], first[0]]);
    expect(first[1]!.busy).toBe(true);
    expect(after).toEqual(['stopped', 'done']);
    expect(page.state).toEqual({ busy: false, failure: null });
  });

  it('does the step that failed last, and as often as that fails', async () => {
    troubles = [PASSING, PASSING, PASSING];
    await page.onFirst();
    await page.onSecond();
    await page.onRetry();
    await page.onRetry();
    expect([first.length, second]).toEqual([1, 3]);
    expect(page.state.failure).toBeNull();
  });

  it('does it once, however often the button is tapped', async () => {
    troubles = [PASSING];
    await page.onFirst();
    await Promise.all([page.onRetry(), page.onRetry()]);
    expect(first).toHaveLength(2);
  });

  it('another tap on the button itself is another intention, under a key of its own', async () => {
    troubles = [PASSING];
    await page.onFirst();
    await page.onFirst();
    expect(first[1]!.requestKey).not.toBe(first[0]!.requestKey);
  });
});
