import { createHash } from 'node:crypto';
import readWorkbook from 'read-excel-file/node';
import { type ExportDocument } from '../../cloudfunctions/export/export-document';
import { proceedExport } from '../../cloudfunctions/export/proceed-export';
import { startExport } from '../../cloudfunctions/export/start-export';
import {
  cancelExport,
  exportLinks,
  listExports,
  markDelivered,
} from '../../cloudfunctions/export/use-package';
import { writeSpreadsheet } from '../../cloudfunctions/export/write-spreadsheet';
import { newStation, stationIdOf } from '../../cloudfunctions/operator-access/station-document';
import { collection } from '../../cloudfunctions/platform/database';
import { downloadBytes, uploadBytes } from '../../cloudfunctions/platform/storage';
import { type StationsInReach } from '../../cloudfunctions/progress/stations-in-reach';
import { newReview, type ReviewDocument } from '../../cloudfunctions/review/review-document';
import { SPREADSHEET_LABELS } from '../../miniprogram/copy/spreadsheet-words';
import { type Batch } from '../../miniprogram/shared/batch/batch';
import { readAll } from '../../miniprogram/shared/contract/read-on';
import { type ExportId, type Instant, type SubmissionId } from '../../miniprogram/shared/identity/ids';
import { pictureOf, withPhoto } from '../support/accepted-builder';
import { daysFromNow } from '../support/batch-builder';
import { aCall } from '../support/call-builder';
import {
  finishedPackage,
  finishPackage,
  manifestOf,
  packageFiles,
  packageRequest,
  startPackage,
  storedPackage,
  unzip,
} from '../support/package-builder';
import { refusalOf } from '../support/refusal';
import { csvOf, importList, storedBatchDocument } from '../support/roster-builder';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';
import { storedBatch, storedSubmission } from '../support/submission-builder';

let testCloud: TestCloud;
beforeAll(async () => {
  testCloud = await startTestCloud();
});
afterAll(() => testCloud.close());

