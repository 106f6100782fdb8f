/** The student's reading use cases: where the first page starts, and one submission. They change nothing. */
import { ownSubmission, ownSubmissions } from './own-submission';
import { viewOf, viewsOf } from './submission-view';
import { toPublicBatch } from '../batch/batch-document';
import { currentBatches } from '../batch/find-batches';
import { consentToShow } from '../consent/consent-event';
import { reminderOffer } from '../progress/allow-reminder';
import { type Call } from '../requests/call';
import { type Overview, type StudentContract } from '../../miniprogram/shared/contract/student';
import { type SubmissionView } from '../../miniprogram/shared/contract/submission-view';

export async function readOverview(call: Call): Promise<Overview> {
  const own = ownSubmissions(call.openid);
  const [consent, submissions, reminder, batches] = await Promise.all([
    consentToShow(call.openid),
    own.then(viewsOf),
    own.then((some) => reminderOffer(call, some)),
    currentBatches(call),
  ]);
  return {
    consent,
    submissions,
    batches: batches.map(toPublicBatch),
    now: call.now,
    ...(reminder && { reminder }),
  };
}

/** @throws DomainError NOT_FOUND */
export async function readSubmission(
  call: Call,
  { submissionId }: StudentContract['submission']['request'],
): Promise<SubmissionView> {
  return viewOf(await ownSubmission(call.openid, submissionId));
}
