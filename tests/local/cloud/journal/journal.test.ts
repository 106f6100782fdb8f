import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { encodeFrame, readFrames } from '../../../../local/cloud/journal/frames';
import { FolderInUse, lockFolder } from '../../../../local/cloud/journal/folder-lock';
import { type Journal, openJournal } from '../../../../local/cloud/journal/journal';

type Step = { readonly key: string; readonly value: number | null };

/** A keeper of numbers on top of a journal: as small as a database gets. */
async function openKeeper(folder: string, compactAfterBytes?: number) {
  const numbers = new Map<string, number>();
  const apply = ({ key, value }: Step) => {
    if (value === null) numbers.delete(key);
    else numbers.set(key, value);
  };
  const journal: Journal<Step> = await openJournal<Step>({
    folder,
    replay: apply,
    state: () => [...numbers].map(([key, value]) => ({ key, value })),
    ...(compactAfterBytes === undefined ? {} : { compactAfterBytes }),
  });
  return {
    journal,
    numbers,
    commit(key: string, value: number | null): Promise<void> {
      apply({ key, value });
      journal.append({ key, value });
      return journal.settled();
    },
  };
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'journal-test-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});
const fileOf = (kind: string) =>
  join(
    folder,
    readdirSync(folder)
      .filter((name) => name.startsWith(kind))
      .sort()
      .at(-1)!,
  );

test('keeps every settled commit over a restart', async () => {
  const first = await openKeeper(folder);
  await Promise.all(Array.from({ length: 50 }, (_, n) => first.commit(`k${n}`, n)));
  await first.commit('k7', null);
  await first.journal.close();
  const second = await openKeeper(folder);
  expect(second.numbers).toEqual(first.numbers);
  expect(second.journal.recovery).toEqual({ records: 51, tornBytes: 0 });
  await second.commit('more', 1);
  await second.journal.close();
  expect((await openKeeper(folder)).numbers.get('more')).toBe(1);
});

test('writers that come together share a frame', async () => {
  const keeper = await openKeeper(folder);
  await Promise.all(Array.from({ length: 200 }, (_, n) => keeper.commit(`k${n}`, n)));
  await keeper.journal.close();
  const { payloads } = readFrames(readFileSync(fileOf('journal')), 'journal');
  expect(payloads.length).toBeLessThan(20);
});

test('what was acknowledged is on disk before the answer', async () => {
  const keeper = await openKeeper(folder);
  for (let n = 0; n < 5; n += 1) {
    await keeper.commit('k', n);
    const { payloads } = readFrames(readFileSync(fileOf('journal')), 'journal');
    expect(payloads.at(-1)).toContain(`"value":${n}`);
  }
  await keeper.journal.close();
});

describe('a torn tail', () => {
  const written = async () => {
    const keeper = await openKeeper(folder);
    await keeper.commit('a', 1);
    await keeper.commit('b', 2);
    await keeper.journal.close();
    return fileOf('journal');
  };

  test('cut anywhere in the last frame loses that frame and nothing else, and writing goes on', async () => {
    const path = await written();
    const whole = readFileSync(path);
    const lastFrame = whole.lastIndexOf('\n', whole.length - 2) + 1;
    for (let length = lastFrame; length < whole.length; length += 1) {
      writeFileSync(path, whole.subarray(0, length));
      const keeper = await openKeeper(folder);
      expect([...keeper.numbers]).toEqual([['a', 1]]);
      expect(statSync(path).size).toBe(lastFrame);
      await keeper.commit('c', 3);
      await keeper.journal.close();
      const again = await openKeeper(folder);
      expect([...again.numbers]).toEqual([
        ['a', 1],
        ['c', 3],
      ]);
      await again.journal.close();
    }
  });

  test('with any one byte wrong in the last frame is a torn tail', async () => {
    const path = await written();
    const whole = readFileSync(path);
    const lastFrame = whole.lastIndexOf('\n', whole.length - 2) + 1;
    for (let at = lastFrame; at < whole.length; at += 1) {
      const damaged = Buffer.from(whole);
      damaged[at] = damaged[at]! ^ 0x01;
      writeFileSync(path, damaged);
      const keeper = await openKeeper(folder);
      expect([...keeper.numbers]).toEqual([['a', 1]]);
      await keeper.journal.close();
    }
  });

  test('of rubbish is cut off', async () => {
    appendFileSync(await written(), Buffer.from('0123456789abcdef 10 {"half":\u0000\n\n\u0000\u0000'));
    const keeper = await openKeeper(folder);
    expect(keeper.numbers.size).toBe(2);
    expect(keeper.journal.recovery.tornBytes).toBeGreaterThan(0);
    await keeper.journal.close();
  });
});

test('damage before intact frames is refused, not repaired by forgetting', async () => {
  const keeper = await openKeeper(folder);
  await keeper.commit('a', 1);
  await keeper.commit('b', 2);
  await keeper.journal.close();
  const path = fileOf('journal');
  const damaged = readFileSync(path);
  damaged[25] = damaged[25]! ^ 0x01;
  writeFileSync(path, damaged);
  await expect(openKeeper(folder)).rejects.toThrow('damaged at byte 0');
  expect(readFileSync(path)).toEqual(damaged);
});

test('frames survive any text', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' }), { maxLength: 6 }), (texts) => {
      const payloads = texts.map((text) => JSON.stringify(text));
      const content = Buffer.concat(payloads.map((payload) => encodeFrame(payload)));
      expect(readFrames(content, '')).toEqual({ payloads, intactBytes: content.length });
    }),
  );
});

