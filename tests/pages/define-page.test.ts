/** The frame of every page: what another try does after a failure, and which request another tap means. */
import { Cancelled, PlatformError } from '../../miniprogram/platform/problem';
import { AnswerRefused } from '../../miniprogram/services/failure';
import { type PageState, definePage } from '../../miniprogram/pages/define-page';
import { type FakeWx, installFakeWx } from '../support/fake-wx';
import { later } from './support/open-page';

interface State extends PageState {
  readonly busy: boolean;
  readonly answer: string;
}

interface Tried {
  readonly requestKey: string;
  readonly busy: boolean;
}

interface Saving {
  readonly text: string;
}

type InTest = Record<
  | 'onLoad'
  | 'onEdit'
  | 'onRead'
  | 'onAsk'
  | 'onFirst'
  | 'onSecond'
  | 'onSave'
  | 'onTwo'
  | 'onRetry'
  | 'onUnload',
  (query?: object) => unknown
> & {
  readonly state: State;
  readonly data: { held: boolean };
};

const PASSING = new AnswerRefused('TEMPORARILY_UNAVAILABLE', {}, 'request-1');

const REFUSED = new AnswerRefused('SUBMISSION_STATE', {}, 'request-2');
const OFFLINE = new PlatformError('offline');

describe('a page', () => {
  let phone: FakeWx;
  let page: InTest;
  let first: Tried[];
  let second: number;
  let after: string[];
  /** The keys under which each request was sent, by what it says. */
  let sent: Record<string, string[]>;
  /** What the next tries end with, at once or when the test says so; then they succeed. */
  let troubles: (Error | Promise<unknown>)[];

  beforeEach(() => {
    phone = installFakeWx();
    [first, second, after, troubles, sent] = [[], 0, [], [], {}];
    let options: object = {};
    (globalThis as unknown as { Page: (page: object) => void }).Page = (registered) => {
      options = registered;
    };
    const goes = async (): Promise<void> => {
      const trouble: unknown = await troubles.shift();
      if (trouble instanceof Error) throw trouble;
    };
    const save = async ({ text }: Saving, requestKey: string): Promise<void> => {
      (sent[text] ??= []).push(requestKey);
      await goes();
    };
    const touch = async (_: object, requestKey: string): Promise<void> => {
      first.push({ requestKey, busy: page.state.busy });
      await goes();
    };
    definePage({
      initial: (): State => ({ busy: false, answer: '', failure: null }),
      toView: (state) => state,
      words: {},
      handlers: {
        onFirst() {
          this.update({ busy: true });
          return this.attempt(
            (send) => send(touch, {}),
            { busy: false },
            () => {
              after.push(this.state.failure === null ? 'done' : 'stopped');
            },
          );
        },
        onEdit() {
          return this.edit({ answer: 'edited' });
        },
        onAsk({ coming }: { coming: Promise<unknown> }) {
          this.update({ busy: true });
          return this.attemptToAsk(
            async (send, show) => {
              const answer = String(await coming);
              show({ answer: 'on the way' });
              await send(save, { text: answer });
              return { answer };
            },
            { busy: false },
            () => {
              after.push('asked');
            },
          );
        },
        onRead() {
          return this.attemptToRead(async () => {
            second += 1;
            await goes();
          });
        },
        onSecond() {
          return this.attempt(async () => {
            second += 1;
            await goes();
          });
        },
        onSave(saving: Saving) {
          return this.attempt((send) => send(save, saving));
        },
        onTwo() {
          return this.attempt(async (send) => {
            await send(save, { text: 'one' });
            await send(save, { text: 'two' });
          });
        },
      },
    });
    // What WeChat makes of a registered page.
    page = Object.assign(options as InTest, {
      setData: (change: object) => Object.assign(page.data, change),
    });
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
    expect(page.state).toMatchObject({ busy: false, failure: null });
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

  describe('edited after something was stopped', () => {
    it('does not send again what it says no more', async () => {
      troubles = [PASSING];
      await page.onSave({ text: 'stopped' });
      page.onEdit();
      expect(page.state.failure).toBeNull();
      await page.onRetry();
      expect(sent['stopped']).toHaveLength(1);
    });

    it('still reads what could not be read: nothing was sent with the fields', async () => {
      troubles = [PASSING];
      await page.onRead();
      page.onEdit();
      expect(page.state.failure).not.toBeNull();
      await page.onRetry();
      expect([second, page.state.failure]).toEqual([2, null]);
    });
  });

  describe('while a step is under way that changes something', () => {
    it.each([
      ['succeeded', undefined],
      ['was stopped', PASSING],
    ])('takes no edit, shows that, and is free again as soon as it %s', async (_, trouble) => {
      const saved = later();
      troubles = [saved.answer];
      const saving = page.onSave({ text: 'under way' });
      expect(page.data.held).toBe(true);
      expect(page.onEdit()).toBe(false);
      expect(page.state.answer).toBe('');
      saved.comes(trouble);
      await saving;
      expect(page.data.held).toBe(false);
      expect(page.onEdit()).toBe(true);
      expect(page.state.answer).toBe('edited');
    });

    it('is held until the last of several has ended', async () => {
      const [first, second] = [later(), later()];
      troubles = [first.answer, second.answer];
      const steps = [page.onSave({ text: 'one' }), page.onSave({ text: 'two' })];
      first.comes(undefined);
      await steps[0];
      expect(page.data.held).toBe(true);
      second.comes(undefined);
      await steps[1];
      expect(page.data.held).toBe(false);
    });

    it('can be left', async () => {
      const saved = later();
      troubles = [saved.answer];
      const saving = page.onSave({ text: 'left' });
      page.onUnload();
      saved.comes(undefined);
      await saving;
      expect(page.state.failure).toBeNull();
    });
  });

  describe('while something is only asked', () => {
    it('holds nothing, and shows the answer', async () => {
      const asked = later();
      const asking = page.onAsk({ coming: asked.answer });
      expect(page.data.held).toBe(false);
      asked.comes('the answer');
      await asking;
      expect(page.state).toMatchObject({ answer: 'the answer', busy: false });
      expect(after).toEqual(['asked']);
    });

    it.each([
      ['edited', (): unknown => page.onEdit(), 'edited'],
      ['a step changes something', () => page.onFirst(), ''],
    ])('gives the question up once %s: no more is sent, and no answer is shown', async (_, change, shown) => {
      const asked = later();
      const asking = page.onAsk({ coming: asked.answer });
      await change();
      expect(page.state.busy).toBe(false);
      after.length = 0;
      asked.comes('the answer');
      await asking;
      expect(page.state).toMatchObject({ answer: shown, failure: null });
      expect([sent['the answer'], after]).toEqual([undefined, []]);
    });

    it('shows no failure of a question that was given up', async () => {
      const answered = later();
      troubles = [answered.answer];
      const asking = page.onAsk({ coming: Promise.resolve('the answer') });
      await Promise.resolve();
      await Promise.resolve();
      page.onEdit();
      answered.comes(PASSING);
      await asking;
      expect(sent['the answer']).toHaveLength(1);
      expect(page.state).toMatchObject({ answer: 'edited', busy: false, failure: null });
    });

    it('asks again by another try', async () => {
      troubles = [PASSING];
      await page.onAsk({ coming: Promise.resolve('the answer') });
      expect(page.state.failure).not.toBeNull();
      await page.onRetry();
      expect(new Set(sent['the answer']).size).toBe(1);
      expect(page.state).toMatchObject({ answer: 'the answer', failure: null });
    });
  });

  it('keeps what stopped a step when a dialog is closed that was opened meanwhile', async () => {
    const closed = later();
    troubles = [closed.answer, PASSING];
    const picking = page.onRead();
    await page.onSave({ text: 'stopped' });
    closed.comes(new Cancelled());
    await picking;
    expect(page.state.failure).toMatchObject({ code: 'TEMPORARILY_UNAVAILABLE' });
    await page.onRetry();
    expect(sent['stopped']).toHaveLength(2);
  });

  it('tries nothing again that came to its end behind a later step', async () => {
    troubles = [PASSING];
    await page.onFirst();
    await page.onSecond();
    await page.onRetry();
    expect([first.length, second]).toEqual([1, 1]);
  });

  describe('tapped once more with the same content', () => {
    const keysOf = (text: string) => new Set(sent[text]).size;

    it.each([
      ['the network broke off', OFFLINE],
      ['of trouble that passes', PASSING],
      ['of what the page itself does not understand', new Error('a bug')],
    ])('because %s, means the request that may have arrived', async (_, trouble) => {
      jest.spyOn(console, 'error').mockImplementation(() => undefined);
      troubles = [trouble];
      await page.onSave({ text: 'same' });
      await page.onSave({ text: 'same' });
      expect([sent['same']!.length, keysOf('same')]).toEqual([2, 1]);
    });

    it('also when the page was left and opened again', async () => {
      troubles = [OFFLINE];
      await page.onSave({ text: 'left' });
      page.onUnload();
      page.onLoad({});
      await page.onSave({ text: 'left' });
      expect(keysOf('left')).toBe(1);
    });

    it('also while the first is still under way', async () => {
      await Promise.all([page.onSave({ text: 'twice' }), page.onSave({ text: 'twice' })]);
      expect([sent['twice']!.length, keysOf('twice')]).toEqual([2, 1]);
    });

    it.each([
      ['was done', []],
      ['was refused', [REFUSED]],
    ])('after it %s, is another wish', async (_, before) => {
      troubles = [...before];
      await page.onSave({ text: 'again' });
      await page.onSave({ text: 'again' });
      expect(keysOf('again')).toBe(2);
    });

    it('is another wish where something else was done since, e.g. an undoing', async () => {
      troubles = [OFFLINE];
      await page.onSave({ text: 'decide' });
      await page.onSave({ text: 'undo' });
      await page.onSave({ text: 'decide' });
      expect(keysOf('decide')).toBe(2);
    });

    it('keeps the key of what a step had done before it broke off', async () => {
      let calls = 0;
      troubles = { shift: () => (calls++ === 1 ? OFFLINE : undefined) } as unknown as Error[];
      await page.onTwo();
      await page.onTwo();
      expect([keysOf('one'), keysOf('two')]).toEqual([1, 1]);
    });
  });

  it('sends what was written anew under a key of its own', async () => {
    troubles = [OFFLINE];
    await page.onSave({ text: 'before' });
    await page.onSave({ text: 'after' });
    expect(sent['before']).not.toEqual(sent['after']);
  });
});
