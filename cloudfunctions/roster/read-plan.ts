/** Reading a plan and its long lists. */
import { type PlanPartDocument, planPartId, type RosterPlanDocument } from './roster-plan-document';
import { type Subject } from '../operator-access/staff';
import { collection } from '../platform/database';
import { type RosterContract } from '../../miniprogram/shared/contract/operator/roster';
import { type RosterPlanId } from '../../miniprogram/shared/identity/ids';

/** A plan belongs to the school whose list it is about. */
export async function planSubject(id: RosterPlanId): Promise<Subject<RosterPlanDocument> | null> {
  const thing = await collection<RosterPlanDocument>('roster_plans').get(id);
  return thing && { thing, level: 'school', tenant: { schoolCode: thing.schoolCode, stationId: null } };
}

export async function rosterFindings(
  plan: RosterPlanDocument,
  page: number,
): Promise<RosterContract['rosterFindings']['data']> {
  const part = await readPart(plan, 'findings', page);
  return { findings: part?.kind === 'findings' ? part.items : [], pages: plan.pages.findings };
}

export async function rosterDifferences(
  plan: RosterPlanDocument,
  page: number,
): Promise<RosterContract['rosterDifferences']['data']> {
  const part = await readPart(plan, 'differences', page);
  return { differences: part?.kind === 'differences' ? part.items : [], pages: plan.pages.differences };
}

async function readPart(
  plan: RosterPlanDocument,
  kind: PlanPartDocument['kind'],
  page: number,
): Promise<PlanPartDocument | null> {
  return collection<PlanPartDocument>('roster_plans').get(planPartId(plan._id, kind, page));
}
