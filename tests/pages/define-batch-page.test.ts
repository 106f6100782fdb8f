/** The frame of a page about one batch: whose batch it reads, and when. */
import { type BatchPageState, defineBatchPage } from '../../miniprogram/operator/define-batch-page';
import { type BatchId } from '../../miniprogram/shared/identity/ids';
import { type FakeWx, installFakeWx } from '../support/fake-wx';

interface State extends BatchPageState {
  readonly shown: string;
}

type InTest = Record<'onLoad' | 'onShow' | 'load', (query?: object) => Promise<unknown> | undefined> & {
  readonly state: State;
};

describe('a page of one batch', () => {
  let phone: FakeWx;
  let read: BatchId[];

  beforeEach(() => {
    phone = installFakeWx();
    read = [];
  });
  afterEach(() => {
    phone.remove();
  });

  /** Each call opens the page once more, as WeChat does: one registration, several pages. */
  function registered(readAt: 'onLoad' | 'onShow'): () => InTest {
    let options: object = {};
    (globalThis as unknown as { Page: (page: object) => void }).Page = (page) => {
      options = page;
    };
    defineBatchPage({
      initial: (): State => ({ batchId: null, shown: '', failure: null }),
      toView: (state) => state,
      words: {},
      readAt,
      read: (batchId) => {
        read.push(batchId);
        return Promise.resolve({ shown: `of ${batchId}` });
      },
      handlers: {},
    });
    return () =>
      Object.assign(Object.create(null) as InTest, options, { data: {}, setData: () => undefined });
  }

  it('opened twice, keeps the batch of each', async () => {
    const open = registered('onLoad');
    const [first, second] = [open(), open()];
    await first.onLoad({ batch: 'one' });
    await second.onLoad({ batch: 'two' });
    await first.load();
    expect(read).toEqual(['one', 'two', 'one']);
    expect([first.state.shown, second.state.shown]).toEqual(['of one', 'of two']);
  });

  it.each([
    ['onLoad', 1],
    ['onShow', 2],
  ] as const)('is read at %s, and where it is shown twice %i times', async (readAt, times) => {
    const page = registered(readAt)();
    await page.onLoad({ batch: 'one' });
    await page.onShow();
    await page.onShow();
    expect(read).toHaveLength(times);
  });
});
