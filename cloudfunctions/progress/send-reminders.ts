/**
 * WeChat messages to students who are missing and allowed one. A permission serves once, so it is used up in a
 * transaction before the message goes out: two teachers who remind at the same moment send one message.
 */
import { missingPage, type MissingRequest } from './list-missing';
import { type BatchDocument } from '../batch/batch-document';
import { returnPermission, takePermission } from './reminder-permission';
import { reminderPlaces, reminderTemplateId } from './reminder-template';
import { sendSubscriptionMessage, type SubscriptionMessage } from '../platform/subscription-message';
import { appendAudit } from '../audit/append-audit';
import { readConsent } from '../consent/consent-event';
import { runTransaction } from '../platform/transaction';
import { type Call, secondsAfter } from '../requests/call';
import { shanghaiMinute } from '../../miniprogram/shared/batch/shanghai-time';
import { type ReminderOutcome } from '../../miniprogram/shared/contract/operator/progress';
import { DomainError } from '../../miniprogram/shared/errors';
import { type Instant } from '../../miniprogram/shared/identity/ids';
import { type Scope } from '../../miniprogram/shared/roles/scope';

/** Whoever taps the message goes on where they stopped: the first page knows. */
const PAGE = 'pages/home/home';
/** WeChat takes no more characters for a `thing`. */
const TITLE_CHARACTERS = 20;

/** @throws DomainError REMINDERS_NOT_CONFIGURED, NOT_FOUND for a station out of reach; SettingError */
export async function sendReminders(
  call: Call,
  scope: Scope,
  batch: BatchDocument,
  request: MissingRequest,
): Promise<ReminderOutcome> {
  const message = messageAbout(batch);
  const { lines, next } = await missingPage(scope, batch, request);
  const outcome = { sent: 0, notAllowed: 0, failed: 0 };
  for (const { openid } of lines) {
    outcome[openid === null ? 'notAllowed' : await remind(openid, message)] += 1;
  }
  await runTransaction((transaction) =>
    appendAudit(transaction, call, 'reminders.send', batch._id, batch.schoolCode),
  );
  return { ...outcome, next };
}

async function remind(
  openid: string,
  message: SubscriptionMessage,
): Promise<'sent' | 'notAllowed' | 'failed'> {
  const permission = await takePermission(openid);
  if (permission === null) return 'notAllowed';
  const outcome = await sendSubscriptionMessage(openid, message);
  // Where WeChat knows of no yes there is nothing to give back, nor to somebody who took the consent back meanwhile.
  if (outcome === 'failed' && (await readConsent(openid)).givenAt !== null)
    await returnPermission(permission);
  return outcome === 'not-allowed' ? 'notAllowed' : outcome;
}

/** Data, not sentences: the batch's own title and its deadline, in the template's two places. */
function messageAbout({ title, closesAt }: BatchDocument): SubscriptionMessage {
  const templateId = reminderTemplateId();
  if (templateId === null) throw new DomainError('REMINDERS_NOT_CONFIGURED');
  const places = reminderPlaces();
  return {
    templateId,
    page: PAGE,
    data: {
      [places.title]: { value: Array.from(title).slice(0, TITLE_CHARACTERS).join('') },
      [places.deadline]: { value: lastMinute(closesAt) },
    },
  };
}

/** A deadline at midnight is the last minute of the day before: `0:00` reads like one day more. */
function lastMinute(closesAt: Instant): string {
  const minute = shanghaiMinute(closesAt);
  return minute.endsWith(' 00:00') ? shanghaiMinute(secondsAfter(closesAt, -60)) : minute;
}
