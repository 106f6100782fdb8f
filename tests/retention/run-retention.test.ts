import { type ExportDocument } from '../../cloudfunctions/export/export-document';
import { proceedExport } from '../../cloudfunctions/export/proceed-export';
import { startExport } from '../../cloudfunctions/export/start-export';
import { newId } from '../../cloudfunctions/identity/unguessable-id';
import { collection } from '../../cloudfunctions/platform/database';
import { DATABASE_SCHEMA } from '../../cloudfunctions/platform/database-schema';
import { downloadBytes, uploadBytes } from '../../cloudfunctions/platform/storage';
import { runRetention } from '../../cloudfunctions/retention/run-retention';
import { readStoredPeople } from '../../cloudfunctions/retention/stored-people';
import { type PhotoDocument } from '../../cloudfunctions/submission/photo-document';
import { type SubmissionDocument } from '../../cloudfunctions/submission/submission-document';
import { type UploadTicketDocument } from '../../cloudfunctions/upload/upload-ticket';
import { type Batch } from '../../miniprogram/shared/batch/batch';
import { type RetentionKind, type RetentionReport } from '../../miniprogram/shared/contract/housekeeping';
import { type FileId, type SubmissionId } from '../../miniprogram/shared/identity/ids';
import { DEFAULT_RETENTION, type RetentionRules } from '../../miniprogram/shared/retention/retention-rules';
import { withPhoto } from '../support/accepted-builder';
import { daysFromNow } from '../support/batch-builder';
import { aCall } from '../support/call-builder';
import { csvOf, dryRun, importList, someRows, storedBatchDocument } from '../support/roster-builder';
import { accept } from '../support/sent-back-builder';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';
import { anUpload, agree, boundSubmission, storedBatch } from '../support/submission-builder';

let testCloud: TestCloud;
beforeEach(async () => {
  testCloud = await startTestCloud();
});
afterEach(() => testCloud.close());

async function aClosedBatch(closedDays: number, retention: Partial<RetentionRules> = {}): Promise<Batch> {
  const batch = await storedBatch({
    opensAt: daysFromNow(-400 - closedDays),
    closesAt: daysFromNow(-closedDays),
  });
  await collection('batches').update(batch.id, { retention: { ...DEFAULT_RETENTION, ...retention } });
  return batch;
}

const night = () => runRetention(aCall(), { dryRun: false });

function filesIn({ lines }: RetentionReport, kind: RetentionKind): number {
  return lines.filter((line) => line.kind === kind).reduce((sum, { files }) => sum + files, 0);
}

async function photosOf({ _id: submissionId }: { _id: SubmissionId }): Promise<readonly PhotoDocument[]> {
  return collection<PhotoDocument>('photos').find({ submissionId }, { limit: 100 });
}

async function isStored(fileId: FileId): Promise<boolean> {
  return downloadBytes(fileId, 1e7).then(
    () => true,
    () => false,
  );
}

/** Looks through every collection for a text. */
async function collectionsWith(text: string): Promise<readonly string[]> {
  const found = await Promise.all(
    DATABASE_SCHEMA.map(async ({ name }) => {
      const documents = await collection(name).find({}, { limit: 1000 });
      return JSON.stringify(documents).includes(text) ? [name] : [];
    }),
  );
  return found.flat();
}

test('after everything’s time a search finds nothing of the student: no document, no file, no review, no package, no list', async () => {
  const batch = await aClosedBatch(366);
  const number = '202110000';
  await importList(batch.id, csvOf(someRows(1)));
  const accepted = await withPhoto(batch, number, 'developed');
  await accept(accepted, accepted.developedPhotoId!, daysFromNow(-367));
  const job = await startExport(aCall(), await storedBatchDocument(batch.id), {
    selection: { batchId: batch.id, photos: 'all-accepted' },
    template: { fileName: '{studentNumber}', folder: '' },
  });
  await proceedExport(aCall(), job.id);
  const packed = await collection<ExportDocument>('exports').get(job.id);
  const [photo] = await photosOf(accepted);
  if (photo?.status !== 'developed') throw new Error('no photo');
  const files = [
    photo.originalFileId,
    photo.standardFileId,
    packed!.volumes[0]!.fileId,
    packed!.manifests[0]!.fileId,
  ];
  expect(await Promise.all(files.map(isStored))).toEqual([true, true, true, true]);
  expect(await collectionsWith(number)).toEqual(['roster', 'roster_plans', 'submissions', 'export_volumes']);
  expect(await collectionsWith(accepted._id)).toContain('reviews');

  const report = await night();
  expect(report.complete).toBe(true);
  expect(await Promise.all(files.map(isStored))).toEqual([false, false, false, false]);
  expect(await collectionsWith(number)).toEqual([]);
  expect(await collectionsWith(accepted.openid)).toEqual(['consents']);
  expect(await collectionsWith(accepted._id)).toEqual(['audit']);
  expect(await collectionsWith(accepted.bindingId)).toEqual([]);
  expect((await night()).lines).toEqual([]);
});

