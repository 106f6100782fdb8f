/**
 * The write-ahead journal: every commit is one record, written and fdatasync'ed before anybody is told about it.
 * Commits that arrive while the disk is busy share the next frame (group commit). From time to time the state is
 * written as a snapshot and the old journal is dropped. Refuses to go on after a failed write: memory would be
 * ahead of the disk.
 *
 * Files: `snapshot-N` is the state before the first record of `journal-N`; opening reads the newest snapshot and
 * all journals from there on.
 */
import { type FileHandle, mkdir, open, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decode, encode } from '../documents/extended-json';
import { removeFilesExcept, publishFile, syncFolder, truncateFile } from './durable-files';
import { DamagedFile, encodeFrame, readFrames } from './frames';

export interface JournalOptions<Record> {
  readonly folder: string;
  /** Called for every kept record, oldest first, before `openJournal` returns. */
  readonly replay: (record: Record) => void;
  /** The whole state as records; called between two commits. */
  readonly state: () => Iterable<Record>;
  /** Journal size that starts a compaction, unless the snapshot is larger than that. */
  readonly compactAfterBytes?: number;
}

export interface Journal<Record> {
  /** Hands over one commit. It is on disk when `settled()` resolves. */
  append(record: Record): void;
  /** Resolves when everything appended so far is on disk; rejects for ever after a failed write. */
  settled(): Promise<void>;
  /** Waits for the disk and releases the files. */
  close(): Promise<void>;
  readonly recovery: { readonly records: number; readonly tornBytes: number };
}

const DEFAULT_COMPACT_AFTER = 16 * 1024 * 1024;
const RECORDS_PER_SNAPSHOT_FRAME = 50;
const END_OF_SNAPSHOT = '"end"';
const FILE = /^(journal|snapshot)-(\d{8})$/;
const nameOf = (kind: 'journal' | 'snapshot', generation: number) =>
  `${kind}-${String(generation).padStart(8, '0')}`;

/** Opens (or creates) the journal of a folder and replays what it keeps. @throws DamagedFile */
export async function openJournal<Record>(options: JournalOptions<Record>): Promise<Journal<Record>> {
  await mkdir(options.folder, { recursive: true });
  const { generation, ...recovery } = await recover(options);
  return new OpenJournal(options, generation, recovery);
}

async function recover<Record>(options: JournalOptions<Record>) {
  const found = (await readdir(options.folder))
    .map((name) => FILE.exec(name))
    .filter((match) => match !== null);
  const numbers = (kind: string) =>
    found.filter((match) => match[1] === kind).map((match) => Number(match[2]));
  const first = Math.max(0, ...numbers('snapshot'));
  const journals = numbers('journal')
    .filter((number) => number >= first)
    .sort((a, b) => a - b);

  let records = 0;
  const replayAll = (payloads: readonly string[]): void => {
    for (const payload of payloads) {
      for (const record of decode(payload, new Date(0)) as Record[]) {
        options.replay(record);
        records += 1;
      }
    }
  };
  if (first > 0) replayAll(await readSnapshot(join(options.folder, nameOf('snapshot', first))));
  let tornBytes = 0;
  for (const number of journals) {
    const path = join(options.folder, nameOf('journal', number));
    const content = await readFile(path);
    const { payloads, intactBytes } = readFrames(content, path);
    replayAll(payloads);
    tornBytes = content.length - intactBytes;
    if (tornBytes === 0) continue;
    // A journal was complete before the next one began.
    if (number !== journals.at(-1)) throw new DamagedFile(path, intactBytes);
    await truncateFile(path, intactBytes);
  }

  await removeFilesExcept(options.folder, (name) => Number(FILE.exec(name)?.[2] ?? -1) >= first);
  return { generation: journals.at(-1) ?? first, records, tornBytes };
}

/** A snapshot got its name only when it was whole; its last frame says so. */
async function readSnapshot(path: string): Promise<readonly string[]> {
  const content = await readFile(path);
  const { payloads, intactBytes } = readFrames(content, path);
  if (intactBytes !== content.length || payloads.at(-1) !== END_OF_SNAPSHOT)
    throw new DamagedFile(path, intactBytes);
  return payloads.slice(0, -1);
}

