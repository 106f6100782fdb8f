/** Students whose photos went all the way, with files in the storage that stand for pictures. */
import { createHash } from 'node:crypto';
import { aCall } from './call-builder';
import { fakeEngineThatDevelops } from './fake-photo-engine';
import { boundSubmission } from './submission-builder';
import { aVerdict } from './verdict-builder';
import { newId } from '../../cloudfunctions/identity/unguessable-id';
import { type DevelopOptions } from '../../cloudfunctions/photo-engine/develop-options';
import { collection } from '../../cloudfunctions/platform/database';
import { uploadBytes } from '../../cloudfunctions/platform/storage';
import { type PhotoDocument } from '../../cloudfunctions/submission/photo-document';
import { type SubmissionDocument } from '../../cloudfunctions/submission/submission-document';
import { type UploadTicketDocument } from '../../cloudfunctions/upload/upload-ticket';
import { type Batch } from '../../miniprogram/shared/batch/batch';
import { DEFAULT_CHECK_SETTINGS } from '../../miniprogram/shared/batch/check-settings';
import { type Call } from '../../cloudfunctions/requests/call';
import { type PhotoId, type UploadId } from '../../miniprogram/shared/identity/ids';
import { photoStandardFor } from '../../miniprogram/shared/photo-standard/photo-standard';
import { type SubmissionState } from '../../miniprogram/shared/submission/submission-machine';
import { CHECK_RULES } from '../../miniprogram/shared/verdict/check-rules';

/** As packages and records write it. */
export const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** The fake engine does not look at them. */
const NO_RULES: DevelopOptions = { standard: photoStandardFor(), rules: CHECK_RULES };

/** The bytes that stand for this student's finished picture. */
export function pictureOf(studentNumber: string): Buffer {
  return Buffer.from(`finished picture of ${studentNumber}`);
}

/** A submission in this state with a developed photo whose files exist. */
export async function withPhoto(
  batch: Batch,
  studentNumber: string,
  state: Exclude<SubmissionState, 'bound' | 'shot' | 'withdrawn'> = 'accepted',
  changes: Partial<SubmissionDocument> = {},
  call: Call = aCall(),
): Promise<SubmissionDocument> {
  const photoId = newId() as PhotoId;
  const confirmed = state !== 'developed' && state !== 'rejected';
  const submission = await boundSubmission(call, batch, {
    schoolCode: batch.schoolCode,
    studentNumber,
    state,
    developedPhotoId: photoId,
    confirmedPhotoId: confirmed ? photoId : null,
    latestPhotoId: photoId,
    attempts: 1,
    timeline: [
      { state: 'bound', at: call.now },
      { state: 'confirmed', at: call.now },
    ],
    ...changes,
  });
  const original = Buffer.from(`original of ${studentNumber}`);
  const developed = await fakeEngineThatDevelops().develop(original, NO_RULES);
  if (developed.kind !== 'developed') throw new Error('the fake engine developed nothing');
  const originalFileId = await uploadBytes(`originals/${newId()}.jpg`, original);
  const standardPath = `standards/${newId()}.jpg`;
  const uploadId = newId() as UploadId;
  const ticket: UploadTicketDocument = {
    _id: uploadId,
    openid: call.openid,
    purpose: 'portrait',
    cloudPath: originalFileId.replace(/^cloud:\/\/[^/]+\//, ''),
    expiresAt: call.now,
    usedAt: call.now,
  };
  await collection<UploadTicketDocument>('uploads').insert(ticket);
  await collection<PhotoDocument>('photos').insert({
    _id: photoId,
    submissionId: submission._id,
    batchId: batch.id,
    uploadId,
    originalFileId,
    takenAt: call.now,
    ticks: ['no-headwear'],
    checkSettings: DEFAULT_CHECK_SETTINGS,
    starts: 1,
    failedStarts: 0,
    intendedPaths: [standardPath],
    status: 'developed',
    verdict: aVerdict({ wall: 'warned' }),
    geometry: developed.geometry,
    record: { ...developed.record, resultSha256: sha256(pictureOf(studentNumber)) },
    standardFileId: await uploadBytes(standardPath, pictureOf(studentNumber)),
  });
  return submission;
}
