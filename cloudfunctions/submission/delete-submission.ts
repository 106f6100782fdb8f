/**
 * What is stored about a person, and its deletion on request: files first, then the documents that led to them, the
 * submission last, so that a deletion that was cut short is found and finished by asking again.
 * Refuses confirmed photos: they are the school's as well, and are withdrawn while that is possible.
 */
import { ownSubmissions } from './own-submission';
import { type PhotoDocument } from './photo-document';
import { isDeletable, type SubmissionDocument } from './submission-document';
import { appendAudit } from '../audit/append-audit';
import { type BindingDocument } from '../capture-code/binding/binding-document';
import { type ConsentEvent } from '../consent/consent-event';
import { collection } from '../platform/database';
import { runTransaction } from '../platform/transaction';
import { deleteFiles } from '../platform/storage';
import { type Call, secondsUntil } from '../requests/call';
import { earlierOutcome, keepOutcome, knownRequest } from '../requests/once-per-request';
import { siblingFileId, type UploadTicketDocument } from '../upload/upload-ticket';
import { type StoredData, type StudentContract } from '../../miniprogram/shared/contract/student';
import { DomainError } from '../../miniprogram/shared/errors';
import { type FileId, type SubmissionId } from '../../miniprogram/shared/identity/ids';

export async function readStoredData(call: Call): Promise<StoredData> {
  const [consents, submissions] = await Promise.all([
    collection<ConsentEvent>('consents').count({ openid: call.openid }),
    ownSubmissions(call.openid),
  ]);
  return {
    consents,
    submissions: await Promise.all(
      submissions.map(async (submission) => ({
        id: submission._id,
        photos: await collection<PhotoDocument>('photos').count({ submissionId: submission._id }),
        deletable: isDeletable(submission),
      })),
    ),
  };
}

/**
 * Deletes one submission with its pictures and lets go of the code, so that it can be bound again, by anybody.
 * The same request again, because its answer was lost, is answered like the first time.
 * @throws DomainError NOT_FOUND, SUBMISSION_STATE for a confirmed one, CONFLICT {retryAfterSeconds} while a photo of
 *   it is being judged: its worker may be about to store a picture
 */
export async function deleteSubmission(
  call: Call,
  request: StudentContract['deleteSubmission']['request'],
): Promise<StoredData> {
  const { submissionId } = request;
  const known = knownRequest(call, 'deleteSubmission', request);
  if (await earlierOutcome(known)) return readStoredData(call);
  const submission = await markAsDeleting(call, submissionId);
  await deletePhotos(submissionId);
  await runTransaction(async (scope) => {
    const bindings = scope.collection<BindingDocument>('bindings');
    const binding = await bindings.get(submission.bindingId);
    const others = binding?.submissionIds.filter((id) => id !== submissionId) ?? [];
    if (binding && others.length > 0) await bindings.update(binding._id, { submissionIds: others });
    else if (binding) await bindings.remove(binding._id);
    await scope.collection<SubmissionDocument>('submissions').remove(submissionId);
    await appendAudit(scope, call, 'submission.delete', submissionId);
    await keepOutcome(scope, known, { kind: 'done', receipt: {} });
  });
  return readStoredData(call);
}

/** From the mark on nothing else can happen to the submission, and every reader finds it gone. */
async function markAsDeleting(call: Call, submissionId: SubmissionId): Promise<SubmissionDocument> {
  return runTransaction(async (scope) => {
    const submissions = scope.collection<SubmissionDocument>('submissions');
    const submission = await submissions.get(submissionId);
    if (submission?.openid !== call.openid) throw new DomainError('NOT_FOUND');
    if (!isDeletable(submission)) {
      throw new DomainError('SUBMISSION_STATE', { state: submission.state, event: 'delete' });
    }
    const { underway } = submission;
    if (underway && underway.until > call.now) {
      throw new DomainError('CONFLICT', { retryAfterSeconds: secondsUntil(underway.until, call.now) });
    }
    if (submission.deletingAt === null) {
      await submissions.update(submissionId, { deletingAt: call.now, underway: null, updatedAt: call.now });
    }
    return submission;
  });
}

async function deletePhotos(submissionId: SubmissionId): Promise<void> {
  const photos = collection<PhotoDocument>('photos');
  for await (const page of photos.pages({ submissionId })) {
    for (const photo of page) {
      await deleteFiles(filesOf(photo));
      await collection<UploadTicketDocument>('uploads').remove(photo.uploadId);
      await photos.remove(photo._id);
    }
  }
}

/** Every file that this photo has, or may have been about to get when a worker died. */
export function filesOf(photo: PhotoDocument): FileId[] {
  return [
    photo.originalFileId,
    ...photo.intendedPaths.map((path) => siblingFileId(photo.originalFileId, path)),
  ];
}
