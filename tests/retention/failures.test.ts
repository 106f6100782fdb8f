/** What cannot be deleted keeps nothing else, is said, and is tried again. */
import { type AuditDocument } from '../../cloudfunctions/audit/append-audit';
import { collection } from '../../cloudfunctions/platform/database';
import { uploadBytes } from '../../cloudfunctions/platform/storage';
import { runRetention } from '../../cloudfunctions/retention/run-retention';
import { type PhotoDocument } from '../../cloudfunctions/submission/photo-document';
import { type SubmissionDocument } from '../../cloudfunctions/submission/submission-document';
import { type UploadTicketDocument } from '../../cloudfunctions/upload/upload-ticket';
import { withPhoto } from '../support/accepted-builder';
import { daysFromNow } from '../support/batch-builder';
import { aCall } from '../support/call-builder';
import { exists } from '../support/graduate-builder';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';
import { keepFiles, letStorageBe, refuseDeletions, refuseUploads } from '../support/storage-moments';
import { agree, anUpload, storedBatch } from '../support/submission-builder';

let testCloud: TestCloud;
let log: string[];
beforeEach(async () => {
  testCloud = await startTestCloud();
  log = [];
});
afterEach(async () => {
  letStorageBe();
  await testCloud.close();
});

const night = () => runRetention(aCall(), { dryRun: false, writeLog: (line) => log.push(line) });

async function originalOf({ _id: submissionId }: SubmissionDocument) {
  const photo = await collection<PhotoDocument>('photos').findOne({ submissionId });
  return photo!.originalFileId;
}

async function audited(): Promise<readonly string[]> {
  const entries = await collection<AuditDocument>('audit').find({ subjectId: 'retention' }, { limit: 100 });
  return entries.map(({ action }) => action).sort();
}

const closedBatch = () => storedBatch({ opensAt: daysFromNow(-200), closesAt: daysFromNow(-40) });
const aForgottenRequest = () =>
  collection<{ _id: string; expiresAt: string }>('requests').insert({
    _id: 'old',
    expiresAt: daysFromNow(-9),
  });

test('one file that cannot be deleted: every other submission and sweep is done, and the report says so', async () => {
  const batch = await closedBatch();
  const stuck = await withPhoto(batch, '1', 'developed');
  const next = await withPhoto(batch, '2', 'developed');
  await aForgottenRequest();
  const file = await originalOf(stuck);
  keepFiles((each) => each === file);

  const report = await night();
  expect(report).toMatchObject({ complete: false, failed: 1 });
  expect(report.lines.map(({ kind, documents }) => [kind, documents])).toEqual([
    ['unfinished', 2],
    ['forgotten', 1],
  ]);
  expect(await collection('submissions').get(next._id)).toBeNull();
  expect(await collection('submissions').get(stuck._id)).not.toBeNull();
  expect(await audited()).toEqual(['retention.fail', 'retention.run']);

  letStorageBe();
  expect(await night()).toMatchObject({ complete: true, failed: 0, lines: [{ kind: 'unfinished' }] });
  expect(await collection('submissions').get(stuck._id)).toBeNull();
  expect(await exists(file)).toBe(false);
});

test('a night in which nothing but failures happened is in the audit too', async () => {
  const stuck = await withPhoto(await closedBatch(), '1', 'developed');
  const file = await originalOf(stuck);
  keepFiles((each) => each === file);
  await night();
  await night();
  expect(await audited()).toEqual(['retention.fail', 'retention.fail']);
});

test('the log has the kind of work and the error, and nothing of a person', async () => {
  const stuck = await withPhoto(await closedBatch(), '1', 'developed');
  const file = await originalOf(stuck);
  keepFiles((each) => each === file);
  await night();
  expect(log.map((line) => JSON.parse(line) as object)).toMatchObject([
    { function: 'housekeeping', failed: 'unfinished', error: { name: 'FilesNotDeletedError' } },
  ]);
  for (const secret of [stuck._id, stuck.openid, stuck.maskedName, file])
    expect(log[0]).not.toContain(secret);
});

test('what two kinds of work come to is tried, and said, once a night where it fails', async () => {
  const begun = { deletingAt: daysFromNow(-1) };
  const stuck = await withPhoto(await closedBatch(), '1', 'developed', begun);
  const file = await originalOf(stuck);
  keepFiles((each) => each === file);
  expect(await night()).toMatchObject({ failed: 1 });
  expect(log).toHaveLength(1);
});

test('what the storage said is in the log', async () => {
  await withPhoto(await closedBatch(), '1', 'developed');
  refuseDeletions();
  await night();
  expect(log.join()).toContain('the storage is down');
});

test('the other pictures of a submission go even when one does not', async () => {
  const stuck = await withPhoto(await closedBatch(), '1', 'developed');
  const first = await originalOf(stuck);
  const second = await uploadBytes('evidence/second', Buffer.from('another original'));
  const photo = await collection<PhotoDocument>('photos').findOne({ submissionId: stuck._id });
  await collection<PhotoDocument>('photos').insert({
    ...photo!,
    _id: 'zzz' as never,
    originalFileId: second,
  });
  keepFiles((each) => each === first);
  await night();
  expect(await exists(first)).toBe(true);
  expect(await exists(second)).toBe(false);
  expect(await collection('photos').count({ submissionId: stuck._id })).toBe(1);
});

test('the ticket of an upload that could not be deleted stays, so that its file is found again', async () => {
  const call = aCall();
  await agree(call);
  const tickets = collection<UploadTicketDocument>('uploads');
  const [stuck, other] = [await anUpload(call), await anUpload(call)];
  for (const { uploadId } of [stuck, other]) await tickets.update(uploadId, { expiresAt: daysFromNow(-1) });
  keepFiles((each) => each === stuck.fileId);
  expect(await night()).toMatchObject({
    failed: 1,
    lines: [{ kind: 'unused-uploads', documents: 1, files: 1 }],
  });
  expect(await tickets.get(other.uploadId)).toBeNull();
  expect(await tickets.get(stuck.uploadId)).not.toBeNull();
  letStorageBe();
  await night();
  expect(await exists(stuck.fileId)).toBe(false);
  expect(await tickets.get(stuck.uploadId)).toBeNull();
});

test('a sweep that cannot even begin does not keep the following ones', async () => {
  await aForgottenRequest();
  refuseUploads();
  expect(await night()).toMatchObject({ complete: false, failed: 1, lines: [{ kind: 'forgotten' }] });
  expect(await collection('requests').get('old')).toBeNull();
});
