/**
 * WeChat messages to students who are missing and allowed one. A permission serves once, so it is used up in a
 * transaction before the message goes out: two teachers who remind at the same moment send one message.
 *
 * A page of messages takes longer than a phone may wait, so the same request comes again while it is at work, or after
 * it was cut short. What became of each message is therefore remembered with the permission's end, one by one: each
 * copy of a request goes on where the other one is, and counts what the other one sent.
 */
import { missingPage, type MissingLine, type MissingRequest } from './list-missing';
import { type BatchDocument } from '../batch/batch-document';
import { type ReminderPermission, returnPermission, takePermission } from './reminder-permission';
import { reminderPlaces, reminderTemplateId } from './reminder-template';
import { sendSubscriptionMessage, type SubscriptionMessage } from '../platform/subscription-message';
import { appendAudit } from '../audit/append-audit';
import { readConsent } from '../consent/consent-event';
import { runTransaction } from '../platform/transaction';
import { type Call, secondsAfter } from '../requests/call';
import {
  earlierOutcomeIn,
  keepOutcome,
  type KnownRequest,
  knownRequest,
  oncePerRequest,
  receiptOf,
  reviseOutcome,
} from '../requests/once-per-request';
import { shanghaiMinute } from '../../miniprogram/shared/time/shanghai-time';
import { type ReminderOutcome } from '../../miniprogram/shared/contract/operator/progress';
import { DomainError } from '../../miniprogram/shared/errors';
import { type Instant } from '../../miniprogram/shared/identity/ids';
import { type Scope } from '../../miniprogram/shared/roles/scope';

/** Whoever taps the message goes on where they stopped: the first page knows. */
const PAGE = 'pages/home/home';
/**
 * WeChat takes no more characters for a `thing` (its table of the values of subscribeMessage.send, read 2026-11). The
 * table does not say what a character is; counted as a string's length, the cautious way, where one emoji is two.
 */
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
  await oncePerRequest(knownRequest(call, 'sendReminders', request), async (transaction) => {
    await appendAudit(transaction, call, 'reminders.send', batch._id, batch.schoolCode);
    return { kind: 'done', receipt: {} };
  });
  const counts: Record<MessageOutcome, number> = { sent: 0, notAllowed: 0, failed: 0 };
  for (const line of lines) counts[await remind(call, line, message)] += 1;
  return { ...counts, next };
}

type MessageOutcome = 'sent' | 'notAllowed' | 'failed';

/** A message as part of its request. The student's number goes into a digest and is not stored. */
const messageOf = (call: Call, { studentNumber }: MissingLine): KnownRequest | null =>
  knownRequest(call, `sendReminders.message ${studentNumber}`, {});

const ended = (outcome: MessageOutcome) => ({ kind: 'done', receipt: { outcome } }) as const;

async function remind(call: Call, line: MissingLine, message: SubscriptionMessage): Promise<MessageOutcome> {
  const { openid } = line;
  if (openid === null) return 'notAllowed';
  const known = messageOf(call, line);
  const taken = await takeTurn(known, openid);
  if (typeof taken === 'string') return taken;
  const answer = await sendSubscriptionMessage(openid, message);
  if (answer === 'sent') return 'sent';
  // Where WeChat knows of no yes there is nothing to give back, nor to somebody who took the consent back meanwhile.
  const givesBack = answer === 'failed' && (await readConsent(openid)).givenAt !== null;
  const outcome = answer === 'failed' ? 'failed' : 'notAllowed';
  await runTransaction(async (scope) => {
    if (givesBack) await returnPermission(scope, taken);
    await reviseOutcome(scope, known, ended(outcome));
  });
  return outcome;
}

/** The permission to send, or what became of the message: nobody allowed it, or another copy of the request sends it. */
async function takeTurn(
  known: KnownRequest | null,
  openid: string,
): Promise<ReminderPermission | MessageOutcome> {
  return runTransaction(async (scope) => {
    const earlier = await earlierOutcomeIn<{ outcome: MessageOutcome }>(scope, known);
    if (earlier) return receiptOf(earlier).outcome;
    const permission = await takePermission(scope, openid);
    if (permission === null) return 'notAllowed';
    // What is expected: a copy that comes before WeChat answered counts it so.
    await keepOutcome(scope, known, ended('sent'));
    return permission;
  });
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
      [places.title]: { value: beginningOf(title) },
      [places.deadline]: { value: inChinese(lastMinute(closesAt)) },
    },
  };
}

/** As many whole characters as fit. */
function beginningOf(title: string): string {
  let beginning = '';
  for (const character of title) {
    if (beginning.length + character.length > TITLE_CHARACTERS) break;
    beginning += character;
  }
  return beginning;
}

/** A deadline at midnight is the last minute of the day before: `0:00` reads like one day more. */
function lastMinute(closesAt: Instant): Instant {
  return shanghaiMinute(closesAt).endsWith(' 00:00') ? secondsAfter(closesAt, -60) : closesAt;
}

/**
 * A minute in Shanghai as WeChat's table writes it for a `time` and for a `date` alike: `2019年10月1日 15:01` (read
 * 2026-11). Others are refused as invalid (47003), says its community.
 */
function inChinese(moment: Instant): string {
  const [date = '', minute = ''] = shanghaiMinute(moment).split(' ');
  const [year = '', month = '', day = ''] = date.split('-');
  return `${year}年${Number(month)}月${Number(day)}日 ${minute}`;
}
