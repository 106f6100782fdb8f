/**
 * What every sweep of the retention gets and gives back. A sweep finds what is due by one rule and removes it, files
 * before the documents that lead to them; in a dry run it only counts, on the very same way. Nothing is counted or
 * marked as deleted before it is.
 */
import { type Attempt } from './failures';
import { type Work } from './take-turns';
import { type AuditedCall } from '../audit/append-audit';
import { type BatchDocument } from '../batch/batch-document';
import { type Identified } from '../platform/database';
import { deleteFiles } from '../platform/storage';
import {
  RETENTION_KINDS,
  type RetentionKind,
  type RetentionLine,
} from '../../miniprogram/shared/contract/housekeeping';
import { type BatchId, type FileId } from '../../miniprogram/shared/identity/ids';

export interface SweepContext {
  readonly call: AuditedCall;
  readonly dryRun: boolean;
  /** False: the run is over. For what is long in itself and can be left half done; a sweep yields between its things. */
  readonly hasTime: () => boolean;
  /** As they were when the run began; what somebody may change meanwhile is read again where it decides. */
  readonly batches: readonly BatchDocument[];
  readonly attempt: Attempt;
  readonly tally: Tally;
}

export type Sweep = (context: SweepContext) => Work;

export class Tally {
  private readonly lines = new Map<string, RetentionLine>();

  add(
    kind: RetentionKind,
    batch: Pick<BatchDocument, '_id' | 'title'> | null,
    { documents = 0, files = 0 }: { readonly documents?: number; readonly files?: number },
  ): void {
    if (documents + files === 0) return;
    const batchId: BatchId | null = batch?._id ?? null;
    const key = `${kind} ${batchId ?? ''}`;
    const line = this.lines.get(key) ?? {
      kind,
      batchId,
      batchTitle: batch?.title ?? null,
      documents: 0,
      files: 0,
    };
    this.lines.set(key, { ...line, documents: line.documents + documents, files: line.files + files });
  }

  /** In the order of the kinds, whichever had its turn first. */
  all(): readonly RetentionLine[] {
    const lines = [...this.lines.values()];
    return RETENTION_KINDS.flatMap((kind) => lines.filter((line) => line.kind === kind));
  }
}

/** Deletes files, or in a dry run does not. @returns how many there are */
export async function sweepFiles({ dryRun }: SweepContext, files: readonly FileId[]): Promise<number> {
  if (!dryRun && files.length > 0) await deleteFiles(files);
  return files.length;
}

/** Nearly all of the time that one takes is waiting for answers; as many as a package downloads at a time. */
export const SIDE_BY_SIDE = 8;

/** Tries something with each of many documents, with some of them side by side. */
export async function* attemptEach<Document extends Identified>(
  { attempt }: SweepContext,
  documents: readonly Document[],
  work: (document: Document) => Promise<void>,
): Work {
  for (let start = 0; start < documents.length; start += SIDE_BY_SIDE) {
    yield;
    const some = documents.slice(start, start + SIDE_BY_SIDE);
    await Promise.all(some.map((document) => attempt(document._id, () => work(document))));
  }
}

/** True when so many days have passed since a moment. */
export function isDue(since: string, days: number, now: string): boolean {
  return Date.parse(since) + days * 24 * 3600 * 1000 <= Date.parse(now);
}
