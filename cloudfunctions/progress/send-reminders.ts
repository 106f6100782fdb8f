/**
 * WeChat messages to students who are missing and allowed one. A permission serves once, so it is used up in a
 * transaction before the message goes out: two teachers who remind at the same moment send one message.
 */
import { missingPage, type MissingRequest } from './list-missing';
import { type BatchDocument } from '../batch/batch-document';
import { returnPermission, usePermission } from './reminder-permission';
import { sendSubscriptionMessage } from '../platform/subscription-message';
import { appendAudit } from '../audit/append-audit';
import { runTransaction } from '../platform/transaction';
import { type Call } from '../requests/call';
import { type ReminderOutcome } from '../../miniprogram/shared/contract/operator/progress';
import { DomainError } from '../../miniprogram/shared/errors';
import { type Scope } from '../../miniprogram/shared/roles/scope';

/** REMINDER_TEMPLATE_ID: the template that the deployment chose in WeChat's console (thing1: title, time2: deadline). */
function templateId(): string {
  const id = process.env.REMINDER_TEMPLATE_ID ?? '';
  if (id === '') throw new DomainError('REMINDERS_NOT_CONFIGURED');
  return id;
}

/** @throws DomainError REMINDERS_NOT_CONFIGURED, NOT_FOUND for a station out of reach */
export async function sendReminders(
  call: Call,
  scope: Scope,
  batch: BatchDocument,
  request: MissingRequest,
): Promise<ReminderOutcome> {
  const template = templateId();
  const { lines, next } = await missingPage(scope, batch, request);
  const outcome = { sent: 0, notAllowed: 0, failed: 0 };
  for (const { openid } of lines) {
    if (openid === null || !(await usePermission(openid))) outcome.notAllowed += 1;
    else if (await sendSubscriptionMessage(openid, template, wordsOf(batch))) outcome.sent += 1;
    else {
      await returnPermission(openid);
      outcome.failed += 1;
    }
  }
  await runTransaction((transaction) =>
    appendAudit(transaction, call, 'reminders.send', batch._id, batch.schoolCode),
  );
  return { ...outcome, next };
}

/** Data, not sentences: the batch's own title and its deadline, in the template's two places. */
function wordsOf({ title, closesAt }: BatchDocument): Readonly<Record<string, { value: string }>> {
  // WeChat takes at most 20 characters for a `thing`, and times without a zone, read in Asia/Shanghai.
  const shanghai = new Date(Date.parse(closesAt) + 8 * 3_600_000).toISOString();
  return {
    thing1: { value: Array.from(title).slice(0, 20).join('') },
    time2: { value: `${shanghai.slice(0, 10)} ${shanghai.slice(11, 16)}` },
  };
}
