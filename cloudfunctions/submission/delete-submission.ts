/**
 * Deletes a submission on request: files first, then the documents that led to them, the submission last, so that a
 * deletion that was cut short is found and finished by asking again (or by the housekeeping).
 * Refuses confirmed photos: they are the school's as well, and are withdrawn while that is possible.
 */
import { type PhotoDocument } from './photo-document';
import { readStoredData } from './stored-data';
import { isDeletable, type SubmissionDocument } from './submission-document';
import { appendAudit, type AuditedCall } from '../audit/append-audit';
import { batchById } from '../batch/find-batches';
import { keepSpentAttempts, type LimitedBatch } from './spent-attempts';
import { type BindingDocument } from '../capture-code/binding/binding-document';
import { type ResolutionDocument } from '../capture-code/binding/resolution-document';
import { collection, command } from '../platform/database';
import { forgetPermission } from '../progress/reminder-permission';
import { type ReviewDocument } from '../review/review-document';
import { deleteWhatGoes, type FilesNotDeletedError } from '../platform/storage';
import { runTransaction } from '../platform/transaction';
import { type Call, secondsAfter } from '../requests/call';
import { WORKER_SECONDS } from '../requests/lease';
import { earlierOutcome, keepOutcome, type KnownRequest, knownRequest } from '../requests/once-per-request';
import { expectLateFiles } from '../upload/expect-late-files';
import { siblingFileId, type UploadTicketDocument } from '../upload/upload-ticket';
import { type StoredData, type StudentContract } from '../../miniprogram/shared/contract/student';
import { DomainError } from '../../miniprogram/shared/errors';
import { type FileId, type SubmissionId } from '../../miniprogram/shared/identity/ids';

/**
 * Deletes one submission with its pictures and lets go of the code, so that it can be bound again, by anybody.
 * Waits for no photo that is being judged: its worker finds itself fenced out, as by every decision, and deletes what it
 * stored. The same request again, because its answer was lost, is answered like the first time.
 * @throws DomainError NOT_FOUND, SUBMISSION_STATE for a confirmed one
 */
export async function deleteSubmission(
  call: Call,
  request: StudentContract['deleteSubmission']['request'],
): Promise<StoredData> {
  const known = knownRequest(call, 'deleteSubmission', request);
  if (await earlierOutcome(known)) return readStoredData(call);
  const submission = await markAsDeleting(call, request.submissionId);
  await removeSubmission(call, submission, await batchById(submission.batchId), known);
  return readStoredData(call);
}

/** From the mark on nothing else can happen to the submission, and every reader finds it gone. @returns it as marked */
async function markAsDeleting(call: Call, submissionId: SubmissionId): Promise<SubmissionDocument> {
  return runTransaction(async (scope) => {
    const submissions = scope.collection<SubmissionDocument>('submissions');
    const submission = await submissions.get(submissionId);
    if (submission?.openid !== call.openid) throw new DomainError('NOT_FOUND');
    if (!isDeletable(submission)) {
      throw new DomainError('SUBMISSION_STATE', { state: submission.state, event: 'delete' });
    }
    if (submission.deletingAt !== null) return submission;
    const mark = { deletingAt: call.now, underway: null, updatedAt: call.now };
    await submissions.update(submissionId, mark);
    return { ...submission, ...mark };
  });
}

/** How many photos a submission had, and how many files they had. */
export interface RemovedPhotos {
  readonly documents: number;
  readonly files: number;
}

/**
 * Removes a submission that is marked as being deleted, with everything that belongs to it. May be called again after
 * it was cut short, and by several at once: whoever comes after the end, and finds that the same student has bound and
 * photographed anew under the same id, removes nothing of that.
 * @param submission as it was marked
 * @returns its photos; null when somebody else came to the end first
 */
