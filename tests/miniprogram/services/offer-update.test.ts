import { type FakeWx, failing, installFakeWx, succeeding } from '../../support/fake-wx';

const HOME = { route: 'pages/home/home' };
const SHOOT = { route: 'pages/shoot/shoot' };

describe('a newer mini program', () => {
  let phone: FakeWx;
  let fetched: () => void;
  let restarts: number;
  let questions: { readonly title: string; readonly confirmText: string }[];
  let shown: () => Promise<void>;

  /** A phone that has just been started, whose person answers like this. */
  async function launch(answer: (options: object) => unknown = succeeding({ confirm: true })): Promise<void> {
    jest.resetModules();
    restarts = 0;
    questions = [];
    phone = installFakeWx({
      getUpdateManager: () => ({
        onUpdateReady: (listener: () => void) => {
          fetched = listener;
        },
        applyUpdate: () => {
          restarts += 1;
        },
      }),
      showModal: (options: (typeof questions)[number]) => {
        questions.push(options);
        answer(options);
      },
    });
    const service = await import('../../../miniprogram/services/offer-update');
    shown = service.offerUpdate;
    service.watchForUpdate();
  }

  const open = (...pages: readonly object[]): void => {
    (globalThis as unknown as { getCurrentPages: () => readonly object[] }).getCurrentPages = () => pages;
  };

  afterEach(() => {
    phone.remove();
  });

  it('is offered on the first page, and used at once by whoever says yes', async () => {
    await launch();
    open(HOME);
    fetched();
    await Promise.resolve();
    expect(questions).toMatchObject([{ title: '小程序有新版本', confirmText: '现在更新' }]);
    await new Promise(setImmediate);
    expect(restarts).toBe(1);
  });

  it.each([
    ['no page is open yet', []],
    ['a camera is open', [HOME, SHOOT]],
    ['the phone was started on another page', [SHOOT]],
    ['the first page lies above another one', [SHOOT, HOME]],
  ])('waits until the first page is shown alone while %s', async (_, pages) => {
    await launch();
    open(...pages);
    fetched();
    await shown();
    expect(questions).toEqual([]);
    open(HOME);
    await shown();
    expect([questions.length, restarts]).toEqual([1, 1]);
  });

  it('is never asked about before it lies ready', async () => {
    await launch();
    open(HOME);
    await shown();
    expect(questions).toEqual([]);
  });

  it.each([
    ['said no', succeeding({ confirm: false })],
    ['could not be asked', failing('showModal:fail')],
  ])('is asked about once: whoever %s has it at the next start', async (_, answer) => {
    await launch(answer);
    open(HOME);
    fetched();
    await new Promise(setImmediate);
    await shown();
    expect([questions.length, restarts]).toEqual([1, 0]);
  });
});