describe('a package', () => {
  test('holds every accepted photo under its name, and a manifest that says so', async () => {
    const batch = await storedBatch();
    await withPhoto(batch, '202102', 'accepted');
    const { _id } = await withPhoto(batch, '202101', 'exported');
    await withPhoto(batch, '202103', 'confirmed');
    const { files, job } = await finishedPackage(batch);
    expect(job).toMatchObject({ state: 'finished', photos: 2, packed: 2 });
    const entries = await unzip(files.get('photos-1-of-1.zip')!);
    expect([...entries]).toEqual([
      ['202101.jpg', pictureOf('202101')],
      ['202102.jpg', pictureOf('202102')],
    ]);
    const manifest = manifestOf(files);
    expect(manifest).toMatchObject({ photos: 2, batchId: batch.id, fileNameTemplate: '{studentNumber}' });
    expect(
      manifest.entries.map(({ file, studentNumber, bytes, sha256 }) => [file, studentNumber, bytes, sha256]),
    ).toEqual(
      ['202101', '202102'].map((number) => [
        `${number}.jpg`,
        number,
        pictureOf(number).length,
        createHash('sha256').update(pictureOf(number)).digest('hex'),
      ]),
    );
    expect((await storedSubmission(_id)).state).toBe('exported');
    expect(files.get('manifest.csv')!.toString().split('\r\n')).toHaveLength(4);
  });

  test('of the same selection has the same bytes', async () => {
    const batch = await storedBatch();
    for (const number of ['3', '1', '2']) await withPhoto(batch, number);
    const first = await finishedPackage(batch);
    const second = await finishedPackage(batch);
    expect(second.job.id).not.toBe(first.job.id);
    expect([...second.files]).toEqual([...first.files]);
  });

  test('of new photos takes each photo once', async () => {
    const batch = await storedBatch();
    await withPhoto(batch, '1');
    const isNew = { selection: { batchId: batch.id, photos: 'new' } } as const;
    expect((await finishedPackage(batch, isNew)).job.photos).toBe(1);
    expect(await refusalOf(startPackage(batch, isNew))).toBe('EXPORT_EMPTY');
    await withPhoto(batch, '2');
    expect(manifestOf((await finishedPackage(batch, isNew)).files).entries.map(({ file }) => file)).toEqual([
      '2.jpg',
    ]);
  });

  test('of one station holds that station’s photos in folders', async () => {
    const batch = await storedBatch();
    const station = newStation(batch.schoolCode, '阜阳站');
    await collection('stations').set(station);
    await withPhoto(batch, '1', 'accepted', { stationId: station._id, className: '1 班' });
    await withPhoto(batch, '2', 'accepted', { stationId: station._id });
    await withPhoto(batch, '3');
    const { files } = await finishedPackage(batch, {
      selection: { batchId: batch.id, stationId: station._id, photos: 'all-accepted' },
      template: { fileName: '{seq}-{studentNumber}', folder: '{station}/{class}' },
    });
    expect([...(await unzip(files.get('photos-1-of-1.zip')!)).keys()]).toEqual([
      '阜阳站/1 班/1-1.jpg',
      '阜阳站/未分组/2-2.jpg',
    ]);
    expect(manifestOf(files).station).toBe('阜阳站');
  });

  test('is saved by a browser under the names that its manifest knows', async () => {
    const batch = await storedBatch();
    await withPhoto(batch, '1');
    const { job } = await finishedPackage(batch);
    const links = await exportLinks(aCall(), await storedPackage(job));
    const names = links.map(({ link }) => new URL(link.url).pathname.split('/').at(-1));
    expect(names).toEqual(['photos-1-of-1.zip', 'manifest.json', 'manifest.csv']);
    // The folder is what nobody can guess.
    const folders = links.map(
      ({ link }) => /packages\/([0-9a-f]{32})\/[^/]+$/.exec(new URL(link.url).pathname)?.[1],
    );
    expect(new Set(folders).size).toBe(3);
    expect(folders).not.toContain(undefined);
  });

  test('changes its students’ state, and again when it is delivered', async () => {
    const batch = await storedBatch();
    const { _id } = await withPhoto(batch, '1');
    const { job } = await finishedPackage(batch);
    const document = await collection<ExportDocument>('exports').get(job.id);
    expect((await markDelivered(aCall(), document!)).deliveredAt).not.toBeNull();
    const { state, timeline } = await storedSubmission(_id);
    expect(state).toBe('delivered');
    expect(timeline.map((entry) => entry.state)).toEqual(['bound', 'confirmed', 'exported', 'delivered']);
  });
});

describe('a worker that dies', () => {
  test('half-way leaves neither a double nor a gap; the files it left are known', async () => {
    const batch = await storedBatch();
    const numbers = ['1', '2', '3', '4', '5'];
    for (const number of numbers) await withPhoto(batch, number);
    const job = await startExport(aCall(), await storedBatchDocument(batch.id), packageRequest(batch), 2);
    // What a killed worker leaves: its lease, and a file that was stored but not recorded.
    const lost = await uploadBytes('packages/lost.zip', Buffer.from('half a volume'));
    const exports = collection<ExportDocument>('exports');
    await exports.update(job.id, {
      working: { token: 'dead', until: aCall().now },
      intendedPaths: ['packages/lost.zip'],
    });
    const finished = await finishPackage(job);
    expect(finished.volumes.map(({ photos }) => photos)).toEqual([2, 2, 1]);
    const files = await packageFiles(job.id);
    const volumes = await Promise.all(
      [1, 2, 3].map((number) => unzip(files.get(`photos-${number}-of-3.zip`)!)),
    );
    expect(volumes.flatMap((entries) => [...entries.keys()])).toEqual(
      numbers.map((number) => `${number}.jpg`),
    );
    const document = await exports.get(job.id);
    await cancelExport(aCall(), document!);
    await expect(downloadBytes(lost, 100)).rejects.toThrow('No such file');
  });

  test('just before the end leaves nothing to fetch until somebody finishes the package', async () => {
    const batch = await storedBatch();
    await withPhoto(batch, '1');
    const job = await finishPackage(await startPackage(batch));
    // What a worker leaves that died right after it had recorded the manifests.
    await collection<ExportDocument>('exports').update(job.id, { state: 'closing', working: null });
    expect([...(await packageFiles(job.id)).keys()]).toEqual([]);
    await finishPackage(job);
    expect([...(await packageFiles(job.id)).keys()]).toEqual([
      'photos-1-of-1.zip',
      'manifest.json',
      'manifest.csv',
    ]);
  });

  test('and comes back is fenced out', async () => {
    const batch = await storedBatch();
    await withPhoto(batch, '1');
    const job = await startPackage(batch);
    const outcomes = await Promise.all([1, 2, 3].map(() => refusalOf(proceedExport(aCall(), job.id))));
    expect(outcomes).toContain('none');
    expect(outcomes.every((outcome) => outcome === 'none' || outcome === 'CONFLICT')).toBe(true);
    expect(await finishPackage(job)).toMatchObject({ packed: 1 });
    expect(await collection('audit').count({ subjectId: job.id, action: 'export.finish' })).toBe(1);
  });
});

