/**
 * A dry run as it is kept: what would be done, by a digest of everything it depends on, and for how long. The rows
 * themselves stay in the uploaded file, which the import reads again; long lists of findings and differences lie in
 * parts beside it.
 */
import { derivedId } from '../identity/unguessable-id';
import { collection } from '../platform/database';
import { type Lease } from '../requests/lease';
import {
  type ColumnMapping,
  type RosterDifference,
  type RosterOptions,
  type RosterPlan,
} from '../../miniprogram/shared/contract/operator/roster';
import { type FileId, type Instant, type RosterPlanId } from '../../miniprogram/shared/identity/ids';
import { type RosterField } from '../../miniprogram/shared/roster/roster-fields';
import { type RosterFinding } from '../../miniprogram/shared/roster/roster-findings';

/**
 * Headings are a school's own words: as names of fields the database would take some for operators (`$…`) and some for
 * paths (`No.`), as values they are only text.
 */
export interface StoredOptions extends Omit<RosterOptions, 'mapping'> {
  readonly mapping: readonly { readonly heading: string; readonly field: RosterField | null }[];
}

export function storedOptions({ mapping, ...options }: RosterOptions): StoredOptions {
  const columns = Object.entries(mapping).map(([heading, field]) => ({ heading, field }));
  return { ...options, mapping: columns };
}

export function optionsOf({ options }: RosterPlanDocument): RosterOptions {
  const mapping: ColumnMapping = Object.fromEntries(
    options.mapping.map(({ heading, field }) => [heading, field]),
  );
  return { ...options, mapping };
}

export interface RosterPlanDocument extends Omit<RosterPlan, 'id'> {
  readonly _id: RosterPlanId;
  readonly schoolCode: string;
  readonly fileId: FileId;
  readonly options: StoredOptions;
  /** Version of the list that the plan was made against; 0: there was none. */
  readonly baseVersion: number;
  /** Version that the import writes. */
  readonly version: number;
  readonly pages: { readonly findings: number; readonly differences: number };
  /** Who is applying it at this moment; null: nobody. */
  readonly working: Lease | null;
  /** After the new list took over: the student number up to which bound students were put in their new places. */
  readonly placedUpTo: string | null;
  readonly createdAt: Instant;
}

export type PlanPart =
  | { readonly kind: 'findings'; readonly items: readonly RosterFinding[] }
  | { readonly kind: 'differences'; readonly items: readonly RosterDifference[] };

export type PlanPartDocument = PlanPart & {
  readonly _id: string;
  readonly planId: RosterPlanId;
  readonly expiresAt: Instant;
};

export const PLAN_PART_ITEMS = 500;

export function planPartId(planId: RosterPlanId, kind: PlanPart['kind'], page: number): string {
  return derivedId('roster-plan-part', planId, kind, String(page));
}

/** Cuts a list into parts and stores them. @returns how many */
export async function storePlanParts(
  plan: Pick<RosterPlanDocument, '_id' | 'expiresAt'>,
  list: PlanPart,
): Promise<number> {
  const pages = Math.ceil(list.items.length / PLAN_PART_ITEMS);
  for (let page = 0; page < pages; page += 1) {
    const items = list.items.slice(page * PLAN_PART_ITEMS, (page + 1) * PLAN_PART_ITEMS);
    await collection<PlanPartDocument>('roster_plans').set({
      ...({ kind: list.kind, items } as PlanPart),
      _id: planPartId(plan._id, list.kind, page),
      planId: plan._id,
      expiresAt: plan.expiresAt,
    });
  }
  return pages;
}

export function toRosterPlan(document: RosterPlanDocument): RosterPlan {
  return {
    id: document._id,
    batchId: document.batchId,
    digest: document.digest,
    state: document.state,
    file: document.file,
    columns: document.columns,
    rows: document.rows,
    differences: document.differences,
    findings: document.findings,
    written: document.written,
    expiresAt: document.expiresAt,
  };
}
