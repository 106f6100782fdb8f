/** The reminder before the deadline, from WeChat's own window to the cloud's note of the yes. */
import { SubscriptionAnswer, askForMessage } from '../platform/subscription';
import { ReminderOffer } from '../shared/contract/student';
import { rememberReminder } from './overview-store';
import { Send } from './step-requests';
import { studentService } from './student-service';

/**
 * Asks, and keeps a yes. Call it in the tap itself, before anything else is waited for.
 * @throws Cancelled, AnswerRefused, PlatformError offline, unsupported, unexpected
 */
export async function allowReminder(
  { templateId, submissionId }: ReminderOffer,
  send: Send,
): Promise<SubscriptionAnswer> {
  const answer = await askForMessage(templateId);
  if (answer === 'accepted') {
    rememberReminder(await send(studentService.allowReminder, { submissionId }));
  }
  return answer;
}
