/**
 * Opens one page of the staff without WeChat, signed in and on its batch, and keeps what it copies. One page at a time:
 * `closeStaffPage` after each test.
 */
import { type CloudAnswers, type PageInTest, openPage } from './open-page';
import { succeeding } from '../../support/fake-wx';
import { aMe, anOperatorBatch, BATCH_ID } from '../../support/staff-view-builder';

export interface StaffPage extends PageInTest {
  /** What went to the clipboard, in order. */
  readonly copied: readonly string[];
  /** What was asked of one action, as function.action. */
  readonly called: (action: string) => unknown[];
}

const opened: PageInTest[] = [];

export async function openStaffPage(
  name: string,
  answers: CloudAnswers,
  wx: Record<string, unknown> = {},
  query: Record<string, string> = {},
): Promise<StaffPage> {
  const copied: string[] = [];
  const setClipboardData = ({ data, success }: { data: string; success: () => void }) => {
    copied.push(data);
    success();
  };
  const page = await openPage(name, {
    folder: 'operator',
    answers: { 'operator.me': aMe('operator'), 'operator.batch': anOperatorBatch(), ...answers },
    query: { batch: BATCH_ID, ...query },
    wx: { setClipboardData, showToast: succeeding(), ...wx },
  });
  opened.push(page);
  const called = (action: string) =>
    page.calls.filter((call) => call.action === action).map((call) => call.payload);
  return { ...page, copied, called };
}

export function closeStaffPage(): void {
  for (const page of opened.splice(0)) page.close();
}
