/**
 * Who has not confirmed yet, a page at a time. With a list it walks the list and asks for each hundred of it which
 * have confirmed; without one it walks the submissions.
 */
import { stationCondition, stationsInReach } from './stations-in-reach';
import { type BatchDocument } from '../batch/batch-document';
import { stationsIn } from '../operator-access/schools-and-stations';
import { collection, command } from '../platform/database';
import { type RosterLineDocument } from '../roster/roster-document';
import { type SubmissionDocument } from '../submission/submission-document';
import { type MissingStudent, type StudentGroup } from '../../miniprogram/shared/contract/operator/progress';
import { CONFIRMED_STATES, UNFINISHED_STATES } from '../../miniprogram/shared/submission/submission-machine';
import { type Scope } from '../../miniprogram/shared/roles/scope';

export const MISSING_PAGE = 100;
const LINES_PER_READ = 500;
/** 10,000 lines of people who are done: far enough for one call, the cursor goes on. */
const READS_AT_MOST = 20;

/** One missing student with what a reminder needs to know. */
export interface MissingLine extends Omit<MissingStudent, 'stationName'> {
  readonly stationId: string | null;
  /** Null while nobody has bound the code. */
  readonly openid: string | null;
}

export interface MissingPage {
  readonly lines: readonly MissingLine[];
  readonly next: string | null;
}

export type MissingRequest = StudentGroup & { readonly cursor?: string };

/** @throws DomainError NOT_FOUND for a station out of reach */
export async function listMissing(
  scope: Scope,
  batch: BatchDocument,
  request: MissingRequest,
): Promise<{ readonly students: readonly MissingStudent[]; readonly next: string | null }> {
  const [{ lines, next }, stations] = await Promise.all([
    missingPage(scope, batch, request),
    stationsIn(scope, batch.schoolCode),
  ]);
  const names = new Map<string | null, string>(stations.map(({ id, name }) => [id, name]));
  const students = lines.map(({ studentNumber, name, stationId, className, state }) => ({
    studentNumber,
    name,
    stationName: names.get(stationId) ?? null,
    className,
    state,
  }));
  return { students, next };
}

/** @throws DomainError NOT_FOUND for a station out of reach */
export async function missingPage(
  scope: Scope,
  batch: BatchDocument,
  request: MissingRequest,
): Promise<MissingPage> {
  const stations = stationsInReach(scope, batch.schoolCode, request.stationId);
  const conditions = {
    ...stationCondition(stations),
    ...(request.className !== undefined && { className: request.className }),
  };
  return batch.roster
    ? missingOfList(batch, batch.roster.version, conditions, request.cursor)
    : missingOfBound(batch, conditions, request.cursor);
}

type Conditions = Readonly<Record<string, unknown>>;

async function missingOfList(
  batch: BatchDocument,
  version: number,
  conditions: Conditions,
  cursor: string | undefined,
): Promise<MissingPage> {
  const missing: MissingLine[] = [];
  let last = cursor;
  for (let read = 0; read < READS_AT_MOST; read += 1) {
    const lines = await collection<RosterLineDocument>('roster').find(
      { batchId: batch._id, version, ...conditions, ...after(last) },
      { limit: LINES_PER_READ, sort: [['studentNumber', 'asc']] },
    );
    const submissions = await submissionsOf(batch, lines);
    for (const line of lines) {
      const submission = submissions.get(line.studentNumber);
      if (submission && CONFIRMED_STATES.includes(submission.state)) continue;
      missing.push(missingLine(line, submission));
      if (missing.length === MISSING_PAGE) return { lines: missing, next: line.studentNumber };
    }
    if (lines.length < LINES_PER_READ) return { lines: missing, next: null };
    last = lines.at(-1)!.studentNumber;
  }
  return { lines: missing, next: last ?? null };
}

function missingLine(line: RosterLineDocument, submission: SubmissionDocument | undefined): MissingLine {
  return {
    studentNumber: line.studentNumber,
    name: line.name ?? submission?.maskedName ?? null,
    stationId: line.stationId,
    className: line.className,
    state: submission?.state ?? 'not-bound',
    openid: submission?.openid ?? null,
  };
}

async function submissionsOf(
  batch: BatchDocument,
  lines: readonly RosterLineDocument[],
): Promise<ReadonlyMap<string, SubmissionDocument>> {
  if (lines.length === 0) return new Map();
  const found = await collection<SubmissionDocument>('submissions').find(
    {
      batchId: batch._id,
      schoolCode: batch.schoolCode,
      studentNumber: command().in(lines.map(({ studentNumber }) => studentNumber)),
      deletingAt: null,
    },
    { limit: LINES_PER_READ },
  );
  return new Map(found.map((submission) => [submission.studentNumber, submission]));
}

/** Withdrawn submissions are not chased where nobody says that these students belong here. */
async function missingOfBound(
  batch: BatchDocument,
  conditions: Conditions,
  cursor: string | undefined,
): Promise<MissingPage> {
  const found = await collection<SubmissionDocument>('submissions').find(
    {
      batchId: batch._id,
      schoolCode: batch.schoolCode,
      state: command().in([...UNFINISHED_STATES]),
      deletingAt: null,
      ...conditions,
      ...after(cursor),
    },
    { limit: MISSING_PAGE + 1, sort: [['studentNumber', 'asc']] },
  );
  const page = found.slice(0, MISSING_PAGE);
  return {
    lines: page.map((submission) => ({
      studentNumber: submission.studentNumber,
      name: submission.maskedName,
      stationId: submission.stationId,
      className: submission.className,
      state: submission.state,
      openid: submission.openid,
    })),
    next: found.length > MISSING_PAGE ? page.at(-1)!.studentNumber : null,
  };
}

function after(cursor: string | undefined): Conditions {
  return cursor === undefined ? {} : { studentNumber: command().gt(cursor) };
}
