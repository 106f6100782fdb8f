/**
 * The student's decisions: confirm the finished picture (final), take the submission back, start again.
 * Each is one transaction; two phones that decide at once end with one decision and one clear refusal. Refuses to go
 * back and forth without end.
 */
import { type AlongWith, changeSubmission } from './change-submission';
import { ownSubmission, ownSubmissionIn } from './own-submission';
import { lifeOf, type SubmissionDocument } from './submission-document';
import { viewOf } from './submission-view';
import { requireOpen } from '../batch/choose-batch';
import { batchById } from '../batch/find-batches';
import { requireFacePhotoConsent } from '../consent/require-consent';
import { type Call } from '../requests/call';
import { knownRequest, oncePerRequest } from '../requests/once-per-request';
import { countTowards, type RateLimit } from '../requests/rate-limit';
import { type StudentContract } from '../../miniprogram/shared/contract/student';
import { type SubmissionView } from '../../miniprogram/shared/contract/submission-view';
import { type PhotoId, type SubmissionId } from '../../miniprogram/shared/identity/ids';
import { applyEvent } from '../../miniprogram/shared/submission/submission-machine';

/** Who takes back and begins again fifteen times in ten minutes is a program, not a person. */
const DECISIONS: RateLimit = { purpose: 'decide', maximum: 30, windowSeconds: 600 };

/**
 * Says yes to one picture, for good.
 * @throws DomainError ALREADY_CONFIRMED, NOTHING_TO_CONFIRM, PHOTO_SUPERSEDED (another picture took its place),
 *   BATCH_CLOSED, CONSENT_REQUIRED, FACE_CONSENT_REQUIRED, NOT_FOUND, TOO_MANY_REQUESTS
 */
export async function confirmPhoto(
  call: Call,
  request: StudentContract['confirm']['request'],
): Promise<SubmissionView> {
  await requireFacePhotoConsent(call);
  const event = { name: 'confirm', photoId: request.photoId } as const;
  return decide(call, request, event, { onlyWhileOpen: true });
}

/**
 * Takes the submission back, while the machine allows it. Possible after the deadline too.
 * @throws DomainError SUBMISSION_STATE, NOT_FOUND, TOO_MANY_REQUESTS
 */
export async function withdrawSubmission(
  call: Call,
  request: StudentContract['withdraw']['request'],
): Promise<SubmissionView> {
  return decide(call, request, { name: 'withdraw' }, { onlyWhileOpen: false });
}

/**
 * Begins again after a withdrawal: with the finished picture, where there is one, so that taking it back costs nobody the
 * only photo. Attempts that were used stay used.
 * @throws DomainError SUBMISSION_STATE, BATCH_CLOSED, NOT_FOUND, TOO_MANY_REQUESTS
 */
export async function restartSubmission(
  call: Call,
  request: StudentContract['restart']['request'],
): Promise<SubmissionView> {
  return decide(call, request, { name: 'restart' }, { onlyWhileOpen: true });
}

/**
 * A decision ends the judging that may be underway: its worker finds itself fenced out and drops its result. Only the
 * yes to another photo settles what a reviewer asked for.
 */
const ALONG_WITH: Readonly<Record<StudentDecision['name'], (submission: SubmissionDocument) => AlongWith>> = {
  confirm: () => ({ underway: null, rejection: null }),
  withdraw: () => ({ underway: null }),
  restart: ({ developedPhotoId }) => ({ underway: null, latestPhotoId: developedPhotoId }),
};

type StudentDecision =
  { readonly name: 'confirm'; readonly photoId: PhotoId } | { readonly name: 'withdraw' | 'restart' };

async function decide(
  call: Call,
  request: { readonly submissionId: SubmissionId },
  event: StudentDecision,
  { onlyWhileOpen }: { readonly onlyWhileOpen: boolean },
): Promise<SubmissionView> {
  const { submissionId } = request;
  const batch = await batchById((await ownSubmission(call.openid, submissionId)).batchId);
  await oncePerRequest(knownRequest(call, event.name, request), async (scope) => {
    const submission = await ownSubmissionIn(scope, call.openid, submissionId);
    // What the state forbids anyway is refused for that reason: who confirmed in time need not read of deadlines.
    const possible = applyEvent(lifeOf(submission), event).ok;
    if (possible && onlyWhileOpen) requireOpen(batch, call.now);
    await changeSubmission(scope, call, submission, event, ALONG_WITH[event.name](submission));
    await countTowards(scope, DECISIONS, call);
    return { kind: 'done', receipt: {} };
  });
  return viewOf(await ownSubmission(call.openid, submissionId));
}
