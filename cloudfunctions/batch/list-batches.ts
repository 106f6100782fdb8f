/** The staff's list of batches with how far each is, as far as the caller may see. */
import { type BatchDocument, toOperatorBatch } from './batch-document';
import { command } from '../platform/database';
import { listPage } from '../platform/list-page';
import { countsOfBatches } from '../progress/read-progress';
import { type Call } from '../requests/call';
import { type BatchesContract } from '../../miniprogram/shared/contract/operator/batches';
import { DomainError } from '../../miniprogram/shared/errors';
import { coversSchool, type Scope } from '../../miniprogram/shared/roles/scope';

/** A school has a handful a year, an operator of many schools hundreds. */
const PAGE = 100;

/** @throws DomainError NOT_FOUND for another school, INVALID_REQUEST {path} */
export async function listBatches(
  call: Call,
  scope: Scope,
  { schoolCode, cursor }: BatchesContract['batches']['request'],
): Promise<BatchesContract['batches']['data']> {
  if (schoolCode !== undefined && !coversSchool(scope, schoolCode)) throw new DomainError('NOT_FOUND');
  const schools = schoolCode === undefined ? scope.schools : [schoolCode];
  const { page, next } = await listPage<BatchDocument>(
    'batches',
    schools === 'all' ? {} : { schoolCode: command().in([...schools]) },
    { by: 'closesAt', limit: PAGE },
    cursor,
  );
  const counts = await countsOfBatches(page, scope);
  return {
    batches: page.map((document) => ({
      batch: toOperatorBatch(document),
      counts: counts(document._id),
    })),
    next,
    now: call.now,
  };
}
