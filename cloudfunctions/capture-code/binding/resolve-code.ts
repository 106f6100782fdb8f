/**
 * From a capture code and an ID tail to "is this you?": reads the code, lets the resolver say whose it is, and checks
 * that a batch takes this student now. Binds nothing. The picture of the code is deleted as soon as it has said
 * what it can.
 */
import { type BindingDocument } from './binding-document';
import { guardResolver } from './guarded-resolver';
import { type BoundPlace, ownPlaces } from './own-places';
import { RESOLUTION_SECONDS, type ResolutionDocument } from './resolution-document';
import { toPublicBatch } from '../../batch/batch-document';
import { chooseBatch, telephoneOfSchool } from '../../batch/choose-batch';
import { batchById, batchesOfSchool } from '../../batch/find-batches';
import { requireOnRoster } from '../../batch/require-on-roster';
import { requireConsent } from '../../consent/require-consent';
import { isHeldOwner } from '../../station-mode/held-owner';
import { newId } from '../../identity/unguessable-id';
import { collection } from '../../platform/database';
import { runTransaction } from '../../platform/transaction';
import { type Call, secondsAfter } from '../../requests/call';
import {
  earlierOutcome,
  type KnownRequest,
  knownRequest,
  oncePerRequest,
  receiptOf,
} from '../../requests/once-per-request';
import { countTowards, type RateLimit } from '../../requests/rate-limit';
import { type StudentRecord, toStudentView } from '../../submission/student-record';
import { discardUpload, readUpload } from '../../upload/read-upload';
import { type UploadTicketDocument } from '../../upload/upload-ticket';
import { type DigestKey } from '../keyed-digest';
import { CODE_PICTURE_LIMITS } from '../read-code-picture';
import { type CaptureCodeResolver, type ResolvedStudent } from '../resolvers/capture-code-resolver';
import { type Batch } from '../../../miniprogram/shared/batch/batch';
import {
  type CodeSource,
  type Resolution,
  type StudentContract,
} from '../../../miniprogram/shared/contract/student';
import { DomainError, type ErrorCode, isDomainError } from '../../../miniprogram/shared/errors';
import { type ResolutionId } from '../../../miniprogram/shared/identity/ids';

/** The part of the function that knows codes; given from outside because it needs settings and keys. */
export interface CaptureCodes {
  readonly resolver: CaptureCodeResolver;
  readonly digestKey: DigestKey;
  /** Reads every code in the picture and goes on until one resolves. */
  resolvePicture(
    picture: Uint8Array,
    idTail: string,
    resolver: CaptureCodeResolver,
  ): Promise<ResolvedStudent>;
}

/** A teacher with a class in a row; a person alone needs three. */
const RESOLVE_LIMIT: RateLimit = { purpose: 'resolve-code', maximum: 60, windowSeconds: 600 };
/** After these the same picture can still succeed: with the right tail, or later. */
const WORTH_ANOTHER_TRY: readonly ErrorCode[] = [
  'INVALID_REQUEST',
  'CODE_ID_TAIL_WRONG',
  'CODE_LOCKED',
  'CODE_SERVICE_UNAVAILABLE',
  'CODE_SERVICE_REFUSED',
  'TOO_MANY_REQUESTS',
  'TEMPORARILY_UNAVAILABLE',
  'CONFLICT',
];

/**
 * @throws DomainError CONSENT_REQUIRED, TOO_MANY_REQUESTS, UPLOAD_MISSING, IMAGE_* and CODE_* as the reader and the
 *   resolver say, CODE_ID_TAIL_WRONG {triesLeft}, CODE_LOCKED {retryAfterSeconds}, CODE_ALREADY_BOUND,
 *   CODE_OTHER_BATCH, COHORT_NOT_ELIGIBLE, BATCH_NOT_OPEN, BATCH_CLOSED, NOT_ON_ROSTER
 */
export async function resolveCode(
  call: Call,
  request: StudentContract['resolveCode']['request'],
  codes: CaptureCodes,
): Promise<Resolution> {
  const known = knownRequest(call, 'resolveCode', request);
  const earlier = await earlierOutcome<{ resolutionId: string }>(known);
  if (earlier) return viewOfResolution(receiptOf(earlier).resolutionId as ResolutionId, call);
  await requireConsent(call);
  await runTransaction((scope) => countTowards(scope, RESOLVE_LIMIT, call));
  try {
    const student = await whoseCode(call, request, codes, known);
    const resolutionId = await keepResolution(call, request.code, known, await placeInBatch(call, student));
    await discardPicture(call, request.code);
    return await viewOfResolution(resolutionId, call);
  } catch (error) {
    if (isDomainError(error) && !WORTH_ANOTHER_TRY.includes(error.code))
      await discardPicture(call, request.code);
    throw error;
  }
}