class OpenJournal<Record> implements Journal<Record> {
  readonly recovery: { readonly records: number; readonly tornBytes: number };
  private readonly options: JournalOptions<Record>;
  private generation: number;
  private file: FileHandle | undefined;
  private pending: string[] = [];
  private flushing = false;
  private appended = 0;
  private durable = 0;
  /** In order of what they wait for. */
  private waiting: {
    readonly until: number;
    readonly resolve: () => void;
    readonly reject: (e: Error) => void;
  }[] = [];
  private compacting: Promise<void> | undefined;
  private failure: Error | undefined;
  private bytes = 0;
  private snapshotBytes = 0;

  constructor(options: JournalOptions<Record>, generation: number, recovery: Journal<Record>['recovery']) {
    this.options = options;
    this.generation = generation;
    this.recovery = recovery;
  }

  append(record: Record): void {
    if (this.failure !== undefined) throw this.failure;
    // Encoded now: what is written is what was committed, whatever happens to the object later.
    this.pending.push(encode(record));
    this.appended += 1;
    if (!this.flushing) void this.flush();
  }

  settled(): Promise<void> {
    if (this.failure !== undefined) return Promise.reject(this.failure);
    if (this.durable === this.appended) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.waiting.push({ until: this.appended, resolve, reject });
    });
  }

  async close(): Promise<void> {
    await this.settled().catch(() => undefined);
    await this.compacting;
    await this.file?.close();
    this.file = undefined;
  }

  private async flush(): Promise<void> {
    this.flushing = true;
    try {
      // Lets the commits of this turn of the event loop share the frame.
      await Promise.resolve();
      while (this.pending.length > 0) {
        const batch = this.pending;
        this.pending = [];
        // Taken in the same breath as the batch: the state is exactly what the journal holds after it.
        const state = this.compactionDue() ? [...this.options.state()] : undefined;
        await this.write(encodeFrame(`[${batch.join(',')}]`));
        this.durable += batch.length;
        while ((this.waiting[0]?.until ?? Infinity) <= this.durable) this.waiting.shift()!.resolve();
        if (state !== undefined) await this.rotate(state);
      }
    } catch (error) {
      this.failure = error instanceof Error ? error : new Error('The journal cannot be written');
      for (const { reject } of this.waiting.splice(0)) reject(this.failure);
    } finally {
      this.flushing = false;
    }
  }

  private async write(frame: Buffer): Promise<void> {
    if (this.file === undefined) {
      this.file = await open(join(this.options.folder, nameOf('journal', this.generation)), 'a');
      this.bytes = (await this.file.stat()).size;
      await syncFolder(this.options.folder);
    }
    await this.file.appendFile(frame);
    await this.file.datasync();
    this.bytes += frame.length;
  }

  private compactionDue(): boolean {
    const limit = Math.max(this.options.compactAfterBytes ?? DEFAULT_COMPACT_AFTER, this.snapshotBytes);
    return this.compacting === undefined && this.bytes > limit;
  }

  /** Goes on in a new journal while the snapshot that replaces the old one is written in the background. */
  private async rotate(state: readonly Record[]): Promise<void> {
    await this.file?.close();
    this.file = undefined;
    this.generation += 1;
    this.compacting = this.writeSnapshot(this.generation, state)
      // Without a snapshot the old files simply stay; the next compaction tries again.
      .catch(() => undefined)
      .finally(() => {
        this.compacting = undefined;
      });
  }

  private async writeSnapshot(generation: number, state: readonly Record[]): Promise<void> {
    const { folder } = this.options;
    const final = join(folder, nameOf('snapshot', generation));
    const temporary = `${final}.tmp`;
    const handle = await open(temporary, 'w');
    let bytes = 0;
    try {
      for (let start = 0; start < state.length; start += RECORDS_PER_SNAPSHOT_FRAME) {
        const records = state
          .slice(start, start + RECORDS_PER_SNAPSHOT_FRAME)
          .map((record) => encode(record));
        const frame = encodeFrame(`[${records.join(',')}]`);
        await handle.appendFile(frame);
        bytes += frame.length;
      }
      await handle.appendFile(encodeFrame(END_OF_SNAPSHOT));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await publishFile(temporary, final);
    this.snapshotBytes = bytes;
    await removeFilesExcept(folder, (name) => Number(FILE.exec(name)?.[2] ?? -1) >= generation);
    await syncFolder(folder);
  }
}
