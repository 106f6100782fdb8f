/**
 * The night's work: the sweeps, taking turns as far as time allows, then the count of stored people. A dry run takes the
 * same way and deletes nothing. Cut short, the next run goes on: what is due is found anew each time. What cannot be
 * deleted is left for the next run, is reported and audited, and keeps nothing else from being deleted; nor does what
 * is more than one run can delete.
 */
import { Failures } from './failures';
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
import { takeTurns, type Work } from './take-turns';
import { appendAudit, type AuditedAction, type AuditedCall } from '../audit/append-audit';
import { type BatchDocument } from '../batch/batch-document';
import { collection } from '../platform/database';
import { runTransaction } from '../platform/transaction';
import { type LogWriter } from '../platform/log';
import {
  RETENTION_KINDS,
  type RetentionKind,
  type RetentionReport,
} from '../../miniprogram/shared/contract/housekeeping';

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
  { dryRun, writeLog }: { readonly dryRun: boolean; readonly writeLog?: LogWriter },
): Promise<RetentionReport> {
  const started = performance.now();
  const tally = new Tally();
  const failures = new Failures(call.requestId, writeLog);
  const hasTime = () => performance.now() - started < SLICE_MS;
  const shared = { call, dryRun, hasTime, batches: await allBatches(), tally };
  const sweeps = RETENTION_KINDS.map((kind) => sweeping(kind, shared, failures));
  const isDone = await takeTurns(sweeps, hasTime);
  if (!dryRun) await audit(call, tally, failures);
  return {
    dryRun,
    lines: tally.all(),
    complete: isDone && failures.count === 0,
    failed: failures.count,
    storedPeople: await countStoredPeople(call.now),
    at: call.now,
  };
}

/** One that cannot even begin, or go on, does not keep the others. */
async function* sweeping(
  kind: RetentionKind,
  shared: Omit<SweepContext, 'attempt'>,
  failures: Failures,
): Work {
  try {
    yield* SWEEPS[kind]({ ...shared, attempt: failures.attempting(kind) });
  } catch (error) {
    failures.add(kind, kind, error);
  }
}

async function allBatches(): Promise<readonly BatchDocument[]> {
  const batches: BatchDocument[] = [];
  for await (const page of collection<BatchDocument>('batches').pages({})) batches.push(...page);
  return batches;
}

/** Says that something was deleted, and that something was not, each where it is so. */
async function audit(call: AuditedCall, tally: Tally, failures: Failures): Promise<void> {
  const actions: AuditedAction[] = [];
  if (tally.all().length > 0) actions.push('retention.run');
  if (failures.count > 0) actions.push('retention.fail');
  for (const action of actions) {
    await runTransaction((scope) => appendAudit(scope, call, action, 'retention'));
  }
}