/** Asks the resolver; a wrong tail is remembered with its request, so that a retry gets the same answer. */
async function whoseCode(
  call: Call,
  { code, idTail }: StudentContract['resolveCode']['request'],
  codes: CaptureCodes,
  known: KnownRequest | null,
): Promise<ResolvedStudent> {
  const resolver = guardResolver(codes.resolver, codes.digestKey, call, known?.id ?? newId());
  try {
    if (code.kind === 'payload') {
      return await resolver.resolve(Buffer.from(code.payloadBase64, 'base64'), idTail);
    }
    const picture = await readUpload(
      call,
      { purpose: 'code-picture', ...code },
      CODE_PICTURE_LIMITS.maximumBytes,
    );
    const student = await codes.resolvePicture(picture, idTail, resolver);
    await resolver.forgiveNeighbours();
    return student;
  } catch (error) {
    if (isDomainError(error) && error.code === 'CODE_ID_TAIL_WRONG') {
      const { code: reason, details } = error;
      await oncePerRequest(known, () => Promise.resolve({ kind: 'refused', code: reason, details }));
    }
    throw error;
  }
}

async function discardPicture(call: Call, code: CodeSource): Promise<void> {
  if (code.kind === 'picture') await discardUpload(call, { ...code, purpose: 'code-picture' });
}

type PlacedStudent = Omit<ResolutionDocument, '_id' | 'openid' | 'expiresAt'>;

/** Finds the batch for a resolved student, or the reason why there is none. */
async function placeInBatch(call: Call, resolved: ResolvedStudent): Promise<PlacedStudent> {
  const binding = await collection<BindingDocument>('bindings').get(resolved.enrolmentKey);
  const batches = await batchesOfSchool(resolved.schoolCode);
  if (binding && binding.openid !== call.openid && !isHeldOwner(binding.openid)) {
    throw new DomainError('CODE_ALREADY_BOUND', telephoneOfSchool(batches));
  }
  const own = await ownPlaces(binding);
  const batch = await chooseBatchFor(resolved, batches, own, call);
  const alreadyMine = binding?.openid === call.openid && isAmong(own, batch);
  return {
    enrolmentKey: resolved.enrolmentKey,
    codeKey: resolved.codeKey,
    personKey: resolved.personKey,
    student: recordOf(resolved),
    batchId: batch.id,
    alreadyMine,
  };
}

/**
 * Who comes again after the deadline, or is not on the list of the batch that is open by now, is led to the own
 * submission, or to the one that a station holds, instead of being refused.
 */
async function chooseBatchFor(
  resolved: ResolvedStudent,
  batches: readonly Batch[],
  own: readonly BoundPlace[],
  call: Call,
): Promise<Batch> {
  try {
    const batch = chooseBatch(batches, own, resolved, call.now);
    // Asked here so that who is not listed reads it at once; binding asks again, because lists change.
    if (!isAmong(own, batch)) await requireOnRoster(batch, resolved.studentNumber);
    return batch;
  } catch (error) {
    const mine = own.map(({ batch }) => batch);
    const [latest] = mine.sort((one, other) => other.closesAt.localeCompare(one.closesAt));
    if (latest && isDomainError(error)) return latest;
    throw error;
  }
}

const isAmong = (own: readonly BoundPlace[], { id }: Batch): boolean =>
  own.some(({ batch }) => batch.id === id);

export function recordOf(resolved: ResolvedStudent): StudentRecord {
  return {
    schoolCode: resolved.schoolCode,
    studentNumber: resolved.studentNumber,
    maskedName: resolved.maskedName,
    level: resolved.level,
    year: resolved.year,
    studyForm: resolved.studyForm ?? null,
    duration: resolved.duration ?? null,
  };
}

async function keepResolution(
  call: Call,
  code: CodeSource,
  known: KnownRequest | null,
  placed: PlacedStudent,
): Promise<ResolutionId> {
  const { resolutionId } = await oncePerRequest(known, async (scope) => {
    const _id = newId() as ResolutionId;
    const expiresAt = secondsAfter(call.now, RESOLUTION_SECONDS);
    const document: ResolutionDocument = { _id, openid: call.openid, ...placed, expiresAt };
    await scope.collection<ResolutionDocument>('resolutions').insert(document);
    if (code.kind === 'picture') {
      await scope.collection<UploadTicketDocument>('uploads').update(code.uploadId, { usedAt: call.now });
    }
    return { kind: 'done', receipt: { resolutionId: _id } };
  });
  return resolutionId;
}

async function viewOfResolution(id: ResolutionId, call: Call): Promise<Resolution> {
  const resolution = await collection<ResolutionDocument>('resolutions').get(id);
  if (resolution?.openid !== call.openid) throw new DomainError('NOT_FOUND');
  const { student, batchId, alreadyMine, expiresAt } = resolution;
  const batch = await batchById(batchId);
  return {
    id,
    student: toStudentView(student, batch),
    batch: toPublicBatch(batch),
    alreadyMine,
    expiresAt,
  };
}
