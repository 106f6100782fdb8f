/** Removes submissions of a batch in given states, with their photos, files, bindings and reviews. */
import { type SweepContext } from '../sweep';
import { type BatchDocument } from '../../batch/batch-document';
import { collection, command } from '../../platform/database';
import { filesOf, removeSubmission } from '../../submission/delete-submission';
import { type PhotoDocument } from '../../submission/photo-document';
import { type SubmissionDocument } from '../../submission/submission-document';
import { type RetentionKind } from '../../../miniprogram/shared/contract/housekeeping';
import { type SubmissionState } from '../../../miniprogram/shared/submission/submission-machine';

const PAGE = 100;

/** @returns false when time ran out */
export async function sweepSubmissions(
  context: SweepContext,
  kind: RetentionKind,
  batch: BatchDocument,
  states: readonly SubmissionState[],
): Promise<boolean> {
  let last = '';
  for (;;) {
    const page: readonly SubmissionDocument[] = await collection<SubmissionDocument>('submissions').find(
      {
        batchId: batch._id,
        schoolCode: batch.schoolCode,
        studentNumber: command().gt(last),
        state: command().in([...states]),
      },
      { limit: PAGE, sort: [['studentNumber', 'asc']] },
    );
    for (const submission of page) {
      if (!context.hasTime()) return false;
      if (isBusy(submission, context)) continue;
      const photos = await countPhotos(submission);
      if (context.dryRun || (await removeOne(context, submission, states))) {
        context.tally.add(kind, batch, { documents: 1 + photos.documents, files: photos.files });
      }
    }
    if (page.length < PAGE) return true;
    last = page.at(-1)!.studentNumber;
  }
}

/** A photo of it is being judged: its worker may be about to store a picture. */
function isBusy({ underway }: SubmissionDocument, { call }: SweepContext): boolean {
  return underway !== null && underway.until > call.now;
}

/** False when the submission moved on between the look and the mark. */
async function removeOne(
  { call }: SweepContext,
  submission: SubmissionDocument,
  states: readonly SubmissionState[],
): Promise<boolean> {
  if (submission.deletingAt === null) {
    const marked = await collection<SubmissionDocument>('submissions').updateWhere(
      { _id: submission._id, state: command().in([...states]), deletingAt: null },
      { deletingAt: call.now, underway: null },
    );
    if (marked === 0) return false;
  }
  await removeSubmission(call, submission, null);
  return true;
}

async function countPhotos({
  _id: submissionId,
}: SubmissionDocument): Promise<{ readonly documents: number; readonly files: number }> {
  let documents = 0;
  let files = 0;
  for await (const photos of collection<PhotoDocument>('photos').pages({ submissionId })) {
    documents += photos.length;
    files += photos.reduce((sum, photo) => sum + filesOf(photo).length, 0);
  }
  return { documents, files };
}
