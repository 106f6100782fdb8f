/**
 * Kills the embedded cloud (−9) under load, again and again on the same data folder, and counts what was
 * acknowledged and is not there afterwards (lost), and what is there only in part (torn).
 *
 *     npx tsx scripts/bench/crash-test.ts [rounds]     prints {rounds, acknowledged, lost, torn} as JSON
 *
 * The load: single inserts, transactions that write a pair of documents, and uploads; the journal is compacted every
 * few hundred commits so that kills hit that too. A kill does not test whether the disk keeps what it was told to
 * sync; only pulling a plug does.
 */
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CloudProcess, startCloudProcess } from './cloud-process';

export interface CrashReport {
  readonly rounds: number;
  readonly acknowledged: number;
  readonly lost: number;
  readonly torn: number;
}

const WRITERS = 8;
const COMPACT_AFTER_BYTES = 32 * 1024;
const SHORTEST_LOAD_MS = 300;
const LONGEST_LOAD_MS = 1200;

/** What the cloud has said yes to. */
interface Acknowledged {
  readonly singles: Set<string>;
  readonly pairs: Set<string>;
  /** Path to sha256. */
  readonly files: Map<string, string>;
}

/** @param rounds kills; each is followed by a restart that must bring everything back */
export async function runCrashTest(rounds: number): Promise<CrashReport> {
  const folder = mkdtempSync(join(tmpdir(), 'crash-test-'));
  const acknowledged: Acknowledged = { singles: new Set(), pairs: new Set(), files: new Map() };
  const start = () =>
    startCloudProcess({
      dataDir: join(folder, 'data'),
      functionsDir: join(folder, 'functions'),
      compactAfterBytes: COMPACT_AFTER_BYTES,
    });
  let lost = 0;
  let torn = 0;
  try {
    for (let round = 0; round < rounds; round += 1) {
      const cloud = await start();
      ({ lost, torn } = await inspect(cloud, acknowledged));
      const load = Promise.all(
        Array.from({ length: WRITERS }, (_, n) => write(cloud, `${round}-${n}`, acknowledged)),
      );
      await new Promise((resolve) =>
        setTimeout(resolve, SHORTEST_LOAD_MS + Math.random() * (LONGEST_LOAD_MS - SHORTEST_LOAD_MS)),
      );
      await cloud.kill();
      await load;
    }
    const last = await start();
    ({ lost, torn } = await inspect(last, acknowledged));
    await last.kill();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const { singles, pairs, files } = acknowledged;
  return { rounds, acknowledged: singles.size + pairs.size + files.size, lost, torn };
}

/** Writes until the cloud is gone. */
async function write(cloud: CloudProcess, writer: string, acknowledged: Acknowledged): Promise<void> {
  try {
    for (let n = 0; ; n += 1) {
      const id = `${writer}-${n}`;
      if (n % 10 === 9) acknowledged.files.set(`files/${id}`, await upload(cloud, `files/${id}`));
      else if (n % 2 === 0) {
        await insert(cloud, 'singles', id);
        acknowledged.singles.add(id);
      } else {
        const { transactionId } = await post(cloud, 'database.startTransaction', {});
        await insert(cloud, 'lefts', id, transactionId);
        await insert(cloud, 'rights', id, transactionId);
        await post(cloud, 'database.commitTransaction', { transactionId });
        acknowledged.pairs.add(id);
      }
    }
  } catch {
    // The cloud was killed in the middle of something that it had not said yes to.
  }
}

async function insert(
  cloud: CloudProcess,
  collectionName: string,
  id: string,
  transactionId?: unknown,
): Promise<void> {
  const data = [JSON.stringify({ _id: id, filler: 'x'.repeat(100) })];
  await post(cloud, 'database.insertDocument', { collectionName, data, transactionId });
}

async function upload(cloud: CloudProcess, path: string): Promise<string> {
  const { data } = await post(cloud, 'storage.getUploadMetadata', { path });
  const { url, authorization } = data as { url: string; authorization: string };
  const bytes = randomBytes(20_000);
  const response = await fetch(url, { method: 'PUT', body: bytes, headers: { authorization } });
  if (!response.ok) throw new Error('The upload was refused');
  return createHash('sha256').update(bytes).digest('hex');
}

async function inspect(
  cloud: CloudProcess,
  acknowledged: Acknowledged,
): Promise<{ lost: number; torn: number }> {
  const [singles, lefts, rights] = await Promise.all(
    ['singles', 'lefts', 'rights'].map((name) => idsOf(cloud, name)),
  );
  const missing = [...acknowledged.singles].filter((id) => !singles!.has(id)).length;
  const missingPairs = [...acknowledged.pairs].filter((id) => !lefts!.has(id) || !rights!.has(id)).length;
  const halfPairs =
    [...lefts!].filter((id) => !rights!.has(id)).length + [...rights!].filter((id) => !lefts!.has(id)).length;
  const files = await Promise.all(
    [...acknowledged.files].map(([path, hash]) => fileIsWhole(cloud, path, hash)),
  );
  return { lost: missing + missingPairs + files.filter((whole) => !whole).length, torn: halfPairs };
}

async function idsOf(cloud: CloudProcess, collectionName: string): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  for (let offset = 0; ; offset += 1000) {
    const order = JSON.stringify({ _id: 1 });
    const { data } = await post(cloud, 'database.getDocument', {
      collectionName,
      order,
      offset,
      limit: 1000,
    });
    const { list } = data as { list: readonly string[] };
    for (const text of list) ids.add((JSON.parse(text) as { _id: string })._id);
    if (list.length < 1000) return ids;
  }
}

async function fileIsWhole(cloud: CloudProcess, path: string, hash: string): Promise<boolean> {
  const fileid = `cloud://local.6c6f-local-1000000000/${path}`;
  const { data } = await post(cloud, 'storage.batchGetDownloadUrl', { file_list: [{ fileid, max_age: 60 }] });
  const [link] = (data as { download_list: { tempFileURL: string }[] }).download_list;
  if (link === undefined || link.tempFileURL === '') return false;
  const bytes = Buffer.from(await (await fetch(link.tempFileURL)).arrayBuffer());
  return createHash('sha256').update(bytes).digest('hex') === hash;
}

async function post(
  cloud: CloudProcess,
  action: string,
  parameters: object,
): Promise<Record<string, unknown>> {
  const response = await fetch(`${cloud.url}/admin`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'TC3-HMAC-SHA256 crash-test' },
    body: JSON.stringify({ action, sessionToken: cloud.token, ...parameters }),
  });
  const answer = (await response.json()) as Record<string, unknown>;
  if ('code' in answer) throw new Error(`${action} was refused: ${JSON.stringify(answer)}`);
  return answer;
}

if (process.argv[1] === __filename) {
  void runCrashTest(Number(process.argv[2] ?? 10)).then((report) => {
    process.stdout.write(`${JSON.stringify(report)}\n`);
    if (report.lost + report.torn > 0) process.exitCode = 1;
  });
}
