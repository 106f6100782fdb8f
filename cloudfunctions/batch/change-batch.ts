/**
 * Making and changing batches. Each change is one transaction on the revision that its author saw, so that two people
 * do not overwrite each other; the deadline moves only with a reason, which stays with the batch.
 */
import { type BatchDocument, toOperatorBatch } from './batch-document';
import { schoolByCode } from '../operator-access/schools-and-stations';
import { actorOf, appendAudit, type AuditedAction } from '../audit/append-audit';
import { newId } from '../identity/unguessable-id';
import { collection } from '../platform/database';
import { type Call } from '../requests/call';
import { knownRequest, oncePerRequest } from '../requests/once-per-request';
import { BATCH_LIMITS, isShortText, requireValidBatch } from '../../miniprogram/shared/batch/batch-rules';
import {
  type BatchesContract,
  type BatchFields,
  type OperatorBatch,
} from '../../miniprogram/shared/contract/operator/batches';
import { DomainError } from '../../miniprogram/shared/errors';
import { type BatchId } from '../../miniprogram/shared/identity/ids';

/** @throws DomainError INVALID_REQUEST {path}, NOT_FOUND for a school that does not exist */
export async function createBatch(call: Call, fields: BatchFields): Promise<OperatorBatch> {
  requireValidBatch(fields);
  const school = await schoolByCode(fields.schoolCode);
  if (school === null) throw new DomainError('NOT_FOUND');
  const { batchId } = await oncePerRequest(knownRequest(call, 'createBatch', fields), async (scope) => {
    const _id = newId() as BatchId;
    const batch: BatchDocument = {
      _id,
      schoolId: school._id,
      schoolName: school.name,
      ...fields,
      revision: 1,
      deadlineChanges: [],
      roster: null,
    };
    await scope.collection<BatchDocument>('batches').insert(batch);
    await appendAudit(scope, call, 'batch.create', _id, fields.schoolCode);
    return { kind: 'done', receipt: { batchId: _id } };
  });
  return readOperatorBatch(batchId);
}

/** @throws DomainError INVALID_REQUEST {path}, CONFLICT {reason: batch-changed} when somebody changed the batch meanwhile */
export async function updateBatch(
  call: Call,
  batch: BatchDocument,
  request: BatchesContract['updateBatch']['request'],
): Promise<OperatorBatch> {
  return changeBatch(call, batch._id, request, 'batch.update', () => request.changes);
}

/** @throws DomainError INVALID_REQUEST {path}, CONFLICT {reason: batch-changed} */
export async function changeDeadline(
  call: Call,
  batch: BatchDocument,
  request: BatchesContract['changeDeadline']['request'],
): Promise<OperatorBatch> {
  const { closesAt, reason } = request;
  if (!isShortText(reason, BATCH_LIMITS.reasonCharacters)) {
    throw new DomainError('INVALID_REQUEST', { path: 'reason' });
  }
  return changeBatch(call, batch._id, request, 'batch.change-deadline', (before) => ({
    closesAt,
    deadlineChanges: [
      ...before.deadlineChanges,
      { from: before.closesAt, to: closesAt, reason, at: call.now, by: actorOf(call.openid) },
    ],
  }));
}

type Editable = Partial<BatchFields & Pick<OperatorBatch, 'deadlineChanges'>>;

async function changeBatch(
  call: Call,
  batchId: BatchId,
  request: { readonly revision: number },
  action: AuditedAction,
  change: (before: OperatorBatch) => Editable,
): Promise<OperatorBatch> {
  await oncePerRequest(knownRequest(call, action, request), async (scope) => {
    const batches = scope.collection<BatchDocument>('batches');
    const stored = await batches.get(batchId);
    if (stored === null) throw new DomainError('NOT_FOUND');
    const before = toOperatorBatch(stored);
    if (before.revision !== request.revision) {
      throw new DomainError('CONFLICT', { reason: 'batch-changed' });
    }
    const changes = change(before);
    requireValidBatch({ ...before, ...changes });
    await batches.update(batchId, { ...changes, revision: before.revision + 1 });
    await appendAudit(scope, call, action, batchId, before.schoolCode);
    return { kind: 'done', receipt: {} };
  });
  return readOperatorBatch(batchId);
}

async function readOperatorBatch(id: BatchId): Promise<OperatorBatch> {
  const document = await collection<BatchDocument>('batches').get(id);
  if (document === null) throw new DomainError('NOT_FOUND');
  return toOperatorBatch(document);
}
