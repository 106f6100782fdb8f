/** What was judged stays what was judged, whatever the phone does with its own file afterwards. */
import { collection } from '../../cloudfunctions/platform/database';
import { downloadBytes } from '../../cloudfunctions/platform/storage';
import { type PhotoDocument } from '../../cloudfunctions/submission/photo-document';
import { submitPhoto } from '../../cloudfunctions/submission/submit-photo/submit-photo';
import { pathOf } from '../../cloudfunctions/upload/upload-ticket';
import { aCall } from '../support/call-builder';
import { fakeEngineThatBlocks, fakeEngineThatDevelops } from '../support/fake-photo-engine';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';
import { anUpload, boundSubmission, storedBatch } from '../support/submission-builder';

let testCloud: TestCloud;
beforeAll(async () => {
  testCloud = await startTestCloud();
});
afterAll(() => testCloud.close());

it.each([
  ['developed', fakeEngineThatDevelops()],
  ['blocked', fakeEngineThatBlocks()],
])(
  'a %s photo keeps its original where its phone can neither change nor delete it',
  async (_what, engine) => {
    const call = aCall();
    const submission = await boundSubmission(call, await storedBatch());
    const upload = await anUpload(call);
    const judged = await downloadBytes(upload.fileId, 10_000);
    const { photo } = await submitPhoto(call, { submissionId: submission._id, ...upload, ticks: [] }, engine);
    const { originalFileId } = (await collection<PhotoDocument>('photos').get(photo.id))!;

    const phone = testCloud.cloud.client(call.openid);
    await phone.uploadFile(pathOf(upload.fileId)!, new TextEncoder().encode('another picture'));
    expect(await downloadBytes(originalFileId, 10_000)).toEqual(judged);
    await phone.deleteFile([originalFileId]).catch(() => undefined);
    expect(await downloadBytes(originalFileId, 10_000)).toEqual(judged);
    await phone
      .uploadFile(pathOf(originalFileId)!, new TextEncoder().encode('forged'))
      .catch(() => undefined);
    expect(await downloadBytes(originalFileId, 10_000)).toEqual(judged);
  },
);
