/** Messages to everybody of a group who allowed one: page by page, added up. */
import { Send } from '../../services/step-requests';
import { OperatorContract } from '../../shared/contract/operator';
import { StudentGroup } from '../../shared/contract/operator/progress';
import { operatorService } from '../services/staff-services';
import { ProgressState } from './to-view';

type Total = NonNullable<ProgressState['reminders']>;

/** @param show after each page; done again, the pages that were sent are answered as before and counted again */
export async function sendMessages(
  group: StudentGroup,
  show: (total: Total) => void,
  send: Send,
): Promise<void> {
  let total: Total = { sent: 0, notAllowed: 0, failed: 0 };
  let next: string | null = null;
  do {
    const cursor: string | null = next;
    const request = { ...group, ...(cursor !== null && { cursor }) };
    const answer: OperatorContract['sendReminders']['data'] = await send(
      operatorService.sendReminders,
      request,
    );
    total = {
      sent: total.sent + answer.sent,
      notAllowed: total.notAllowed + answer.notAllowed,
      failed: total.failed + answer.failed,
    };
    next = answer.next;
    show(total);
  } while (next !== null);
}
