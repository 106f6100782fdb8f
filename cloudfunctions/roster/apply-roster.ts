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
import { newId } from '../identity/unguessable-id';
import { collection } from '../platform/database';
import { runTransaction, type TransactionScope } from '../platform/transaction';
import { type Call, secondsAfter, secondsUntil } from '../requests/call';
import { type RosterPlan } from '../../miniprogram/shared/contract/operator/roster';
import { DomainError, isDomainError } from '../../miniprogram/shared/errors';
import { type RosterPlanId } from '../../miniprogram/shared/identity/ids';

/** A slice ends well inside the function's limit; the last write of it may take some seconds more. */
const SLICE_MS = 15_000;
/** When a worker counts as dead: after the time limit in functions/operator/config.json. */
const WORKER_SECONDS = 65;

/**
 * @returns the plan with `written`; `applied` when everything is done, else call again
 * @throws DomainError ROSTER_PLAN_OUTDATED, ROSTER_HAS_ERRORS {rows}, CONFLICT {retryAfterSeconds} while another call
 *   works on it
 */
export async function applyRoster(call: Call, planId: RosterPlanId, digest: string): Promise<RosterPlan> {
  const started = performance.now();
  const hasTime = () => performance.now() - started < SLICE_MS;
  const token = newId();
  const plan = await takePlan(call, planId, digest, token);
  if (plan === null) return readPlan(planId);
  try {
    const switched = (await holds(plan)) || (await writeAndSwitch(call, plan, token, hasTime));
    if (switched && (await settleRoster(plan, hasTime))) await markApplied(planId, token);
  } catch (error) {
    if (isDomainError(error) && error.code === 'ROSTER_PLAN_OUTDATED') await markOutdated(planId);
    throw error;
  } finally {
    await release(planId, token);
  }
  return readPlan(planId);
}

/** Step 1. Null: there is nothing to do. */
async function takePlan(
  call: Call,
  planId: RosterPlanId,
  digest: string,
  token: string,
): Promise<RosterPlanDocument | null> {
  return runTransaction(async (scope) => {
    const plans = scope.collection<RosterPlanDocument>('roster_plans');
    const plan = await plans.get(planId);
    if (plan === null || plan.digest !== digest) throw new DomainError('ROSTER_PLAN_OUTDATED');
    if (plan.state === 'applied' || plan.state === 'nothing-to-do') return null;
    if (plan.state === 'stopped') throw new DomainError('ROSTER_HAS_ERRORS', { rows: plan.rows.bad });
    if (plan.state === 'outdated' || plan.expiresAt <= call.now)
      throw new DomainError('ROSTER_PLAN_OUTDATED');
    if (plan.working !== null && plan.working.until > call.now) {
      const retryAfterSeconds = secondsUntil(plan.working.until, call.now);
      throw new DomainError('CONFLICT', { retryAfterSeconds });
    }
    const working = { token, until: secondsAfter(call.now, WORKER_SECONDS) };
    await plans.update(planId, { state: 'applying', working });
    return { ...plan, working };
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
    await collection<RosterPlanDocument>('roster_plans').update(plan._id, { written: upTo });
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

async function markOutdated(planId: RosterPlanId): Promise<void> {
  await collection<RosterPlanDocument>('roster_plans').update(planId, { state: 'outdated' });
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
  if ((batch?.roster?.version ?? 0) !== plan.baseVersion) throw new DomainError('ROSTER_PLAN_OUTDATED');
  if (current?.working?.token !== token) throw new DomainError('CONFLICT');
  const roster = { version: plan.version, students, importedAt: call.now };
  await batches.update(plan.batchId, { roster });
  await appendAudit(scope, call, 'roster.apply', plan.batchId, plan.schoolCode);
}

async function markApplied(planId: RosterPlanId, token: string): Promise<void> {
  await collection<RosterPlanDocument>('roster_plans').updateWhere(
    { _id: planId, 'working.token': token },
    { state: 'applied', working: null },
  );
}

async function release(planId: RosterPlanId, token: string): Promise<void> {
  await collection<RosterPlanDocument>('roster_plans').updateWhere(
    { _id: planId, 'working.token': token },
    { working: null },
  );
}

async function readPlan(planId: RosterPlanId): Promise<RosterPlan> {
  const plan = await collection<RosterPlanDocument>('roster_plans').get(planId);
  if (plan === null) throw new DomainError('ROSTER_PLAN_OUTDATED');
  return toRosterPlan(plan);
}
