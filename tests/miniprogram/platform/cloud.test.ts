// An upload on a network that breaks off without a word: WeChat then calls back neither success nor failure.
import { uploadToCloud } from '../../../miniprogram/platform/cloud';
import { aStallingUpload } from '../../support/stalling-upload';
import { type FakeWx, installFakeWx } from '../../support/fake-wx';

const FILE_ID = 'cloud://e.b/originals/x.jpg';

let phone: FakeWx;
let network: ReturnType<typeof aStallingUpload>;
let ended: string | undefined;

/** An upload that has begun, and how it ends. */
function begin(): number[] {
  const shown: number[] = [];
  void uploadToCloud('originals/x.jpg', 'wxfile://usr/p.jpg', (percent) => shown.push(percent)).done.then(
    (fileId) => (ended = fileId),
    (error: unknown) => (ended = (error as { problem: string }).problem),
  );
  return shown;
}

beforeEach(() => {
  jest.useFakeTimers();
  network = aStallingUpload();
  phone = installFakeWx({ cloud: { uploadFile: network.uploadFile } });
  ended = undefined;
});
afterEach(() => {
  phone.remove();
  jest.useRealTimers();
});

const seconds = (count: number) => jest.advanceTimersByTimeAsync(count * 1_000);

it.each([
  ['from its beginning', []],
  ['on its way', [37]],
  ['before the cloud has answered', [37, 100]],
])('gives up an upload that stands still %s, as if the network had broken off', async (_when, progress) => {
  begin();
  progress.forEach(network.moves);
  await seconds(59);
  expect([ended, network.aborted()]).toEqual([undefined, 0]);
  await seconds(1);
  expect([ended, network.aborted()]).toEqual(['offline', 1]);
});

it('waits for one that moves, however slowly', async () => {
  const shown = begin();
  for (const percent of [1, 2, 3, 4]) {
    await seconds(50);
    network.moves(percent);
  }
  await seconds(50);
  network.arrives(FILE_ID);
  await seconds(120);
  expect([ended, network.aborted()]).toEqual([FILE_ID, 0]);
  expect(shown).toEqual([1, 2, 3, 4]);
});

it('does not take the same progress told again for movement', async () => {
  begin();
  network.moves(37);
  for (const again of [37, 36, 37]) {
    await seconds(19);
    network.moves(again);
  }
  await seconds(3);
  expect(ended).toBe('offline');
});

it('is not changed by what the given-up upload still reports', async () => {
  begin();
  await seconds(60);
  network.moves(80);
  network.arrives(FILE_ID);
  await seconds(60);
  expect([ended, network.aborted()]).toEqual(['offline', 1]);
});
