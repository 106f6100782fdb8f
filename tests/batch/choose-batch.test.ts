import { chooseBatch, type OwnPlace, requireOpen } from '../../cloudfunctions/batch/choose-batch';
import { toBatch, toPublicBatch } from '../../cloudfunctions/batch/batch-document';
import { type Batch } from '../../miniprogram/shared/batch/batch';
import { type BatchId, type Instant, type PhotoId } from '../../miniprogram/shared/identity/ids';
import {
  CONFIRMED_STATES,
  type SubmissionState,
} from '../../miniprogram/shared/submission/submission-machine';
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
const listed = of('listed', { rosterRequired: true });
const nextYear = of('next year', { graduationDate: '2028-06-30', closesAt: daysFromNow(40) });
const forOthers = of('for others', { cohorts: [{ year: '2019' }] });

test.each<[string, Batch[], string]>([
  ['the open one', [over, open, soon], 'open'],
  ['of two open ones the one that closes first', [open, closingLater], 'open'],
  ['not one for other cohorts', [forOthers, closingLater], 'closing later'],
])('a student is placed in %s', (_, batches, expected) => {
  expect(chooseBatch(batches, [], student, NOW).id).toBe(expected);
});

const A_PICTURE = 'photo' as PhotoId;

/** A submission of the student in this batch. */
const place = (
  batch: Batch,
  state: SubmissionState,
  changes: Partial<OwnPlace['submission']> = {},
): OwnPlace => ({
  batch,
  submission: {
    state,
    attempts: 1,
    rejection: state === 'rejected' ? { reasons: ['light'], remark: '' } : null,
    overrides: [],
    developedPhotoId: state === 'developed' || CONFIRMED_STATES.includes(state) ? A_PICTURE : null,
    updatedAt: NOW,
    ...changes,
  },
});
const limited = of('limited', { attemptLimit: 3, closesAt: daysFromNow(20) });
const used = { attempts: 3 };
const earlier = { updatedAt: daysFromNow(-1) };

describe('who has a submission already', () => {
  test.each<[string, Batch[], OwnPlace[], string]>([
    [
      'stays in it while another one closes first',
      [open, closingLater],
      [place(closingLater, 'bound')],
      'closing later',
    ],
    [
      'stays in it with a photo that was accepted',
      [open, closingLater],
      [place(closingLater, 'accepted')],
      'closing later',
    ],
    [
      'stays in it with one taken back, to begin again',
      [open, closingLater],
      [place(closingLater, 'withdrawn')],
      'closing later',
    ],
    ['goes on to the open one when it is over', [over, open], [place(over, 'shot')], 'open'],
    ...CONFIRMED_STATES.map((state): [string, Batch[], OwnPlace[], string] => [
      `stays where the photo is with one that is ${state}, whatever is opened for the same graduation`,
      [over, open, closingLater],
      [place(over, state)],
      'over',
    ]),
    [
      'goes on with a confirmed photo where a list says whose photo is wanted again',
      [over, listed],
      [place(over, 'accepted')],
      'listed',
    ],
    [
      'goes on with a confirmed photo to the next graduation',
      [over, open, nextYear],
      [place(over, 'delivered')],
      'next year',
    ],
    [
      'goes on when it is over and the photo was turned down',
      [over, open],
      [place(over, 'rejected')],
      'open',
    ],
    ['goes on when it has not opened yet', [open, soon], [place(soon, 'bound')], 'open'],
    [
      'goes on when it takes other cohorts now',
      [forOthers, closingLater],
      [place(forOthers, 'bound')],
      'closing later',
    ],
    [
      'goes on when its attempts are used up',
      [limited, of('later', { closesAt: daysFromNow(30) })],
      [place(limited, 'shot', used)],
      'later',
    ],
    [
      'stays in it with used attempts and a finished picture',
      [open, limited],
      [place(limited, 'developed', used)],
      'limited',
    ],
    [
      'stays in it with used attempts and a picture that was taken back: it can be confirmed again',
      [open, limited],
      [place(limited, 'withdrawn', { ...used, developedPhotoId: A_PICTURE })],
      'limited',
    ],
    [
      'stays in it with used attempts when another photo was asked for and the first one was blocked',
      [open, limited],
      [place(limited, 'shot', { ...used, rejection: { reasons: ['light'], remark: '' } })],
      'limited',
    ],
    [
      'stays in it with used attempts when another photo was asked for',
      [open, limited],
      [place(limited, 'rejected', used)],
      'limited',
    ],
    [
      'stays in it with used attempts where there is no other',
      [limited],
      [place(limited, 'shot', used)],
      'limited',
    ],
    [
      'in two open ones is led to the furthest',
      [open, closingLater],
      [place(open, 'bound'), place(closingLater, 'confirmed')],
      'closing later',
    ],
    [
      'in two that are as far to the one that changed last',
      [open, closingLater],
      [place(open, 'shot', earlier), place(closingLater, 'shot')],
      'closing later',
    ],
  ])('%s', (_, batches, own, expected) => {
    expect(chooseBatch(batches, own, student, NOW).id).toBe(expected);
    expect(chooseBatch(batches, [...own].reverse(), student, NOW).id).toBe(expected);
  });

  test('is refused like everybody where nothing is open', async () => {
    expect(await refusalOf(() => chooseBatch([over], [place(over, 'confirmed')], student, NOW))).toBe(
      'BATCH_CLOSED',
    );
  });
});

test.each([
  ['COHORT_NOT_ELIGIBLE', [forOthers]],
  ['BATCH_CLOSED', [over]],
  ['BATCH_NOT_OPEN', [soon]],
] as const)('%s says whom of the school to call', async (code, [batch]) => {
  const telephone = '021-5';
  const choose = () => Promise.resolve().then(() => chooseBatch([{ ...batch, telephone }], [], student, NOW));
  await expect(choose()).rejects.toMatchObject({ code, details: { telephone } });
});

test.each<[string, Batch[], string]>([
  ['the school has no batch here', [], 'CODE_OTHER_BATCH'],
  ['all batches are for others', [forOthers], 'COHORT_NOT_ELIGIBLE'],
  ['the batch is over', [over], 'BATCH_CLOSED'],
  ['the batch opens later, which matters more than that one is over', [over, soon], 'BATCH_NOT_OPEN'],
])('refused because %s', async (_, batches, code) => {
  expect(await refusalOf(() => chooseBatch(batches, [], student, NOW))).toBe(code);
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
