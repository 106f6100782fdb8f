/** The time that pictures travel is told apart from the time that the function works. */
import { timingTransfers, transferring } from '../../cloudfunctions/platform/transfer-time';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const pause = (milliseconds: number) => new Promise<void>((done) => setTimeout(done, milliseconds));

/** Lets the fake clock run until the call is over. */
async function timed(call: () => Promise<unknown>): Promise<number> {
  const running = timingTransfers(call);
  await jest.advanceTimersByTimeAsync(10_000);
  return (await running).transferMilliseconds;
}

describe('the transfers of a call', () => {
  it('count one after the other, without the work between them', async () => {
    const time = await timed(async () => {
      await transferring(() => pause(30));
      await pause(500);
      await transferring(() => pause(20));
    });
    expect(time).toBe(50);
  });

  it('count once where they run side by side', async () => {
    const time = await timed(() =>
      Promise.all([transferring(() => pause(30)), transferring(() => pause(40))]),
    );
    expect(time).toBe(40);
  });

  it('count from the first to the last where they overlap', async () => {
    const later = async () => {
      await pause(20);
      await transferring(() => pause(30));
    };
    const time = await timed(() => Promise.all([transferring(() => pause(40)), later()]));
    expect(time).toBe(50);
  });

  it('count when they fail', async () => {
    const time = await timed(async () => {
      const failing = transferring(async () => {
        await pause(15);
        throw new Error('gone');
      });
      await expect(failing).rejects.toThrow('gone');
    });
    expect(time).toBe(15);
  });

  it('belong to their own call alone', async () => {
    const times = await Promise.all([timed(() => transferring(() => pause(10))), timed(() => pause(99))]);
    expect(times).toEqual([10, 0]);
  });

  it('run outside any call too', async () => {
    await expect(transferring(() => Promise.resolve(7))).resolves.toBe(7);
  });
});
