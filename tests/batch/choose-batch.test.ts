import { chooseBatch, requireOpen } from '../../cloudfunctions/batch/choose-batch';
import { toBatch, toPublicBatch } from '../../cloudfunctions/batch/batch-document';
import { type Batch } from '../../miniprogram/shared/batch/batch';
import { type BatchId, type Instant } from '../../miniprogram/shared/identity/ids';
import { aBatch, daysFromNow } from '../support/batch-builder';
import { DomainError } from '../../miniprogram/shared/errors';
import { refusalOf } from '../support/refusal';

const NOW = new Date().toISOString() as Instant;
const student = { level: '专升本', year: '2021' };
const of = (id: string, changes: Partial<Batch> = {}) => aBatch({ id: id as BatchId, ...changes });

const open = of('open');
const closingLater = of('closing later', { closesAt: daysFromNow(20) });
const over = of('over', { opensAt: daysFromNow(-50), closesAt: daysFromNow(-20) });
const soon = of('soon', { opensAt: daysFromNow(5), closesAt: daysFromNow(30) });
const forOthers = of('for others', { cohorts: [{ year: '2019' }] });

test.each<[string, Batch[], string]>([
  ['the open one', [over, open, soon], 'open'],
  ['of two open ones the one that closes first', [open, closingLater], 'open'],
  ['not one for other cohorts', [forOthers, closingLater], 'closing later'],
])('a student is placed in %s', (_, batches, expected) => {
  expect(chooseBatch(batches, student, NOW).id).toBe(expected);
});

test.each<[string, Batch[], string]>([
  ['the school has no batch here', [], 'CODE_OTHER_BATCH'],
  ['all batches are for others', [forOthers], 'COHORT_NOT_ELIGIBLE'],
  ['the batch is over', [over], 'BATCH_CLOSED'],
  ['the batch opens later, which matters more than that one is over', [over, soon], 'BATCH_NOT_OPEN'],
])('refused because %s', async (_, batches, code) => {
  expect(await refusalOf(() => chooseBatch(batches, student, NOW))).toBe(code);
});

test.each([
  ['opensAt', soon, { opensAt: soon.opensAt }],
  ['closedAt', over, { closedAt: over.closesAt }],
])('a refusal by time says the time: %s', (_, batch, details) => {
  const refusal = () => {
    requireOpen(batch, NOW);
  };
  expect(refusal).toThrow(DomainError);
  try {
    refusal();
  } catch (error) {
    expect(error).toMatchObject({ details });
  }
});

test('only what the contract names is published of a batch', () => {
  const { id: _id, ...fields } = open;
  const stored = { _id, schoolId: 'a school', internalRemark: 'not for students', ...fields };
  expect(Object.keys(toPublicBatch(toBatch(stored))).sort()).toEqual(
    [
      'attemptLimit',
      'closesAt',
      'cohorts',
      'graduationDate',
      'id',
      'notice',
      'opensAt',
      'photoSettings',
      'schoolName',
      'telephone',
      'title',
    ].sort(),
  );
});
