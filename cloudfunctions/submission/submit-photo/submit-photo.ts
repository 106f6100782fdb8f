/**
 * Judges one uploaded original and, where nothing blocks it, develops the official picture:
 *
 *   1 begin    one transaction: own submission, own unused upload, open batch, attempts left; takes the working place
 *   2 fetch    the original from storage, bounded
 *   3 develop  the photo engine
 *   4 store    the original's copy and the finished picture under the paths that were written down in step 1
 *   5 finish   one transaction: photo, verdict and state together, if this worker is still awaited
 *
 * A crash at any point loses no attempt and leaves no file that no document knows of; the same upload can be sent
 * again. Refuses pictures inside calls, file ids without a ticket, and results for submissions that moved on.
 */
import { beginPhoto, type Beginning } from './begin-photo';
import {
  type BegunPhoto,
  type Blame,
  blameIfKilled,
  finishPhoto,
  type PhotoResult,
  releasePhoto,
} from './finish-photo';
import { batchById } from '../../batch/find-batches';
import { requireFacePhotoConsent } from '../../consent/require-consent';
import { PHOTO_LIMITS } from '../../photo-engine/decode/decode-photo';
import { type DevelopOutcome } from '../../photo-engine/develop-outcome';
import { type PhotoEngine } from '../../photo-engine/photo-engine';
import { collection } from '../../platform/database';
import { runTransaction } from '../../platform/transaction';
import { deleteFiles, uploadBytes } from '../../platform/storage';
import { type Call } from '../../requests/call';
import { earlierOutcome, knownRequest, receiptOf } from '../../requests/once-per-request';
import { fetchUploaded } from '../../upload/read-upload';
import { siblingFileId } from '../../upload/upload-ticket';
import { linkTo } from '../download-link';
import { ownSubmission } from '../own-submission';
import { isJudged, type PhotoDocument, toPhotoView } from '../photo-document';
import { type SubmissionDocument } from '../submission-document';
import { viewOf } from '../submission-view';
import { type Batch } from '../../../miniprogram/shared/batch/batch';
import {
  type CheckSettings,
  DEFAULT_CHECK_SETTINGS,
  rulesFor,
} from '../../../miniprogram/shared/batch/check-settings';
import { type SubmitPhotoAnswer, type SubmitPhotoRequest } from '../../../miniprogram/shared/contract/photo';
import { DomainError, isDomainError } from '../../../miniprogram/shared/errors';
import { type PhotoId } from '../../../miniprogram/shared/identity/ids';
import { photoStandardFor } from '../../../miniprogram/shared/photo-standard/photo-standard';

/**
 * @throws DomainError CONSENT_REQUIRED, FACE_CONSENT_REQUIRED, everything that `beginPhoto` refuses, IMAGE_* for files
 *   that are no usable picture, RESULT_OUT_OF_STANDARD, REQUEST_REPLAYED
 */
export async function submitPhoto(
  call: Call,
  request: SubmitPhotoRequest,
  engine: Pick<PhotoEngine, 'develop'>,
): Promise<SubmitPhotoAnswer> {
  const known = knownRequest(call, 'submit', request);
  const earlier = await earlierOutcome<{ photoId: string }>(known);
  if (earlier) return answerFor(call, await storedPhoto(receiptOf(earlier).photoId as PhotoId));

  await requireFacePhotoConsent(call);
  const submission = await ownSubmission(call.openid, request.submissionId);
  const batch = await batchById(submission.batchId);
  const settings = settingsInForce(batch, submission);
  const beginning = await runTransaction((scope) => beginPhoto(scope, call, request, { batch, settings }));
  if (beginning.kind === 'finished') return answerFor(call, beginning.photo);

  const result = await workOn(beginning, batch, engine);
  const photo = await orGiveBack(beginning, 'service', () => finishPhoto(call, known, beginning, result));
  if (photo === null) return answerForFencedOut(call, beginning, result);
  if (photo.status === 'refused' && photo.code !== 'RESULT_OUT_OF_STANDARD') {
    // No picture, so no evidence: nothing is kept of it. What cannot be deleted now is left to the housekeeping.
    await deleteFiles([photo.originalFileId]).catch(() => undefined);
  }
  // Judged: the copy counts, and the phone's own file is of no use any more.
  const cleared = isJudged(photo) ? deleteFiles([request.fileId]).catch(() => undefined) : undefined;
  const answer = await answerFor(call, photo);
  await cleared;
  return answer;
}

/** What the batch set, and what a reviewer lets pass with a warning for this student. */
function settingsInForce(batch: Batch, { overrides }: SubmissionDocument): CheckSettings {
  const settings = batch.checkSettings ?? DEFAULT_CHECK_SETTINGS;
  const onlyWarn = [...settings.onlyWarn, ...overrides.map(({ check }) => check)];
  return { ...settings, onlyWarn: [...new Set(onlyWarn)] };
}

