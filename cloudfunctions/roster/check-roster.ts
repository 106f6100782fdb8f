/**
 * The dry run: reads the uploaded list, diagnoses every row, compares it with the list that holds, and keeps the
 * result as a plan. Changes nothing that anybody else sees.
 */
import { createHash, randomInt } from 'node:crypto';
import { compareRoster, type Comparison, type RosterLine } from './compare-roster';
import { fetchRosterFile, type InterpretedRoster, interpretRoster } from './interpret-roster';
import { listDifferences, type StationName } from './list-differences';
import { rosterPages } from './roster-lines';
import {
  type RosterPlanDocument,
  storedOptions,
  type StoredOptions,
  storePlanParts,
  toRosterPlan,
} from './roster-plan-document';
import { isUnsettled } from './settle-roster';
import { type BatchDocument } from '../batch/batch-document';
import { derivedId, newId } from '../identity/unguessable-id';
import { type StationDocument } from '../operator-access/station-document';
import { collection, command } from '../platform/database';
import { deleteFiles } from '../platform/storage';
import { type Call, secondsAfter } from '../requests/call';
import {
  earlierOutcome,
  type KnownRequest,
  knownRequest,
  oncePerRequest,
  receiptOf,
} from '../requests/once-per-request';
import { type SubmissionDocument } from '../submission/submission-document';
import { requireTicket, type UploadTicketDocument } from '../upload/upload-ticket';
import { type RosterContract, type RosterPlan } from '../../miniprogram/shared/contract/operator/roster';
import { DomainError, isDomainError } from '../../miniprogram/shared/errors';
import { type FileId, type RosterPlanId } from '../../miniprogram/shared/identity/ids';
import { listIsGoneAfter } from '../../miniprogram/shared/roster/refused-list';
import { type RosterFinding, type RosterFindingCode } from '../../miniprogram/shared/roster/roster-findings';

/** A working day to look at it. */
const PLAN_SECONDS = 24 * 3600;
/** More than anybody reads; the counts are complete. */
const FINDINGS_KEPT = 5000;
const NUMBERS_PER_READ = 500;

type CheckRequest = RosterContract['checkRoster']['request'];

/**
 * The same request again, because its answer was lost, is answered by the same plan, or by the same refusal where the
 * list is gone since.
 * @throws DomainError UPLOAD_MISSING, ROSTER_UNREADABLE, ROSTER_TOO_LARGE, ROSTER_SEVERAL_SHEETS, ROSTER_HEADING_TWICE,
 *   ROSTER_HAS_ID_NUMBERS (the file is deleted at once then), ROSTER_COLUMN_MISSING, ROSTER_COLUMN_TWICE (it waits for
 *   another check, as long as its ticket)
 */
export async function checkRoster(
  call: Call,
  batch: BatchDocument,
  request: CheckRequest,
): Promise<RosterPlan> {
  const known = knownRequest(call, 'checkRoster', request);
  const earlier = await earlierOutcome<{ planId: string }>(known);
  if (earlier) return storedPlan(receiptOf(earlier).planId as RosterPlanId);
  await useTicket(call, request);
  const { fileId, options } = request;
  const { bytes, interpreted } = await readList(batch, request).catch((error: unknown) =>
    refuseList(known, fileId, error),
  );
  const stations = await stationsOf(batch.schoolCode);
  const nameOf = stationNames([...stations, ...interpreted.stations]);
  const comparison = compareRoster(await linesThatHold(batch), interpreted.lines, nameOf);
  const bound = await boundAmong(batch, comparison.removed);
  // Two copies of one request write the same parts: the slower one leaves none that no plan leads to.
  const id = (known === null ? newId() : derivedId('roster-plan', known.id)) as RosterPlanId;
  const plan = newPlan(call, batch, {
    id,
    fileId,
    options: storedOptions(options),
    bytes,
    interpreted,
    comparison,
    removedButBound: bound.size,
    newStations: interpreted.stations.filter(({ _id }) => !stations.some((station) => station._id === _id)),
    earlierIsUnsettled: await hasUnsettledImport(batch),
  });
  const { findings } = interpreted;
  const differences = listDifferences(comparison, bound, nameOf);
  const document: RosterPlanDocument = {
    ...plan,
    pages: {
      findings: await storePlanParts(plan, { kind: 'findings', items: findings.slice(0, FINDINGS_KEPT) }),
      differences: await storePlanParts(plan, { kind: 'differences', items: differences }),
    },
  };
  await oncePerRequest(known, async (scope) => {
    await scope.collection<RosterPlanDocument>('roster_plans').insert(document);
    return { kind: 'done', receipt: { planId: id } };
  });
  return storedPlan(id);
}

/**
 * Of two copies of one request the slower one finds no list any more: the first refusal is both's.
 * @throws always
 */
async function refuseList(known: KnownRequest | null, fileId: FileId, error: unknown): Promise<never> {
  if (!isDomainError(error) || !listIsGoneAfter(error.code)) throw error;
  const { code, details } = error;
  try {
    await oncePerRequest(known, () => Promise.resolve({ kind: 'refused', code, details }));
  } catch (refusal) {
    // What cannot be deleted now, or is left by a crash, goes with its ticket: no plan says that it is needed.
    await deleteFiles([fileId]).catch(() => undefined);
    throw refusal;
  }
  // Another copy made a plan of this list, which needs it.
  throw error;
}

