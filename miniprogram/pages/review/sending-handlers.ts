/** What the review page does about a photo on its way: send it, show how far it is, and give it up only when asked to. */
import { ask } from '../../platform/feedback';
import { linksOf } from '../../services/photo-links';
import { portraitUploads } from '../../services/portrait-upload/phone-uploads';
import { UploadOutcome } from '../../services/portrait-upload/portrait-uploads';
import { serverNow } from '../../services/server-clock';
import { SubmissionView } from '../../shared/contract/submission-view';
import { SubmissionId } from '../../shared/identity/ids';
import { PageFrame } from '../define-page';
import { DISCARD_QUESTION, ReviewState } from './to-view';

interface ReviewPage extends PageFrame<ReviewState> {
  load(): Promise<void>;
  show(submission: SubmissionView): void;
  /** The deadline has passed, perhaps since the buttons appeared. */
  isTooLate(): boolean;
  onRetake(): void;
}

export async function send(this: ReviewPage, id: SubmissionId): Promise<void> {
  const path = portraitUploads.waiting(id)?.path ?? '';
  const running = portraitUploads.send(id, (progress) => {
    // The deadline may pass while it waits.
    this.update({ sending: { path, progress }, failure: null, now: serverNow() });
  });
  this.update({ running });
  const outcome = await running.outcome;
  this.update({ running: null });
  await settle(this, outcome);
}

export function onResend(this: ReviewPage): void {
  this.state.running?.retryNow();
}

async function settle(page: ReviewPage, outcome: UploadOutcome): Promise<void> {
  if (outcome.kind === 'stopped') return;
  // Where another one was confirmed meanwhile, the page that `load` leads to says what became of this one.
  page.update({ sending: null, now: serverNow(), unused: outcome.kind === 'over' });
  if (outcome.kind !== 'judged') {
    await page.load();
    if (outcome.kind === 'over') page.update({ failure: outcome.failure });
    return;
  }
  page.update({ showing: 'latest', links: linksOf(outcome.answer) });
  page.show(outcome.answer.submission);
}

/** Not after the deadline: this photo is still good if that is put off, and no other one can be taken. */
export async function onDiscard(this: ReviewPage): Promise<void> {
  const { submissionId, running } = this.state;
  if (submissionId === null || running === null) return;
  if (this.isTooLate() || !(await ask(DISCARD_QUESTION))) return;
  // While the question stood open the photo may have arrived: then there is a result to look at.
  if (this.closed || this.state.running !== running) return;
  running.stop();
  await portraitUploads.discard(submissionId);
  this.onRetake();
}