test('a package that is stopped leaves no file', async () => {
  const batch = await storedBatch();
  await withPhoto(batch, '1');
  const { job } = await finishedPackage(batch);
  const exports = collection<ExportDocument>('exports');
  const document = await exports.get(job.id);
  const fileIds = [...document!.volumes, ...document!.manifests].map(({ fileId }) => fileId);
  expect(await cancelExport(aCall(), document!)).toMatchObject({ state: 'cancelled', volumes: [] });
  for (const fileId of fileIds) await expect(downloadBytes(fileId, 1e6)).rejects.toThrow('No such file');
  expect(await proceedExport(aCall(), job.id)).toMatchObject({ state: 'cancelled' });
});

describe('the spreadsheet', () => {
  /** Its cells, headings first. */
  async function rowsOf(batch: Batch, stations: StationsInReach = 'all') {
    const document = await storedBatchDocument(batch.id);
    const stored = await writeSpreadsheet(aCall(), document, stations, SPREADSHEET_LABELS);
    const [sheet] = await readWorkbook(Buffer.from(await downloadBytes(stored.fileId, 1e6)));
    return sheet!.data;
  }

  async function reviewed(id: SubmissionId, { id: batchId }: Batch, decidedAt: string): Promise<void> {
    await collection<ReviewDocument>('reviews').insert({
      ...newReview(id, batchId),
      decidedAt: decidedAt as Instant,
    });
  }

  test('has every student once, bound or not, and nothing that a spreadsheet would run', async () => {
    const batch = await storedBatch();
    await importList(
      batch.id,
      csvOf([
        ['1', '张小三', '2021', '阜阳站', '1 班'],
        ['2', '李四', '2021', '阜阳站', '-1 班'],
        ['4', '赵六', '2021', '宿州站', '2 班'],
      ]),
      { badRows: 'leave-out' },
    );
    await withPhoto(batch, '1', 'accepted', { listed: true });
    await withPhoto(batch, '3', 'rejected', { rejection: { reasons: ['light'], remark: '=太暗' } });
    const rows = await rowsOf(batch);
    expect(rows[0]!.slice(0, 3)).toEqual(['学号', '姓名', '层次']);
    expect(rows.slice(1).map((row) => [row[0], row[1], row[8], row[9], row[13]])).toEqual([
      ['1', '张*三', '是', '已通过', null],
      ['3', '张*三', '否', '被驳回待重拍', '光线不合适；=太暗'],
      ['4', '赵*', '是', '未绑定', null],
    ]);
  });

  test('has everything that is known of a student under its heading, bound or not', async () => {
    const batch = await storedBatch();
    const headings = ['学号', '姓名', '层次', '年级', '学习形式', '专业', '函授站', '班级'];
    await importList(
      batch.id,
      csvOf(
        [
          ['1', '张小三', '专升本', '2021', '非脱产', '会计学', '阜阳站', '1 班'],
          ['2', '李小四', '高起本', '2018', '业余', '护理学', '宿州站', '2 班'],
        ],
        headings,
      ),
    );
    const { _id } = await withPhoto(batch, '1', 'rejected', {
      stationId: stationIdOf(batch.schoolCode, '阜阳站'),
      className: '1 班',
      listed: true,
      attempts: 3,
      timeline: [{ state: 'confirmed', at: '2026-11-25T01:00:00.000Z' as Instant }],
      rejection: { reasons: ['light'], remark: '请面向窗户' },
    });
    await reviewed(_id, batch, '2026-11-26T01:00:00.000Z');
    expect(await rowsOf(batch)).toEqual([
      [...headings, '在名单内', '状态', '拍照次数', '确认时间', '审核时间', '驳回或退回原因'],
      [
        ...['1', '张*三', '专升本', '2021', '非脱产', '会计学', '阜阳站', '1 班', '是', '被驳回待重拍', '3'],
        ...['2026-11-25 09:00', '2026-11-26 09:00', '光线不合适；请面向窗户'],
      ],
      [
        ...['2', '李*四', '高起本', '2018', '业余', '护理学', '宿州站', '2 班', '是', '未绑定'],
        ...Array<null>(4).fill(null),
      ],
    ]);
  });

  test('says of each student when that one’s photo was reviewed, in this batch', async () => {
    const [batch, nextYears] = [await storedBatch(), await storedBatch()];
    for (const [its, number, decidedAt] of [
      [nextYears, '1', '2027-11-26T01:00:00.000Z'],
      [batch, '1', '2026-11-26T01:00:00.000Z'],
      [batch, '2', '2026-11-27T01:00:00.000Z'],
      [nextYears, '3', '2027-11-27T01:00:00.000Z'],
    ] as const) {
      await reviewed((await withPhoto(its, number))._id, its, decidedAt);
    }
    await withPhoto(batch, '3', 'confirmed');
    const rows = await rowsOf(batch);
    expect(rows.map((row) => [row[0], row[12]])).toEqual([
      ['学号', '审核时间'],
      ['1', '2026-11-26 09:00'],
      ['2', '2026-11-27 09:00'],
      ['3', null],
    ]);
  });

  test('of one station has that station’s students only, bound or not', async () => {
    const batch = await storedBatch();
    await importList(
      batch.id,
      csvOf([
        ['1', '张小三', '2021', '阜阳站', '1 班'],
        ['2', '李四', '2021', '宿州站', '2 班'],
      ]),
    );
    const [fuyang, suzhou] = ['阜阳站', '宿州站'].map((name) => stationIdOf(batch.schoolCode, name));
    await withPhoto(batch, '3', 'accepted', { stationId: fuyang! });
    await withPhoto(batch, '4', 'accepted', { stationId: suzhou! });
    const rows = await rowsOf(batch, [fuyang!]);
    expect(rows.slice(1).map((row) => [row[0], row[6], row[9]])).toEqual([
      ['1', '阜阳站', '未绑定'],
      ['3', '阜阳站', '已通过'],
    ]);
  });

  test('says when the student confirmed the photo that counts, not one before it', async () => {
    const batch = await storedBatch();
    await withPhoto(batch, '1', 'accepted', {
      timeline: [
        { state: 'confirmed', at: '2026-11-23T01:00:00.000Z' as Instant },
        { state: 'rejected', at: '2026-11-24T01:00:00.000Z' as Instant },
        { state: 'confirmed', at: '2026-11-25T01:00:00.000Z' as Instant },
        { state: 'accepted', at: '2026-11-26T01:00:00.000Z' as Instant },
      ],
    });
    const [headings, row] = await rowsOf(batch);
    expect([headings![11], row![11]]).toEqual(['确认时间', '2026-11-25 09:00']);
  });
});

test('the packages of a batch are listed page by page, the newest first, each once', async () => {
  const batch = await storedBatch();
  await withPhoto(batch, '1', 'accepted');
  const { id } = await startPackage(batch);
  const stored = await collection<ExportDocument>('exports').get(id);
  const older = Array.from({ length: 220 }, (_, index) => ({
    ...stored!,
    _id: `package-${index}` as ExportId,
    startedAt: daysFromNow(-1 - (index % 2)),
  }));
  await collection<ExportDocument>('exports').insertMany(older);
  const sizes: number[] = [];
  const found = await readAll(async (page) => {
    const { jobs, next } = await listExports({ batchId: batch.id, ...page });
    sizes.push(jobs.length);
    return { items: jobs, next };
  });
  expect(sizes).toEqual([100, 100, 21]);
  expect(new Set(found.map((job) => job.id)).size).toBe(221);
  const starts = found.map(({ startedAt }) => startedAt);
  expect(starts).toEqual([...starts].sort().reverse());
});
