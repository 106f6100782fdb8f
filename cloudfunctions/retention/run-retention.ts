/**
 * The night's work: every sweep in turn, as far as time allows, then the count of stored people. A dry run takes the
 * same way and deletes nothing. Cut short, the next run goes on: what is due is found anew each time.
 */
import { countStoredPeople } from './stored-people';
import { type Sweep, type SweepContext, Tally } from './sweep';
import { sweepCrashed } from './sweeps/crashed';
import { sweepForgotten } from './sweeps/forgotten';
import { sweepOriginals } from './sweeps/originals';
import { sweepOverBatches } from './sweeps/over-batches';
import { sweepPackages } from './sweeps/packages';
import { sweepRosterLeftovers } from './sweeps/roster-leftovers';
import { sweepUnfinished } from './sweeps/unfinished';
import { sweepUploads } from './sweeps/uploads';
import { appendAudit, type AuditedCall } from '../audit/append-audit';
import { type BatchDocument } from '../batch/batch-document';
import { collection } from '../platform/database';
import { runTransaction } from '../platform/transaction';
import { uploadBytes } from '../platform/storage';
import {
  RETENTION_KINDS,
  type RetentionKind,
  type RetentionReport,
} from '../../miniprogram/shared/contract/housekeeping';
import { type FileId } from '../../miniprogram/shared/identity/ids';

const SWEEPS: Readonly<Record<RetentionKind, Sweep>> = {
  everything: sweepOverBatches,
  unfinished: sweepUnfinished,
  originals: sweepOriginals,
  packages: sweepPackages,
  'crashed-photos': sweepCrashed,
  'unused-uploads': sweepUploads,
  'roster-leftovers': sweepRosterLeftovers,
  forgotten: sweepForgotten,
};

/** Leaves the rest of the function's minute to the step at hand. */
const SLICE_MS = 35_000;

export async function runRetention(
  call: AuditedCall,
  { dryRun }: { readonly dryRun: boolean },
): Promise<RetentionReport> {
  const started = performance.now();
  const tally = new Tally();
  const context: SweepContext = {
    call,
    dryRun,
    hasTime: () => performance.now() - started < SLICE_MS,
    neighbour: await someFile(),
    batches: await allBatches(),
    tally,
  };
  let complete = true;
  for (const kind of RETENTION_KINDS) complete = (await SWEEPS[kind](context)) && complete;
  if (!dryRun && tally.all().length > 0) {
    await runTransaction((scope) => appendAudit(scope, call, 'retention.run', 'retention'));
  }
  return {
    dryRun,
    lines: tally.all(),
    complete,
    storedPeople: await countStoredPeople(call.now),
    at: call.now,
  };
}

async function allBatches(): Promise<readonly BatchDocument[]> {
  const batches: BatchDocument[] = [];
  for await (const page of collection<BatchDocument>('batches').pages({})) batches.push(...page);
  return batches;
}

/** The storage does not say where it is; a file of our own does. The same one every time. */
async function someFile(): Promise<FileId> {
  return uploadBytes('markers/storage.txt', Buffer.from('This file shows where the storage is.'));
}
