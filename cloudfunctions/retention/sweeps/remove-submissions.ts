/**
 * Removes submissions of a batch that are due by a rule, with their photos, files, bindings and reviews. The rule is
 * asked twice: of what was found, and again of submission and batch as they are in the transaction that marks it, so
 * that a photo sent back or a deadline extended during the run still counts.
 */
import { attemptEach, type SweepContext } from '../sweep';
import { type Work } from '../take-turns';
import { type BatchDocument } from '../../batch/batch-document';
import { collection, command } from '../../platform/database';
import { runTransaction } from '../../platform/transaction';
import { isHeld } from '../../requests/lease';
import { filesOf, type RemovedPhotos, removeSubmission } from '../../submission/delete-submission';
import { type PhotoDocument } from '../../submission/photo-document';
import { type SubmissionDocument } from '../../submission/submission-document';
import { type RetentionKind } from '../../../miniprogram/shared/contract/housekeeping';
import { type SubmissionState } from '../../../miniprogram/shared/submission/submission-machine';

export interface DueRule {
  readonly kind: RetentionKind;
  readonly states: readonly SubmissionState[];
  /** Whether the time of a submission in one of these states is over. */
  readonly isDue: (submission: SubmissionDocument, batch: BatchDocument) => boolean;
}

const PAGE = 100;

export async function* sweepSubmissions(context: SweepContext, batch: BatchDocument, rule: DueRule): Work {
  let last = '';
  for (;;) {
    const page: readonly SubmissionDocument[] = await collection<SubmissionDocument>('submissions').find(
      {
        batchId: batch._id,
        schoolCode: batch.schoolCode,
        studentNumber: command().gt(last),
        state: command().in([...rule.states]),
      },
      { limit: PAGE, sort: [['studentNumber', 'asc']] },
    );
    const due = page.filter((submission) => mayGo(submission, batch, rule, context));
    yield* attemptEach(context, due, (submission) => sweepOne(context, batch, submission, rule));
    if (page.length < PAGE) return;
    last = page.at(-1)!.studentNumber;
  }
}

/** A deletion that was begun is brought to its end; otherwise the rule says so, and a photo is judged to its end first. */
function mayGo(
  submission: SubmissionDocument,
  batch: BatchDocument,
  { states, isDue }: DueRule,
  { call }: SweepContext,
): boolean {
  const { deletingAt, state, underway } = submission;
  if (deletingAt !== null) return true;
  return !isHeld(underway, call.now) && states.includes(state) && isDue(submission, batch);
}

async function sweepOne(
  context: SweepContext,
  batch: BatchDocument,
  submission: SubmissionDocument,
  rule: DueRule,
): Promise<void> {
  const photos = context.dryRun
    ? await countPhotos(submission)
    : await markAndRemove(context, submission, rule);
  if (photos === null) return;
  const { documents, files } = photos;
  context.tally.add(rule.kind, batch, { documents: 1 + documents, files });
}

/** @returns its photos; null when somebody else removed it, or it moved on */
async function markAndRemove(
  context: SweepContext,
  submission: SubmissionDocument,
  rule: DueRule,
): Promise<RemovedPhotos | null> {
  const marked = await markAsDeleting(context, submission, rule);
  return marked && removeSubmission(context.call, marked.submission, marked.batch, null);
}

/** As they were at the mark; null when one of them moved on between the look and the mark. */
async function markAsDeleting(
  context: SweepContext,
  { _id }: SubmissionDocument,
  rule: DueRule,
): Promise<{ readonly submission: SubmissionDocument; readonly batch: BatchDocument } | null> {
  return runTransaction(async (scope) => {
    const submissions = scope.collection<SubmissionDocument>('submissions');
    const submission = await submissions.get(_id);
    if (submission === null) return null;
    const batch = await scope.collection<BatchDocument>('batches').get(submission.batchId);
    if (batch === null || !mayGo(submission, batch, rule, context)) return null;
    if (submission.deletingAt !== null) return { submission, batch };
    const mark = { deletingAt: context.call.now, underway: null };
    await submissions.update(_id, mark);
    return { submission: { ...submission, ...mark }, batch };
  });
}

async function countPhotos({ _id: submissionId }: SubmissionDocument): Promise<RemovedPhotos> {
  let documents = 0;
  let files = 0;
  for await (const photos of collection<PhotoDocument>('photos').pages({ submissionId })) {
    documents += photos.length;
    files += photos.reduce((sum, photo) => sum + filesOf(photo).length, 0);
  }
  return { documents, files };
}