type BegunWork = Extract<Beginning, { kind: 'begun' }>;

/** Steps 2 to 4. */
async function workOn(
  begun: BegunWork,
  batch: Batch,
  engine: Pick<PhotoEngine, 'develop'>,
): Promise<PhotoResult> {
  const { originalFileId, checkSettings } = begun.photo;
  const options = { standard: photoStandardFor(batch.photoSettings), rules: rulesFor(checkSettings) };
  try {
    const original = await orGiveBack(begun, 'service', async () => {
      const bytes = await fetchUploaded(originalFileId, PHOTO_LIMITS.maximumBytes);
      await blameIfKilled(begun, 'picture');
      return bytes;
    });
    const outcome = await orGiveBack(begun, 'picture', () => engine.develop(original, options));
    const [result] = await orGiveBack(begun, 'service', () =>
      Promise.all([store(begun, original, outcome), blameIfKilled(begun, 'service')]),
    );
    return result;
  } catch (error) {
    if (isDomainError(error) && isAboutThePicture(error)) {
      return { kind: 'refused', code: error.code, details: error.details };
    }
    throw error;
  }
}

/** A phone can overwrite what it uploaded; what was judged is kept where it cannot. */
async function store(
  { evidencePath, standardPath }: BegunWork,
  original: Uint8Array,
  outcome: DevelopOutcome,
): Promise<PhotoResult> {
  if (outcome.kind === 'blocked') {
    return { kind: 'blocked', outcome, evidenceFileId: await uploadBytes(evidencePath, original) };
  }
  const [evidenceFileId, standardFileId] = await Promise.all([
    uploadBytes(evidencePath, original),
    uploadBytes(standardPath, outcome.jpeg),
  ]);
  return { kind: 'developed', outcome, evidenceFileId, standardFileId };
}

/** One step; a failure that says nothing about the picture gives the working place back and is thrown on. */
async function orGiveBack<Result>(
  begun: BegunWork,
  blame: Blame,
  step: () => Promise<Result>,
): Promise<Result> {
  try {
    return await step();
  } catch (error) {
    if (!isDomainError(error) || !isAboutThePicture(error)) {
      await releasePhoto(begun, isNotUploaded(error) ? 'picture' : blame).catch(() => undefined);
    }
    throw error;
  }
}

/** No outage: whoever sends this again and again is given up like anybody else. */
function isNotUploaded(error: unknown): boolean {
  return isDomainError(error) && error.code === 'UPLOAD_MISSING';
}

/** An upload that has not arrived may still arrive; everything else that is refused here stays refused. */
function isAboutThePicture(error: DomainError): boolean {
  return error.code.startsWith('IMAGE_') || error.code === 'RESULT_OUT_OF_STANDARD';
}

async function storedPhoto(id: PhotoId): Promise<PhotoDocument> {
  const photo = await collection<PhotoDocument>('photos').get(id);
  if (photo === null) throw new DomainError('NOT_FOUND');
  return photo;
}

/** The answer that a recorded photo gets, the first time and whenever it is asked for again. */
async function answerFor(call: Call, photo: PhotoDocument): Promise<SubmitPhotoAnswer> {
  if (photo.status === 'refused') throw new DomainError(photo.code, photo.details);
  if (!isJudged(photo)) throw new DomainError('CONFLICT');
  const [submission, originalLink, standardLink] = await Promise.all([
    ownSubmission(call.openid, photo.submissionId).then(viewOf),
    linkTo(photo.originalFileId, call),
    photo.status === 'developed' ? linkTo(photo.standardFileId, call) : null,
  ]);
  return { photo: toPhotoView(photo), submission, originalLink, standardLink };
}

/** This worker's result is dropped; what the submission became without it decides the answer. */
async function answerForFencedOut(
  call: Call,
  { photo, standardPath, evidencePath }: BegunWork & BegunPhoto,
  result: PhotoResult,
): Promise<SubmitPhotoAnswer> {
  if (result.kind !== 'refused') {
    // Known to the photo, or to the tickets that its deletion left: if this fails, the housekeeping removes them.
    const written = result.kind === 'developed' ? [standardPath, evidencePath] : [evidencePath];
    await deleteFiles(written.map((path) => siblingFileId(photo.originalFileId, path))).catch(
      () => undefined,
    );
  }
  const recorded = await storedPhoto(photo._id);
  if (recorded.status !== 'underway') return answerFor(call, recorded);
  const submission = await ownSubmission(call.openid, photo.submissionId);
  throw new DomainError('SUBMISSION_STATE', { state: submission.state, event: 'photo-developed' });
}