describe('compaction', () => {
  test('replaces the journal by a snapshot while commits go on, and nothing is lost', async () => {
    const keeper = await openKeeper(folder, 2000);
    for (let round = 0; round < 40; round += 1) {
      await Promise.all(Array.from({ length: 10 }, (_, n) => keeper.commit(`k${n}`, round * 10 + n)));
    }
    await keeper.commit('k0', null);
    await keeper.journal.close();
    expect(readdirSync(folder).some((name) => name.startsWith('snapshot'))).toBe(true);
    const bytes = readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
    expect(bytes).toBeLessThan(10_000);
    const again = await openKeeper(folder);
    expect(again.numbers).toEqual(keeper.numbers);
    await again.journal.close();
  });

  test('that was interrupted leaves the old state whole', async () => {
    const keeper = await openKeeper(folder, 500);
    for (let n = 0; n < 60; n += 1) await keeper.commit(`k${n}`, n);
    await keeper.journal.close();
    // A crash while the next snapshot is written: its file is half there, under its temporary name.
    writeFileSync(join(folder, 'snapshot-00000099.tmp'), readFileSync(fileOf('snapshot')).subarray(0, 30));
    const again = await openKeeper(folder);
    expect(again.numbers).toEqual(keeper.numbers);
    expect(readdirSync(folder)).not.toContain('snapshot-00000099.tmp');
    await again.journal.close();
  });

  test('a snapshot with a missing end is refused', async () => {
    const keeper = await openKeeper(folder, 500);
    for (let n = 0; n < 60; n += 1) await keeper.commit(`k${n}`, n);
    await keeper.journal.close();
    const path = fileOf('snapshot');
    const whole = readFileSync(path);
    const lastFrame = whole.lastIndexOf('\n', whole.length - 2) + 1;
    for (const length of [whole.length - 5, lastFrame]) {
      writeFileSync(path, whole.subarray(0, length));
      await expect(openKeeper(folder)).rejects.toThrow('damaged');
      expect(statSync(path).size).toBe(length);
    }
  });
});

test('a journal that cannot be written any more acknowledges nothing', async () => {
  const keeper = await openKeeper(folder);
  await keeper.commit('a', 1);
  rmSync(folder, { recursive: true });
  await keeper.journal.close();
  // After a close the next commit opens its file again, in a folder that is gone: the disk is full, read-only, …
  await expect(keeper.commit('b', 2)).rejects.toThrow();
  await expect(keeper.journal.settled()).rejects.toThrow();
  expect(() => {
    keeper.journal.append({ key: 'c', value: 3 });
  }).toThrow();
});

describe('the lock of a folder', () => {
  test('lets one owner in at a time', async () => {
    const lock = await lockFolder(folder);
    await expect(lockFolder(folder)).rejects.toThrow(FolderInUse);
    await expect(lockFolder(join(folder, '.'))).rejects.toThrow(FolderInUse);
    await lock.release();
    await (await lockFolder(folder)).release();
  });
});
