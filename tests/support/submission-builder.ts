/**
 * Puts batches, bound submissions and uploads into the running test cloud, by the use cases' own doors where there
 * are any, so that a test begins where its story begins.
 */
import { randomUUID } from 'node:crypto';
import { aBatch, daysFromNow } from './batch-builder';
import { aStudentRecord } from './student-builder';
import { type BatchDocument } from '../../cloudfunctions/batch/batch-document';
import { type BindingDocument } from '../../cloudfunctions/capture-code/binding/binding-document';
import { type ResolutionDocument } from '../../cloudfunctions/capture-code/binding/resolution-document';
import { giveConsent } from '../../cloudfunctions/consent/give-consent';
import { newId } from '../../cloudfunctions/identity/unguessable-id';
import { collection } from '../../cloudfunctions/platform/database';
import { uploadBytes } from '../../cloudfunctions/platform/storage';
import { type Call } from '../../cloudfunctions/requests/call';
import { newSubmission, type SubmissionDocument } from '../../cloudfunctions/submission/submission-document';
import { prepareUpload } from '../../cloudfunctions/upload/prepare-upload';
import { type Batch } from '../../miniprogram/shared/batch/batch';
import { CONSENT_VERSION, type UploadPurpose } from '../../miniprogram/shared/contract/student';
import {
  type BatchId,
  type FileId,
  type ResolutionId,
  type SubmissionId,
  type UploadId,
} from '../../miniprogram/shared/identity/ids';

/** An open batch of a school of its own, unless changed. */
export async function storedBatch(changes: Partial<Batch> = {}): Promise<Batch> {
  const batch = aBatch({ id: newId() as BatchId, ...changes });
  const { id: _id, ...fields } = batch;
  await collection<BatchDocument>('batches').insert({
    _id,
    schoolId: `school-${batch.schoolCode}`,
    ...fields,
  });
  return batch;
}

export async function agree(call: Call, facePhoto = true): Promise<void> {
  await giveConsent({ ...call, requestKey: null }, { version: CONSENT_VERSION, facePhoto });
}

/** A submission of this caller in the state `bound`, with consent given; changes are written as they are. */
export async function boundSubmission(
  call: Call,
  batch: Batch,
  changes: Partial<SubmissionDocument> = {},
): Promise<SubmissionDocument> {
  await agree(call);
  const submission: SubmissionDocument = {
    ...newSubmission({
      id: newId() as SubmissionId,
      openid: call.openid,
      batchId: batch.id,
      bindingId: `enrolment-${randomUUID()}`,
      personKey: `person-${call.openid}`,
      student: aStudentRecord(),
      stationId: null,
      className: null,
      listed: false,
      spentAttempts: 0,
      now: call.now,
    }),
    ...changes,
  };
  await collection<SubmissionDocument>('submissions').insert(submission);
  await collection<BindingDocument>('bindings').insert({
    _id: submission.bindingId,
    openid: call.openid,
    codeKey: 'a code',
    submissionIds: [submission._id],
    boundAt: call.now,
  });
  return submission;
}

/** A code that this owner has resolved, of a student whom nobody has bound. */
export async function storedResolution(owner: string, batch: Batch): Promise<ResolutionId> {
  const resolution: ResolutionDocument = {
    _id: newId() as ResolutionId,
    openid: owner,
    enrolmentKey: `enrolment-${randomUUID()}`,
    codeKey: 'a code',
    personKey: 'a person',
    student: aStudentRecord({ schoolCode: batch.schoolCode }),
    batchId: batch.id,
    alreadyMine: false,
    expiresAt: daysFromNow(1),
  };
  await collection<ResolutionDocument>('resolutions').insert(resolution);
  return resolution._id;
}

export async function storedSubmission(id: SubmissionId): Promise<SubmissionDocument> {
  const submission = await collection<SubmissionDocument>('submissions').get(id);
  if (submission === null) throw new Error('the submission is gone');
  return submission;
}

/** Bytes under a ticket of this caller, as a phone would put them. */
export async function anUpload(
  call: Call,
  bytes: Uint8Array = Buffer.from('a portrait'),
  purpose: UploadPurpose = 'portrait',
): Promise<{ readonly uploadId: UploadId; readonly fileId: FileId }> {
  const ticket = await prepareUpload({ ...call, requestKey: null }, { purpose, extension: 'jpg' });
  return { uploadId: ticket.uploadId, fileId: await uploadBytes(ticket.cloudPath, bytes) };
}
