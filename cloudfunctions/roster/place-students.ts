/**
 * After a new list took over: students who have bound already get their places from it (station, class, listed or
 * not). Walks by student number and can be taken up where it stopped. Who is binding at that moment, by the list
 * before, is seen by no walk: place-bound.ts places those.
 */
import { type RosterLineDocument } from './roster-document';
import { type Version } from './write-version';
import { collection, command } from '../platform/database';
import { type SubmissionDocument } from '../submission/submission-document';

const PER_STEP = 500;

export interface PlaceStep extends Version {
  readonly schoolCode: string;
  /** Student number up to which it is done; empty: nothing is. */
  readonly after: string;
}

/** @returns the student number up to which it is done now; null: everything is */
export async function placeStudents({
  batchId,
  schoolCode,
  version,
  after,
}: PlaceStep): Promise<string | null> {
  const submissions = await collection<SubmissionDocument>('submissions').find(
    { batchId, schoolCode, studentNumber: command().gt(after) },
    { limit: PER_STEP, sort: [['studentNumber', 'asc']] },
  );
  if (submissions.length === 0) return null;
  await placeByList({ batchId, version }, submissions);
  return submissions.length < PER_STEP ? null : submissions.at(-1)!.studentNumber;
}

/** Gives some students of a batch, at most 500, their places on a version of its list. */
export async function placeByList(
  { batchId, version }: Version,
  submissions: readonly SubmissionDocument[],
): Promise<void> {
  const lines = await collection<RosterLineDocument>('roster').find(
    { batchId, version, studentNumber: command().in(submissions.map((each) => each.studentNumber)) },
    { limit: PER_STEP },
  );
  const places = new Map(lines.map((line) => [line.studentNumber, line]));
  for (const [key, ids] of movesByPlace(submissions, places)) {
    const place = JSON.parse(key) as Place;
    await collection<SubmissionDocument>('submissions').updateWhere({ _id: command().in([...ids]) }, place);
  }
}

type Place = Pick<SubmissionDocument, 'listed' | 'stationId' | 'className'>;

/** Those whose place changes, together with the others who go to the same place: one write for each place. */
function movesByPlace(
  submissions: readonly SubmissionDocument[],
  places: ReadonlyMap<string, RosterLineDocument>,
): ReadonlyMap<string, readonly string[]> {
  const moves = new Map<string, string[]>();
  for (const submission of submissions) {
    const line = places.get(submission.studentNumber);
    // Who never was on a list may have a station from the phone of its teacher.
    if (line === undefined && !submission.listed) continue;
    const place: Place = {
      listed: line !== undefined,
      stationId: line?.stationId ?? null,
      className: line?.className ?? null,
    };
    const stays =
      place.listed === submission.listed &&
      place.stationId === submission.stationId &&
      place.className === submission.className;
    if (stays) continue;
    const key = JSON.stringify(place);
    moves.set(key, [...(moves.get(key) ?? []), submission._id]);
  }
  return moves;
}
