/**
 * The student's side of reminders: what the first page may offer, and the yes that WeChat was given. Only where a
 * reminder would arrive: the submission is unfinished, its batch is open, and the staff's reminder walks over it.
 * Refuses to believe the phone about WeChat's answer any further than this: WeChat itself turns a message down that
 * nobody allowed.
 */
import { isReminderAllowed, keepPermission } from './reminder-permission';
import { reminderTemplateId } from './reminder-template';
import { type BatchDocument } from '../batch/batch-document';
import { requireOpen } from '../batch/choose-batch';
import { readConsent } from '../consent/consent-event';
import { requireConsent } from '../consent/require-consent';
import { collection } from '../platform/database';
import { type Call, secondsAfter } from '../requests/call';
import { knownRequest, oncePerRequest } from '../requests/once-per-request';
import { countTowards, type RateLimit } from '../requests/rate-limit';
import { ownSubmission, ownSubmissionIn } from '../submission/own-submission';
import { type SubmissionDocument } from '../submission/submission-document';
import { windowOf } from '../../miniprogram/shared/batch/batch';
import { type ReminderOffer, type StudentContract } from '../../miniprogram/shared/contract/student';
import { DomainError } from '../../miniprogram/shared/errors';
import { UNFINISHED_STATES } from '../../miniprogram/shared/submission/submission-machine';

/** One is needed for each message; ten an hour is a program, not a person. */
const ALLOW_LIMIT: RateLimit = { purpose: 'allow-reminder', maximum: 10, windowSeconds: 3600 };
/** Deadlines are extended; afterwards a permission reminds of nothing. */
const KEPT_AFTER_DEADLINE_SECONDS = 30 * 24 * 3600;

/** What the first page may offer; null: no template, no agreement, or nothing left to be reminded of. */
export async function reminderOffer(
  call: Call,
  submissions: readonly SubmissionDocument[],
): Promise<ReminderOffer | null> {
  const templateId = reminderTemplateId();
  const unfinished = submissions.filter(({ state }) => UNFINISHED_STATES.includes(state));
  if (templateId === null || unfinished.length === 0) return null;
  const [{ givenAt }, allowed, batches] = await Promise.all([
    readConsent(call.openid),
    isReminderAllowed(call.openid),
    collection<BatchDocument>('batches').byIds(unfinished.map(({ batchId }) => batchId)),
  ]);
  // Of several the one whose deadline comes first.
  const [first] = unfinished
    .map((submission) => ({ submission, batch: batches.get(submission.batchId) }))
    .filter(({ submission, batch }) => batch && isRemindable(submission, batch, call))
    .sort((one, other) => one.batch!.closesAt.localeCompare(other.batch!.closesAt));
  if (givenAt === null || first === undefined) return null;
  return { templateId, submissionId: first.submission._id, allowed };
}

/**
 * Notes that the person allowed one message.
 * @throws DomainError CONSENT_REQUIRED, NOT_FOUND (also where no messages are sent), SUBMISSION_STATE, NOT_ON_ROSTER,
 *   BATCH_NOT_OPEN, BATCH_CLOSED, TOO_MANY_REQUESTS
 */
export async function allowReminder(
  call: Call,
  request: StudentContract['allowReminder']['request'],
): Promise<ReminderOffer> {
  const { submissionId } = request;
  const templateId = reminderTemplateId();
  if (templateId === null) throw new DomainError('NOT_FOUND');
  await requireConsent(call);
  const { batchId } = await ownSubmission(call.openid, submissionId);
  const batch = await collection<BatchDocument>('batches').get(batchId);
  if (batch === null) throw new Error('a batch that submissions point to is missing');
  await oncePerRequest(knownRequest(call, 'allowReminder', request), async (scope) => {
    await countTowards(scope, ALLOW_LIMIT, call);
    requireRemindable(await ownSubmissionIn(scope, call.openid, submissionId), batch, call);
    await keepPermission(scope, call.openid, secondsAfter(batch.closesAt, KEPT_AFTER_DEADLINE_SECONDS));
    return { kind: 'done', receipt: {} };
  });
  return { templateId, submissionId, allowed: await isReminderAllowed(call.openid) };
}

/** The staff's reminder walks over the list where there is one, and over the bound where there is none. */
const isWalkedOver = (submission: SubmissionDocument, batch: BatchDocument): boolean =>
  !batch.roster || submission.listed;

function isRemindable(submission: SubmissionDocument, batch: BatchDocument, { now }: Call): boolean {
  return isWalkedOver(submission, batch) && windowOf(batch, now) === 'open';
}

function requireRemindable(submission: SubmissionDocument, batch: BatchDocument, { now }: Call): void {
  const { state } = submission;
  if (!UNFINISHED_STATES.includes(state)) {
    throw new DomainError('SUBMISSION_STATE', { state, event: 'remind' });
  }
  requireOpen(batch, now);
  if (!isWalkedOver(submission, batch)) {
    throw new DomainError('NOT_ON_ROSTER', { telephone: batch.telephone });
  }
}
