/**
 * The import of a plan, in slices that fit a function's time:
 *
 *   1 take     one transaction: the plan is ready, the batch still has the list it was made against, nobody else works
 *   2 write    the new version's stations, lines and totals, beside the list that holds
 *   3 switch   one transaction: the batch names the new version; from here on it holds, whole
 *   4 place    students who bound before get their new places; the old version and the file are removed
 *
 * Cut short anywhere, it is taken up by calling again. Until step 3 nothing that anybody sees has changed. Step 4 is
 * settle-roster.ts; where nobody calls again, the housekeeping does it.
 */
import { planDigest } from './check-roster';
import { fetchRosterFile, type InterpretedRoster, interpretRoster } from './interpret-roster';
import { optionsOf, type RosterPlanDocument, toRosterPlan } from './roster-plan-document';
import { holds, settleRoster } from './settle-roster';
import { addStations, LINES_PER_STEP, writeLines, writeTotals } from './write-version';
import { appendAudit } from '../audit/append-audit';
import { type BatchDocument } from '../batch/batch-document';
import { type Changes, collection } from '../platform/database';
import { runTransaction, type TransactionScope } from '../platform/transaction';
import { type Call } from '../requests/call';
import { isMine, newLease, requireFree, SLICE_MS } from '../requests/lease';
import { type RosterPlan } from '../../miniprogram/shared/contract/operator/roster';
import { DomainError, isDomainError } from '../../miniprogram/shared/errors';
import { type RosterPlanId } from '../../miniprogram/shared/identity/ids';

/**
 * @returns the plan with `written`; `applied` when everything is done, else call again
 * @throws DomainError ROSTER_PLAN_OUTDATED, ROSTER_HAS_ERRORS {rows}, CONFLICT {retryAfterSeconds} while another call
 *   works on it
 */
export async function applyRoster(call: Call, planId: RosterPlanId, digest: string): Promise<RosterPlan> {
  const started = performance.now();
  const hasTime = () => performance.now() - started < SLICE_MS;
  const taken = await takePlan(call, planId, digest);
  if (taken === null) return readPlan(planId);
  const { plan, token } = taken;
  try {
    const switched = (await holds(plan)) || (await writeAndSwitch(call, plan, token, hasTime));
    if (switched && (await settleRoster(plan, hasTime))) await updateOwn(planId, token, { state: 'applied' });
  } catch (error) {
    const isOutdated = isDomainError(error) && error.code === 'ROSTER_PLAN_OUTDATED';
    // Once another worker has the plan, the list that stands there may be the plan's own.
    if (isOutdated && !(await updateOwn(planId, token, { state: 'outdated' })))
      throw new DomainError('CONFLICT');
    throw error;
  } finally {
    await updateOwn(planId, token, { working: null });
  }
  return readPlan(planId);
}

interface TakenPlan {
  readonly plan: RosterPlanDocument;
  readonly token: string;
}

/** Step 1. Null: there is nothing to do. */
async function takePlan(call: Call, planId: RosterPlanId, digest: string): Promise<TakenPlan | null> {
  return runTransaction(async (scope) => {
    const plans = scope.collection<RosterPlanDocument>('roster_plans');
    const plan = await plans.get(planId);
    if (plan === null || plan.digest !== digest) throw new DomainError('ROSTER_PLAN_OUTDATED');
    if (plan.state === 'applied' || plan.state === 'nothing-to-do') return null;
    if (plan.state === 'stopped') throw new DomainError('ROSTER_HAS_ERRORS', { rows: plan.rows.bad });
    if (plan.state === 'outdated' || plan.expiresAt <= call.now)
      throw new DomainError('ROSTER_PLAN_OUTDATED');
    requireFree(plan.working, call.now);
    const working = newLease(call.now, 'operator');
    await plans.update(planId, { state: 'applying', working });
    return { plan, token: working.token };
  });
}

/** Steps 2 and 3. False: time ran out while writing. */
async function writeAndSwitch(
  call: Call,
  plan: RosterPlanDocument,
  token: string,
  hasTime: () => boolean,
): Promise<boolean> {
  const roster = await readAgain(plan);
  await addStations(roster.stations);
  for (let written = plan.written; written < roster.lines.length; written += LINES_PER_STEP) {
    if (!hasTime()) return false;
    await writeLines(plan, roster.lines.slice(written, written + LINES_PER_STEP));
    const upTo = Math.min(written + LINES_PER_STEP, roster.lines.length);
    if (!(await updateOwn(plan._id, token, { written: upTo }))) throw new DomainError('CONFLICT');
  }
  await writeTotals(plan, roster.lines);
  await runTransaction((scope) => switchOver(scope, call, plan, token, roster.lines.length));
  return true;
}

/** The same file, the same options, the same list below it: else the plan no longer says what would happen. */
async function readAgain(plan: RosterPlanDocument): Promise<InterpretedRoster> {
  const batch = await collection<BatchDocument>('batches').get(plan.batchId);
  const bytes = await fetchRosterFile(plan.fileId);
  const digest = planDigest(bytes, plan.options, batch?.roster?.version ?? 0);
  if (batch === null || digest !== plan.digest) throw new DomainError('ROSTER_PLAN_OUTDATED');
  return interpretRoster(bytes, batch, optionsOf(plan));
}

async function switchOver(
  scope: TransactionScope,
  call: Call,
  plan: RosterPlanDocument,
  token: string,
  students: number,
): Promise<void> {
  const batches = scope.collection<BatchDocument>('batches');
  const batch = await batches.get(plan.batchId);
  const current = await scope.collection<RosterPlanDocument>('roster_plans').get(plan._id);
  if (!isMine(current?.working, token)) throw new DomainError('CONFLICT');
  if ((batch?.roster?.version ?? 0) !== plan.baseVersion) throw new DomainError('ROSTER_PLAN_OUTDATED');
  const roster = { version: plan.version, students, importedAt: call.now };
  await batches.update(plan.batchId, { roster });
  await appendAudit(scope, call, 'roster.apply', plan.batchId, plan.schoolCode);
}

/** @returns false, with nothing written, when this worker is not the one any more */
async function updateOwn(
  planId: RosterPlanId,
  token: string,
  changes: Changes<RosterPlanDocument>,
): Promise<boolean> {
  const own = { _id: planId, 'working.token': token };
  return (await collection<RosterPlanDocument>('roster_plans').updateWhere(own, changes)) > 0;
}

async function readPlan(planId: RosterPlanId): Promise<RosterPlan> {
  const plan = await collection<RosterPlanDocument>('roster_plans').get(planId);
  if (plan === null) throw new DomainError('ROSTER_PLAN_OUTDATED');
  return toRosterPlan(plan);
}
