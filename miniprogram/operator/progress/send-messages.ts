/** Messages to everybody of a group who allowed one: page by page, added up. */
import { newRequestKey } from '../../services/request-key';
import { StudentGroup } from '../../shared/contract/operator/progress';
import { operatorService } from '../services/staff-services';
import { ProgressState } from './to-view';

type Total = NonNullable<ProgressState['reminders']>;

/** @param show after each page */
export async function sendMessages(group: StudentGroup, show: (total: Total) => void): Promise<void> {
  let total: Total = { sent: 0, notAllowed: 0, failed: 0 };
  let next: string | null = null;
  do {
    const cursor: string | null = next;
    const request = { ...group, ...(cursor !== null && { cursor }) };
    const answer = await operatorService.sendReminders(request, newRequestKey());
    total = {
      sent: total.sent + answer.sent,
      notAllowed: total.notAllowed + answer.notAllowed,
      failed: total.failed + answer.failed,
    };
    next = answer.next;
    show(total);
  } while (next !== null);
}
