/**
 * What every sweep of the retention gets and gives back. A sweep finds what is due by one rule and removes it, files
 * before the documents that lead to them; in a dry run it only counts, on the very same way. Nothing is counted or
 * marked as deleted before it is.
 */
import { type Attempt } from './failures';
import { type AuditedCall } from '../audit/append-audit';
import { type BatchDocument } from '../batch/batch-document';
import { deleteFiles } from '../platform/storage';
import { type RetentionKind, type RetentionLine } from '../../miniprogram/shared/contract/housekeeping';
import { type BatchId, type FileId } from '../../miniprogram/shared/identity/ids';

export interface SweepContext {
  readonly call: AuditedCall;
  readonly dryRun: boolean;
  /** False: finish the thing at hand and stop; the next run goes on. */
  readonly hasTime: () => boolean;
  /** As they were when the run began; what somebody may change meanwhile is read again where it decides. */
  readonly batches: readonly BatchDocument[];
  readonly attempt: Attempt;
  readonly tally: Tally;
}

/** @returns false when time ran out */
export type Sweep = (context: SweepContext) => Promise<boolean>;

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

  all(): readonly RetentionLine[] {
    return [...this.lines.values()];
  }
}

/** Deletes files, or in a dry run does not. @returns how many there are */
export async function sweepFiles({ dryRun }: SweepContext, files: readonly FileId[]): Promise<number> {
  if (!dryRun && files.length > 0) await deleteFiles(files);
  return files.length;
}

/** True when so many days have passed since a moment. */
export function isDue(since: string, days: number, now: string): boolean {
  return Date.parse(since) + days * 24 * 3600 * 1000 <= Date.parse(now);
}
