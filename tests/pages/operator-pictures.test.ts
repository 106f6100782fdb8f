/** Pictures on the staff's pages: never the face before beside the next student's data, and one that did not come is asked for. */
import { type SubmissionId } from '../../miniprogram/shared/identity/ids';
import { aQueue, aReviewItem, aStuckSubmission, BATCH_ID, LATER } from '../support/staff-view-builder';
import { NOON } from '../support/view-builder';
import { Refusal, later } from './support/open-page';
import { closeStaffPage, openStaffPage, type StaffPage } from './support/open-staff-page';

let page: StaffPage;
const open = async (...given: Parameters<typeof openStaffPage>) => {
  page = await openStaffPage(...given);
};
const answers = { 'operator.takeReview': { item: aReviewItem() }, 'operator.reviewQueue': aQueue() };

async function until(happened: () => boolean): Promise<void> {
  while (!happened()) await new Promise((resolve) => setTimeout(resolve, 5));
}

afterEach(closeStaffPage);

describe('while the next photo is on its way', () => {
  const undoable = [{ submissionId: 'submission-0', decision: 'accepted', until: LATER }];
  const superseded = { 'operator.decideReview': new Refusal('PHOTO_SUPERSEDED') };

  it.each([
    ['one is passed over', 'onSkip', {}],
    ['a decision is taken back', 'onUndo', { 'operator.undoReview': { state: 'confirmed' } }],
    ['the student has changed the photo', 'onAccept', superseded],
  ])('nothing of the one before stays: %s', async (_, handler, changes) => {
    const next = later();
    const taken: unknown[] = [{ item: aReviewItem() }, next.answer];
    await open('review', {
      ...answers,
      ...changes,
      'operator.reviewQueue': aQueue({ undoable: undoable as never }),
      'operator.takeReview': () => taken.shift(),
    });
    const going = page.fire(handler);
    await until(() => page.called('operator.takeReview').length === 2);
    expect(page.data).toMatchObject({ hasItem: false, pictures: [], facts: [], loading: true, empty: null });
    next.comes({ item: aReviewItem() });
    await going;
    expect(page.data).toMatchObject({ hasItem: true, loading: false });
  });

  it('the queue is not said to be at its end where it could not be asked', async () => {
    const taken = [{ item: aReviewItem() }, new Refusal('TEMPORARILY_UNAVAILABLE')];
    await open('review', { ...answers, 'operator.takeReview': () => taken.shift() });
    await page.fire('onSkip');
    expect(page.data).toMatchObject({ hasItem: false, empty: null, failure: { canRetry: true } });
  });
});

describe('a picture that did not come', () => {
  const renewedLink = { url: 'https://pictures.test/renewed.jpg', expiresAt: LATER };

  it('is asked for again with the photo that is lent, which stays on the screen meanwhile', async () => {
    const again = later();
    const taken: unknown[] = [{ item: aReviewItem() }, again.answer];
    await open('review', { ...answers, 'operator.takeReview': () => taken.shift() });
    const asking = page.fire('onPictureMissing');
    // A component that came anew would ask by itself again and again.
    expect(page.data).toMatchObject({ hasItem: true, held: true });
    again.comes({ item: aReviewItem({ originalLink: renewedLink }) });
    await asking;
    expect(page.data).toMatchObject({ pictures: [{ url: renewedLink.url }, {}], held: false });
    expect(page.called('operator.takeReview')).toEqual([{ batchId: BATCH_ID }, { batchId: BATCH_ID }]);
  });

  it('takes no other photo behind a decision on its way', async () => {
    const decided = later();
    await open('review', { ...answers, 'operator.decideReview': () => decided.answer });
    const accepting = page.fire('onAccept');
    await page.fire('onPictureMissing');
    expect(page.called('operator.takeReview')).toHaveLength(1);
    decided.comes({ state: 'accepted', undoUntil: NOON });
    await accepting;
  });

  it('takes no other photo under a rejection that is being written', async () => {
    await open('review', answers);
    await page.fire('onReject');
    await page.fire('onPictureMissing');
    expect(page.called('operator.takeReview')).toHaveLength(1);
  });

  it('is asked for with the list of those who are stuck, and nobody is lost from it', async () => {
    const student = (id: string, url: string) =>
      aStuckSubmission({ submissionId: id as SubmissionId, originalLink: { url, expiresAt: LATER } });
    const lists = [
      { submissions: [student('a', 'first'), student('b', 'first')], next: 'more' },
      { submissions: [student('b', 'renewed'), student('c', 'renewed')], next: 'other' },
      { submissions: [student('d', 'first')], next: null },
    ];
    await open('stuck', { 'operator.stuckSubmissions': () => lists.shift() });
    await page.fire('onStudent', { dataset: { id: 'b' } });
    await page.fire('onReason', { detail: { value: '天生眉毛稀疏' } });
    await page.fire('onPictureMissing');
    expect(page.data).toMatchObject({
      students: [{ id: 'a' }, { id: 'b', open: true }],
      pictures: [{ url: 'renewed' }],
      reason: '天生眉毛稀疏',
    });
    await page.fire('onMore');
    expect(page.called('operator.stuckSubmissions').at(-1)).toMatchObject({ cursor: 'more' });
    expect(page.data).toMatchObject({ students: [{ id: 'a' }, { id: 'b' }, { id: 'd' }] });
  });

  it('of one who is stuck does not stop further students on their way', async () => {
    const more = later();
    const first = { submissions: [aStuckSubmission()], next: 'more' };
    const lists: unknown[] = [first, more.answer, first];
    await open('stuck', { 'operator.stuckSubmissions': () => lists.shift() });
    const reading = page.fire('onMore');
    await page.fire('onPictureMissing');
    more.comes({ submissions: [aStuckSubmission({ submissionId: 'd' as SubmissionId })], next: null });
    await reading;
    expect(page.data).toMatchObject({ students: [{}, { id: 'd' }], hasMore: false });
  });
});
