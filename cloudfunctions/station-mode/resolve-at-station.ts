/**
 * From a code that a student shows to a teacher's phone, and the ID tail that the student types, to "is this you?".
 * Binds nothing. Refuses students of other stations: a teacher photographs the own ones.
 */
import { type BindingDocument } from '../capture-code/binding/binding-document';
import { guardResolver } from '../capture-code/binding/guarded-resolver';
import { ownPlaces } from '../capture-code/binding/own-places';
import { RESOLUTION_SECONDS, type ResolutionDocument } from '../capture-code/binding/resolution-document';
import { recordOf } from '../capture-code/binding/resolve-code';
import { type DigestKey } from '../capture-code/keyed-digest';
import {
  type CaptureCodeResolver,
  type ResolvedStudent,
} from '../capture-code/resolvers/capture-code-resolver';
import { toPublicBatch } from '../batch/batch-document';
import { chooseBatch } from '../batch/choose-batch';
import { batchById, batchesOfSchool } from '../batch/find-batches';
import { requireOnRoster, type RosterEntry } from '../batch/require-on-roster';
import { readConsent } from '../consent/consent-event';
import { newId } from '../identity/unguessable-id';
import { collection } from '../platform/database';
import { runTransaction } from '../platform/transaction';
import { type Call, secondsAfter } from '../requests/call';
import {
  earlierOutcome,
  type KnownRequest,
  knownRequest,
  oncePerRequest,
  receiptOf,
} from '../requests/once-per-request';
import { countTowards, type RateLimit } from '../requests/rate-limit';
import { toStudentView } from '../submission/student-record';
import { heldOwnerOf } from './held-owner';
import { type Batch } from '../../miniprogram/shared/batch/batch';
import {
  type StationModeContract,
  type StationResolution,
} from '../../miniprogram/shared/contract/operator/station-mode';
import { DomainError } from '../../miniprogram/shared/errors';
import { type ResolutionId, type StationId } from '../../miniprogram/shared/identity/ids';
import { coversSchool, coversTenant, type Scope } from '../../miniprogram/shared/roles/scope';

/** What reads codes; the settings come from the function's environment. */
export interface StationCodes {
  readonly resolver: CaptureCodeResolver;
  readonly digestKey: DigestKey;
}

/** A class in a row, and every code twice. */
const LIMIT: RateLimit = { purpose: 'station-resolve', maximum: 120, windowSeconds: 600 };

/**
 * @throws DomainError TOO_MANY_REQUESTS, INVALID_REQUEST {path: idTail}, CODE_*, CODE_OTHER_BATCH, COHORT_NOT_ELIGIBLE,
 *   BATCH_NOT_OPEN, BATCH_CLOSED, NOT_ON_ROSTER, FORBIDDEN {reason: other-station} for a student of another station or
 *   school
 */
export async function resolveAtStation(
  call: Call,
  scope: Scope,
  request: StationModeContract['stationResolve']['request'],
  codes: StationCodes,
): Promise<StationResolution> {
  const known = knownRequest(call, 'stationResolve', request);
  const earlier = await earlierOutcome<{ resolutionId: string }>(known);
  if (earlier) return storedResolution(call, scope, receiptOf(earlier).resolutionId as ResolutionId);
  await runTransaction((transaction) => countTowards(transaction, LIMIT, call));
  const student = await resolveShownCode(call, request, codes, known);
  if (!coversSchool(scope, student.schoolCode)) throw otherStation();
  const binding = await collection<BindingDocument>('bindings').get(student.enrolmentKey);
  const own = await ownPlaces(binding);
  const batch = chooseBatch(await batchesOfSchool(student.schoolCode), own, student, call.now);
  const place = await requireOnRoster(batch, student.studentNumber);
  requireOwnStation(scope, student.schoolCode, place);
  const { resolutionId } = await oncePerRequest(known, async (transaction) => {
    const resolution = newResolution(call, student, batch);
    await transaction.collection<ResolutionDocument>('resolutions').insert(resolution);
    return { kind: 'done', receipt: { resolutionId: resolution._id } };
  });
  return storedResolution(call, scope, resolutionId);
}

/** What is known of the student at this moment, by what was resolved; the teacher may have left the school since. */
async function storedResolution(call: Call, scope: Scope, id: ResolutionId): Promise<StationResolution> {
  const resolution = await collection<ResolutionDocument>('resolutions').get(id);
  if (resolution?.openid !== seatOwnerOf(call.openid)) throw new DomainError('NOT_FOUND');
  if (!coversSchool(scope, resolution.student.schoolCode)) throw new DomainError('FORBIDDEN');
  const { enrolmentKey, batchId } = resolution;
  const binding = await collection<BindingDocument>('bindings').get(enrolmentKey);
  const [own, consent, batch] = await Promise.all([
    ownPlaces(binding),
    readConsent(binding?.openid ?? heldOwnerOf(enrolmentKey)),
    batchById(batchId),
  ]);
  const submission = own.find((place) => place.batch.id === batchId)?.submission ?? null;
  return {
    id: resolution._id,
    student: toStudentView(resolution.student, batch),
    batch: toPublicBatch(batch),
    expiresAt: resolution.expiresAt,
    alreadyMine: submission !== null,
    consentNeeded: consent.givenAt === null || consent.facePhotoGivenAt === null,
    state: submission?.state ?? null,
  };
}

/**
 * Asks the resolver, with wrong tails counted on this phone and on the code.
 * @param known a request that is sent again is no second try
 */
export async function resolveShownCode(
  call: Call,
  { payloadBase64, idTail }: { readonly payloadBase64: string; readonly idTail: string },
  codes: StationCodes,
  known: KnownRequest | null,
): Promise<ResolvedStudent> {
  const resolver = guardResolver(codes.resolver, codes.digestKey, call, known?.id ?? newId());
  return resolver.resolve(Buffer.from(payloadBase64, 'base64'), idTail);
}

/** Who is on no list has no station; then the school decides. */
function requireOwnStation(scope: Scope, schoolCode: string, { listed, stationId }: RosterEntry): void {
  const own = coversTenant(scope, { schoolCode, stationId: stationId as StationId | null });
  if (listed && !own) throw otherStation();
}

/** The teacher may take photos, but not of this student. */
function otherStation(): DomainError {
  return new DomainError('FORBIDDEN', { reason: 'other-station' });
}

/** Belongs to the seat, not to the teacher as a person: `student.bind` does not know it. */
export function seatOwnerOf(teacher: string): string {
  return `seat:${teacher}`;
}

function newResolution(call: Call, student: ResolvedStudent, batch: Batch): ResolutionDocument {
  return {
    _id: newId() as ResolutionId,
    openid: seatOwnerOf(call.openid),
    enrolmentKey: student.enrolmentKey,
    codeKey: student.codeKey,
    personKey: student.personKey,
    student: recordOf(student),
    batchId: batch.id,
    alreadyMine: false,
    expiresAt: secondsAfter(call.now, RESOLUTION_SECONDS),
  };
}