test('after the deadline what was never confirmed goes, what was confirmed stays', async () => {
  const batch = await aClosedBatch(31, { unfinishedDays: 30 });
  const unfinished = [
    await boundSubmission(aCall(), batch, { schoolCode: batch.schoolCode, studentNumber: '1' }),
    await withPhoto(batch, '2', 'developed'),
    await withPhoto(batch, '3', 'rejected'),
  ];
  const kept = [await withPhoto(batch, '4', 'confirmed'), await withPhoto(batch, '5', 'accepted')];
  const files = (await Promise.all(unfinished.map(photosOf)))
    .flat()
    .map(({ originalFileId }) => originalFileId);
  const report = await night();
  expect(filesIn(report, 'unfinished')).toBe(4);
  const left = await collection<SubmissionDocument>('submissions').find({ batchId: batch.id }, { limit: 10 });
  expect(left.map(({ _id }) => _id).sort()).toEqual(kept.map(({ _id }) => _id).sort());
  expect(await Promise.all(files.map(isStored))).toEqual([false, false]);
});

test.each([
  ['a day before its time', 29, 30],
  ['where the rule is switched off', 300, null],
])('unfinished data stays %s', async (_, closedDays, unfinishedDays) => {
  const batch = await aClosedBatch(closedDays, { unfinishedDays });
  await boundSubmission(aCall(), batch, { schoolCode: batch.schoolCode });
  await night();
  expect(await collection('submissions').count({ batchId: batch.id })).toBe(1);
});

test('originals go after the acceptance; the finished picture and the record stay', async () => {
  const batch = await aClosedBatch(10, { originalsDays: 90 });
  const long = await withPhoto(batch, '1', 'exported', {
    timeline: [{ state: 'accepted', at: daysFromNow(-91) }],
  });
  const recent = await withPhoto(batch, '2', 'accepted', {
    timeline: [{ state: 'accepted', at: daysFromNow(-89) }],
  });
  const report = await night();
  expect(filesIn(report, 'originals')).toBe(1);
  const [old] = await photosOf(long);
  const [fresh] = await photosOf(recent);
  if (old?.status !== 'developed') throw new Error('the photo is gone');
  expect(await isStored(old.originalFileId)).toBe(false);
  expect(await isStored(old.standardFileId)).toBe(true);
  expect(old.record.originalSha256).toMatch(/^[0-9a-f]{64}$/);
  expect(await isStored(fresh!.originalFileId)).toBe(true);
  expect((await night()).lines).toEqual([]);
});

test('what crashes left behind is found and removed', async () => {
  const call = aCall();
  await agree(call);
  const { uploadId, fileId } = await anUpload(call);
  const lost = await uploadBytes('standards/lost.jpg', Buffer.from('a picture that nobody knows'));
  const batch = await storedBatch();
  const submission = await boundSubmission(call, batch);
  const photo = {
    _id: uploadId,
    submissionId: submission._id,
    openid: call.openid,
    batchId: batch.id,
    uploadId,
    originalFileId: fileId,
    takenAt: daysFromNow(-2),
    ticks: [],
    starts: 2,
    intendedPaths: ['standards/never.jpg', 'standards/lost.jpg'],
    status: 'underway',
  };
  await collection('photos').insert(photo);
  const half = await boundSubmission(aCall(), batch, { deletingAt: daysFromNow(-1) });
  const report = await night();
  expect(filesIn(report, 'crashed-photos')).toBe(3);
  expect(await isStored(lost)).toBe(false);
  expect(await isStored(fileId)).toBe(false);
  expect(await photosOf(submission)).toEqual([]);
  expect(await collection('submissions').get(half._id)).toBeNull();
});