async function storedPlan(id: RosterPlanId): Promise<RosterPlan> {
  const plan = await collection<RosterPlanDocument>('roster_plans').get(id);
  // A plan lives for a day, what is remembered of requests for a week.
  if (plan === null) throw new DomainError('ROSTER_PLAN_OUTDATED');
  return toRosterPlan(plan);
}

/** The ticket counts as used from the first look on; the plan knows the file from then on. */
async function useTicket(call: Call, { uploadId, fileId }: CheckRequest): Promise<void> {
  const tickets = collection<UploadTicketDocument>('uploads');
  const ticket = requireTicket(await tickets.get(uploadId), {
    openid: call.openid,
    purpose: 'roster',
    fileId,
    now: call.now,
  });
  if (ticket.usedAt === null) await tickets.update(uploadId, { usedAt: call.now });
}

async function readList(
  batch: BatchDocument,
  { fileId, options }: CheckRequest,
): Promise<{ readonly bytes: Uint8Array; readonly interpreted: InterpretedRoster }> {
  const bytes = await fetchRosterFile(fileId);
  return { bytes, interpreted: await interpretRoster(bytes, batch, options) };
}

async function stationsOf(schoolCode: string): Promise<readonly StationDocument[]> {
  return collection<StationDocument>('stations').find({ schoolCode }, { limit: 1000 });
}

function stationNames(stations: readonly StationDocument[]): StationName {
  const names = new Map(stations.map(({ _id, code }) => [_id, code]));
  return (id) => (id === null ? null : (names.get(id) ?? null));
}

async function linesThatHold({ _id, roster }: BatchDocument): Promise<ReadonlyMap<string, RosterLine>> {
  const lines = new Map<string, RosterLine>();
  if (!roster) return lines;
  for await (const page of rosterPages(_id, roster.version)) {
    for (const line of page) lines.set(line.studentNumber, line);
  }
  return lines;
}

async function hasUnsettledImport(batch: BatchDocument): Promise<boolean> {
  const plans = await collection<RosterPlanDocument>('roster_plans').find(
    { batchId: batch._id, state: 'applying' },
    { limit: 100 },
  );
  return plans.some((plan) => isUnsettled(plan, batch));
}

/** Of these student numbers, those with a submission in this batch. */
async function boundAmong(
  { _id: batchId, schoolCode }: BatchDocument,
  numbers: readonly string[],
): Promise<ReadonlySet<string>> {
  const bound = new Set<string>();
  for (let start = 0; start < numbers.length; start += NUMBERS_PER_READ) {
    const studentNumber = command().in(numbers.slice(start, start + NUMBERS_PER_READ));
    const found = await collection<SubmissionDocument>('submissions').find(
      { batchId, schoolCode, studentNumber },
      { limit: NUMBERS_PER_READ },
    );
    for (const submission of found) bound.add(submission.studentNumber);
  }
  return bound;
}

interface PlanParts {
  readonly id: RosterPlanId;
  readonly fileId: FileId;
  readonly options: StoredOptions;
  readonly bytes: Uint8Array;
  readonly interpreted: InterpretedRoster;
  readonly comparison: Comparison;
  readonly removedButBound: number;
  readonly newStations: readonly StationDocument[];
  /** The import of the list that holds was cut short: doing it again is not nothing, it finishes it. */
  readonly earlierIsUnsettled: boolean;
}

function newPlan(call: Call, batch: BatchDocument, parts: PlanParts): RosterPlanDocument {
  const { interpreted, comparison, options } = parts;
  const { added, changed, removed, unchanged } = comparison;
  const baseVersion = batch.roster?.version ?? 0;
  const nothing = added.length + changed.length + removed.length === 0 && !parts.earlierIsUnsettled;
  const stopped = interpreted.rows.bad > 0 && options.badRows === 'stop';
  return {
    _id: parts.id,
    batchId: batch._id,
    schoolCode: batch.schoolCode,
    digest: planDigest(parts.bytes, options, baseVersion),
    state: stopped ? 'stopped' : nothing ? 'nothing-to-do' : 'ready',
    file: interpreted.file,
    columns: interpreted.columns,
    rows: interpreted.rows,
    differences: {
      added: added.length,
      changed: changed.length,
      removed: removed.length,
      unchanged,
      removedButBound: parts.removedButBound,
      newStations: parts.newStations.map(({ name }) => name),
    },
    findings: countByCode(interpreted.findings),
    written: 0,
    expiresAt: secondsAfter(call.now, PLAN_SECONDS),
    fileId: parts.fileId,
    options,
    baseVersion,
    version: newVersion(call),
    pages: { findings: 0, differences: 0 },
    working: null,
    placedUpTo: null,
    createdAt: call.now,
  };
}

/** What the plan depends on: if any of it is another at the import, the plan no longer holds. */
export function planDigest(
  bytes: Uint8Array,
  { mapping, names, badRows }: StoredOptions,
  baseVersion: number,
): string {
  // Plans of version 0.1.0 kept their mapping in another form, and had another digest: they are outdated.
  return createHash('sha256')
    .update(bytes)
    .update(JSON.stringify([mapping, names, badRows, baseVersion]))
    .digest('hex');
}

/** Grows with time, and two plans of one moment do not share one. */
function newVersion(call: Call): number {
  return Date.parse(call.now) * 1000 + randomInt(1000);
}

function countByCode(findings: readonly RosterFinding[]): RosterPlan['findings'] {
  const counts: Partial<Record<RosterFindingCode, number>> = {};
  for (const { code } of findings) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}
