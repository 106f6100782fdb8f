/**
 * Places who bound while a list was imported. A binding reads the list beside its transaction and an import walks the
 * submissions once: a binding by the list before that is written after the walk is on no list, and its photo in no
 * package of a station. A read inside the transaction would not help, it sees the moment in which the transaction began.
 * So each binding looks again after it is written; the night does it for those that died in between. Refuses to say
 * that it is done while lists change under it.
 */
import { placeByList } from './place-students';
import { type BatchDocument } from '../batch/batch-document';
import { collection, command } from '../platform/database';
import { secondsAfter } from '../requests/call';
import { type SubmissionDocument } from '../submission/submission-document';
import { type RosterSummary } from '../../miniprogram/shared/contract/operator/batches';
import { type BatchId, type Instant, type SubmissionId } from '../../miniprogram/shared/identity/ids';

/** Far more than a binding and the import's switch take, the limits of their functions included. */
const AROUND_IMPORT_SECONDS = 15 * 60;
/** Two nights, so that one may fail. Looking walks all submissions of the batch; later it would find nobody new. */
const LOOKED_FOR_SECONDS = 2 * 24 * 3600;
const PER_STEP = 500;

/** After the submission is written. Can be repeated. */
export async function placeBound(id: SubmissionId): Promise<void> {
  const submissions = collection<SubmissionDocument>('submissions');
  const batchId = (await submissions.get(id))?.batchId;
  if (batchId === undefined) return;
  await byListThatHolds(batchId, async ({ version }) => {
    const submission = await submissions.get(id);
    if (submission !== null) await placeByList({ batchId, version }, [submission]);
  });
}

/** Everybody who bound around the moment in which the batch's list took over, if that was lately. Can be repeated. */
export async function placeBoundAroundImport(
  { _id: batchId, schoolCode }: Pick<BatchDocument, '_id' | 'schoolCode'>,
  now: Instant,
): Promise<void> {
  await byListThatHolds(batchId, async ({ version, importedAt }) => {
    if (secondsAfter(importedAt, LOOKED_FOR_SECONDS) < now) return;
    const createdAt = command()
      .gte(secondsAfter(importedAt, -AROUND_IMPORT_SECONDS))
      .and(command().lte(secondsAfter(importedAt, AROUND_IMPORT_SECONDS)));
    let after = '';
    for (;;) {
      const some: readonly SubmissionDocument[] = await collection<SubmissionDocument>('submissions').find(
        { batchId, schoolCode, studentNumber: command().gt(after), createdAt },
        { limit: PER_STEP, sort: [['studentNumber', 'asc']] },
      );
      if (some.length > 0) await placeByList({ batchId, version }, some);
      if (some.length < PER_STEP) return;
      after = some.at(-1)!.studentNumber;
    }
  });
}

/**
 * Places by the batch's list, and again while another one took over meanwhile: the lines of the one before may have
 * been gone already, and who is on no line looks like somebody who is not listed.
 */
async function byListThatHolds(
  batchId: BatchId,
  place: (list: RosterSummary) => Promise<void>,
): Promise<void> {
  let list = await listThatHolds(batchId);
  while (list !== null) {
    await place(list);
    const now = await listThatHolds(batchId);
    if (now?.version === list.version) return;
    list = now;
  }
}

async function listThatHolds(batchId: BatchId): Promise<RosterSummary | null> {
  return (await collection<BatchDocument>('batches').get(batchId))?.roster ?? null;
}