export async function removeSubmission(
  call: AuditedCall,
  submission: SubmissionDocument,
  batch: LimitedBatch,
  request: KnownRequest | null,
): Promise<RemovedPhotos | null> {
  const { _id: submissionId, openid, bindingId } = submission;
  const photos = await removePhotos(call, submission);
  if (photos === null) return null;
  await collection<ResolutionDocument>('resolutions').removeWhere({ openid, enrolmentKey: bindingId });
  return runTransaction(async (scope) => {
    const submissions = scope.collection<SubmissionDocument>('submissions');
    const current = await submissions.get(submissionId);
    // Removed by another copy of this request; what has that id now may be somebody's new beginning.
    if (current === null || !isSameDeletion(current, submission)) return null;
    const bindings = scope.collection<BindingDocument>('bindings');
    const binding = await bindings.get(bindingId);
    if (binding?.openid === openid) {
      const others = binding.submissionIds.filter((id) => id !== submissionId);
      if (others.length > 0) await bindings.update(bindingId, { submissionIds: others });
      else await bindings.remove(bindingId);
    }
    await submissions.remove(submissionId);
    await keepSpentAttempts(scope, submissionId, current.attempts, batch);
    await scope.collection<ReviewDocument>('reviews').remove(submissionId);
    // It may have been given on another 学籍; the first page then asks again.
    await forgetPermission(scope, openid);
    await appendAudit(scope, call, 'submission.delete', submissionId, current.schoolCode);
    await keepOutcome(scope, request, { kind: 'done', receipt: {} });
    return photos;
  });
}

function isSameDeletion(current: SubmissionDocument, marked: SubmissionDocument): boolean {
  return (
    current.openid === marked.openid &&
    current.deletingAt !== null &&
    current.deletingAt === marked.deletingAt
  );
}

/**
 * A photo that cannot be deleted now does not keep the others; it keeps the submission, so that it is found again.
 * @returns null when the submission is no longer what was marked
 */
async function removePhotos(call: AuditedCall, marked: SubmissionDocument): Promise<RemovedPhotos | null> {
  let failure: FilesNotDeletedError | null = null;
  let [documents, files] = [0, 0];
  for await (const page of collection<PhotoDocument>('photos').pages({ submissionId: marked._id })) {
    // Asked after the page was read: under the mark no photo is added, so that each of these was taken before it.
    const current = await collection<SubmissionDocument>('submissions').get(marked._id);
    if (current === null || !isSameDeletion(current, marked)) return null;
    failure = (await removeSome(call, page)) ?? failure;
    documents += page.length;
    files += page.flatMap(filesOf).length;
  }
  if (failure !== null) throw failure;
  return { documents, files };
}

/** Together, because each step is one request, and a graduate may take many photos. */
async function removeSome(
  { now }: AuditedCall,
  photos: readonly PhotoDocument[],
): Promise<FilesNotDeletedError | null> {
  // Whoever works on one may have been fenced out by any decision since, and stores all the same.
  const underway = photos.filter(({ status }) => status === 'underway');
  const late = underway.flatMap(({ intendedPaths }) => intendedPaths);
  await expectLateFiles(late, secondsAfter(now, WORKER_SECONDS.photo));
  const failure = await deleteWhatGoes(photos.flatMap(filesOf));
  const left = new Set(failure?.fileIds);
  const gone = photos.filter((photo) => !filesOf(photo).some((file) => left.has(file)));
  if (gone.length > 0) {
    const tickets = command().in(gone.map(({ uploadId }) => uploadId));
    await collection<UploadTicketDocument>('uploads').removeWhere({ _id: tickets });
    const ids = command().in(gone.map(({ _id }) => _id));
    await collection<PhotoDocument>('photos').removeWhere({ _id: ids });
  }
  return failure;
}

/** Every file that this photo has, or may have been about to get when a worker died. */
export function filesOf(photo: PhotoDocument): FileId[] {
  const intended = photo.intendedPaths.map((path) => siblingFileId(photo.originalFileId, path));
  return [...new Set([photo.originalFileId, ...intended])];
}
