/** The staff's list of batches with how far each is, as far as the caller may see. */
import { type BatchDocument, toOperatorBatch } from './batch-document';
import { collection, command } from '../platform/database';
import { countsOfBatches } from '../progress/read-progress';
import { type Call } from '../requests/call';
import { type BatchesContract } from '../../miniprogram/shared/contract/operator/batches';
import { DomainError } from '../../miniprogram/shared/errors';
import { coversSchool, type Scope } from '../../miniprogram/shared/roles/scope';

/** A school has a handful a year; an operator of many schools narrows the list by school. */
const SHOWN_AT_MOST = 100;

/** @throws DomainError NOT_FOUND for another school */
export async function listBatches(
  call: Call,
  scope: Scope,
  { schoolCode }: BatchesContract['batches']['request'],
): Promise<BatchesContract['batches']['data']> {
  if (schoolCode !== undefined && !coversSchool(scope, schoolCode)) throw new DomainError('NOT_FOUND');
  const schools = schoolCode === undefined ? scope.schools : [schoolCode];
  const documents = await collection<BatchDocument>('batches').find(
    schools === 'all' ? {} : { schoolCode: command().in([...schools]) },
    { limit: SHOWN_AT_MOST, sort: [['closesAt', 'desc']] },
  );
  const counts = await countsOfBatches(documents, scope);
  return {
    batches: documents.map((document) => ({
      batch: toOperatorBatch(document),
      counts: counts(document._id),
    })),
    now: call.now,
  };
}