test('of a photo that was started twice what the last start stored stays: the judged original and its picture', async () => {
  const { _id: submissionId } = await withPhoto(await storedBatch(), '1');
  const [photo] = await collection<PhotoDocument>('photos').find({ submissionId }, { limit: 1 });
  if (photo?.status !== 'developed') throw new Error('no photo');
  const pathOf = (file: FileId) => file.replace(/^cloud:\/\/[^/]+\//, '');
  const paths = ['uploads/first', 'evidence/first', 'standards/first.jpg'];
  const left = await Promise.all(paths.map((path) => uploadBytes(path, Buffer.from('left behind'))));
  await collection<PhotoDocument>('photos').update(photo._id, {
    starts: 2,
    intendedPaths: [...paths, pathOf(photo.originalFileId), pathOf(photo.standardFileId)],
  });
  expect(filesIn(await night(), 'crashed-photos')).toBe(3);
  expect(await Promise.all(left.map(isStored))).toEqual([false, false, false]);
  expect(await isStored(photo.originalFileId)).toBe(true);
  expect(await isStored(photo.standardFileId)).toBe(true);
  expect((await night()).lines).toEqual([]);
});

test('uploads that nobody used go, those in use stay', async () => {
  const call = aCall();
  await agree(call);
  const unused = await anUpload(call);
  const waiting = await anUpload(call);
  const tickets = collection<UploadTicketDocument>('uploads');
  await tickets.update(unused.uploadId, { expiresAt: daysFromNow(-1) });
  const used = await withPhoto(await storedBatch(), '1');
  await night();
  expect(await isStored(unused.fileId)).toBe(false);
  expect(await tickets.get(unused.uploadId)).toBeNull();
  expect(await isStored(waiting.fileId)).toBe(true);
  const [photo] = await photosOf(used);
  expect(await isStored(photo!.originalFileId)).toBe(true);
});

test('a plan that nobody applied goes with its file; the list that holds stays', async () => {
  const batch = await storedBatch();
  await importList(batch.id, csvOf(someRows(2)));
  const plan = await dryRun(batch.id, csvOf([...someRows(3), ['?']]), { badRows: 'leave-out' });
  const document = await collection<{ _id: string; fileId: FileId }>('roster_plans').get(plan.id);
  for (const filter of [{ _id: plan.id }, { planId: plan.id }])
    await collection('roster_plans').updateWhere(filter, { expiresAt: daysFromNow(-1) });
  await night();
  expect(await isStored(document!.fileId)).toBe(false);
  expect(await collection('roster_plans').count({ planId: plan.id })).toBe(0);
  expect(await collection('roster').count({ batchId: batch.id })).toBe(2);
});

test('old packages leave the storage and can be made again', async () => {
  const batch = await storedBatch();
  await withPhoto(batch, '1');
  const request = {
    selection: { batchId: batch.id, photos: 'all-accepted' },
    template: { fileName: '{studentNumber}', folder: '' },
  } as const;
  const job = await startExport(aCall(), await storedBatchDocument(batch.id), request);
  await proceedExport(aCall(), job.id);
  await collection('exports').update(job.id, { expiresAt: daysFromNow(-1) });
  expect(filesIn(await night(), 'packages')).toBe(3);
  expect(await collection<ExportDocument>('exports').get(job.id)).toMatchObject({
    state: 'expired',
    volumes: [],
  });
  const again = await startExport(aCall(), await storedBatchDocument(batch.id), request);
  expect(await proceedExport(aCall(), again.id)).toMatchObject({ state: 'finished' });
});

test('a package that died before its first file comes to its end too', async () => {
  const batch = await storedBatch();
  await withPhoto(batch, '1');
  const { id } = await startExport(aCall(), await storedBatchDocument(batch.id), {
    selection: { batchId: batch.id, photos: 'all-accepted' },
    template: { fileName: '{studentNumber}', folder: '' },
  });
  await collection('exports').update(id, { expiresAt: daysFromNow(-1) });
  await night();
  expect(await collection<ExportDocument>('exports').get(id)).toMatchObject({ state: 'expired' });
});

test('a run whose time is up is not complete, and the next one does the rest', async () => {
  const batch = await aClosedBatch(31);
  await boundSubmission(aCall(), batch, { schoolCode: batch.schoolCode, studentNumber: '1' });
  let passed = 0;
  const clock = jest.spyOn(performance, 'now').mockImplementation(() => (passed += 20_000));
  const cutShort = await night().finally(() => {
    clock.mockRestore();
  });
  expect(cutShort).toMatchObject({ complete: false, failed: 0 });
  expect(await night()).toMatchObject({ complete: true });
  expect(await collection('submissions').count({ batchId: batch.id })).toBe(0);
});

test('a dry run says the same numbers and deletes nothing', async () => {
  const over = await aClosedBatch(366);
  await withPhoto(over, '1');
  const closed = await aClosedBatch(31);
  await boundSubmission(aCall(), closed, { schoolCode: closed.schoolCode, studentNumber: '2' });
  await collection('resolutions').insert({ _id: newId(), expiresAt: daysFromNow(-1) } as { _id: string });
  const before = storedDocuments();
  const planned = await runRetention(aCall(), { dryRun: true });
  expect(storedDocuments()).toEqual(before);
  const done = await night();
  expect(done.lines).toEqual(planned.lines);
  expect(planned.lines.map(({ kind, documents }) => [kind, documents])).toEqual([
    ['everything', 2],
    ['unfinished', 1],
    ['forgotten', 1],
  ]);
});

test('stored people are counted once each, however many submissions they have', async () => {
  const batch = await storedBatch();
  const call = aCall();
  await boundSubmission(call, batch);
  await boundSubmission(call, batch);
  await boundSubmission(aCall(), batch);
  const { storedPeople, at } = await night();
  expect(storedPeople).toEqual({ count: 2, countedAt: at, warning: 'none' });
  expect(await readStoredPeople()).toEqual(storedPeople);
});

test('before anybody is stored, nobody is counted', async () => {
  expect(await readStoredPeople()).toBeNull();
  expect((await night()).storedPeople).toMatchObject({ count: 0 });
});

/** Documents per collection, without the counters (the dry run counts people) and the cloud's own list of files. */
function storedDocuments(): object {
  const { documents } = testCloud.cloud.stats();
  return Object.fromEntries(
    Object.entries(documents).filter(([name]) => name !== 'counters' && /^[A-Za-z]/.test(name)),
  );
}
