/** Review: one photo at a time, decided with a reason, taken back within the minute. */
import { STAFF_REVIEW_WORDS } from '../../miniprogram/copy/operator-review-words';
import { type PhotoId, type SubmissionId } from '../../miniprogram/shared/identity/ids';
import { aQueue, aReviewItem, BATCH_ID } from '../support/staff-view-builder';
import { aPhotoView, at, NOON } from '../support/view-builder';
import { Refusal, later } from './support/open-page';
import { closeStaffPage, openStaffPage, type StaffPage } from './support/open-staff-page';

let page: StaffPage;
const open = async (...given: Parameters<typeof openStaffPage>) => {
  page = await openStaffPage(...given);
};

afterEach(closeStaffPage);

describe('review', () => {
  const answers = { 'operator.takeReview': { item: aReviewItem() }, 'operator.reviewQueue': aQueue() };

  it('shows original and result, values and ticks', async () => {
    await open('review', answers);
    expect(page.data).toMatchObject({ hasItem: true, waiting: '还有 12 张等待审核' });
    expect(page.data['pictures']).toHaveLength(2);
    expect(page.data['ticks']).toHaveLength(6);
    expect((page.data['lines'] as { id: string; tone: string }[])[0]).toMatchObject({
      id: 'ears-visible',
      tone: 'warn',
    });
  });

  it('begins with the student whom the address names, also by another try, and goes on in the queue', async () => {
    const taken = [new Refusal('TEMPORARILY_UNAVAILABLE'), { item: aReviewItem() }, { item: null }];
    const decided = { 'operator.decideReview': { state: 'accepted', undoUntil: NOON } };
    const named = { ...answers, ...decided, 'operator.takeReview': () => taken.shift() };
    await open('review', named, {}, { student: '2021001' });
    await page.fire('onRetry');
    await page.fire('onAccept');
    const wanted = { batchId: BATCH_ID, studentNumber: '2021001' };
    expect(page.called('operator.takeReview')).toEqual([wanted, wanted, { batchId: BATCH_ID }]);
  });

  it('says where the named student’s photo does not wait, and takes nobody else’s instead', async () => {
    const refusal = new Refusal('SUBMISSION_STATE', { state: 'accepted', event: 'take-review' });
    await open('review', { ...answers, 'operator.takeReview': refusal }, {}, { student: '2021001' });
    expect(page.data).toMatchObject({ hasItem: false, failure: { title: '这位学生没有等审核的照片' } });
    expect(page.called('operator.takeReview')).toHaveLength(1);
  });

  it('accepts and takes the next one', async () => {
    await open('review', { ...answers, 'operator.decideReview': { state: 'accepted', undoUntil: NOON } });
    await page.fire('onAccept');
    expect(page.called('operator.decideReview')).toEqual([
      { submissionId: 'submission-1', photoId: 'photo-1', decision: { kind: 'accept' } },
    ]);
    expect(page.called('operator.takeReview')).toHaveLength(2);
  });

  it('rejects with reasons; "other" needs a sentence', async () => {
    await open('review', { ...answers, 'operator.decideReview': { state: 'rejected', undoUntil: NOON } });
    await page.fire('onReject');
    await page.fire('onSendRejection');
    expect(page.data['missing']).toBe('请选 1 到 4 项原因');
    await page.fire('onReason', { dataset: { id: 'light' } });
    await page.fire('onReason', { dataset: { id: 'other' } });
    await page.fire('onSendRejection');
    expect(page.data['missing']).toMatch(/写一句话/);
    expect(page.called('operator.decideReview')).toEqual([]);
    await page.fire('onRemark', { detail: { value: ' 请把刘海别到一边 ' } });
    await page.fire('onSendRejection');
    expect(page.called('operator.decideReview')).toMatchObject([
      { decision: { kind: 'reject', reasons: ['light', 'other'], remark: '请把刘海别到一边' } },
    ]);
  });

  it('sends a rejection that did not arrive again: the same one, with everything that was written', async () => {
    const decisions = [new Refusal('TEMPORARILY_UNAVAILABLE'), { state: 'rejected', undoUntil: NOON }];
    await open('review', { ...answers, 'operator.decideReview': () => decisions.shift() });
    await page.fire('onReject');
    await page.fire('onReason', { dataset: { id: 'light' } });
    await page.fire('onRemark', { detail: { value: '请面向窗户' } });
    await page.fire('onSendRejection');
    expect(page.data).toMatchObject({ rejecting: true, remark: '请面向窗户', failure: { canRetry: true } });
    await page.fire('onRetry');
    const sent = page.calls.filter(({ action }) => action === 'operator.decideReview');
    expect(sent.map(({ payload }) => payload)).toEqual([sent[0]!.payload, sent[0]!.payload]);
    // The first one may have arrived and only its answer been lost: the cloud then answers it again.
    expect(sent[1]!.requestKey).toBe(sent[0]!.requestKey);
    expect(page.data).toMatchObject({ rejecting: false, failure: null });
  });

  it('an accepting that did not arrive is the same one when its button is tapped again, until it is taken back', async () => {
    const trouble = new Refusal('TEMPORARILY_UNAVAILABLE');
    const done = { state: 'accepted', undoUntil: NOON };
    const decisions = [trouble, done, trouble];
    const undoable = [
      { submissionId: 'submission-1', decision: 'accepted', until: at('2099-01-01T00:00:00.000Z') },
    ];
    await open('review', {
      ...answers,
      'operator.reviewQueue': { ...aQueue(), undoable },
      'operator.decideReview': () => decisions.shift() ?? done,
      'operator.undoReview': { state: 'confirmed' },
    });
    for (const tap of ['onAccept', 'onAccept', 'onAccept', 'onUndo', 'onAccept']) await page.fire(tap);
    const [lost, again, next, afterUndo] = page.keysOf('operator.decideReview');
    expect(again).toBe(lost);
    expect(new Set([lost, next, afterUndo]).size).toBe(3);
  });

  it('accepts again what was stopped: the same photo, not another one', async () => {
    const decisions = [new Refusal('TEMPORARILY_UNAVAILABLE'), { state: 'accepted', undoUntil: NOON }];
    await open('review', { ...answers, 'operator.decideReview': () => decisions.shift() });
    await page.fire('onAccept');
    await page.fire('onRetry');
    expect(page.called('operator.decideReview')).toHaveLength(2);
    expect(page.called('operator.takeReview')).toHaveLength(2);
    expect(page.data['failure']).toBeNull();
  });

  it('what is written anew after a failure is sent by its own button, never the old by another try', async () => {
    await open('review', { ...answers, 'operator.decideReview': new Refusal('TEMPORARILY_UNAVAILABLE') });
    await page.fire('onReject');
    await page.fire('onReason', { dataset: { id: 'light' } });
    await page.fire('onSendRejection');
    await page.fire('onRemark', { detail: { value: '请面向窗户' } });
    expect(page.data['failure']).toBeNull();
  });

  it('never sends a rejection again that arrived: another try takes the next photo', async () => {
    const taken = [
      { item: aReviewItem() },
      new Refusal('TEMPORARILY_UNAVAILABLE'),
      { item: aReviewItem({ photo: aPhotoView({ id: 'photo-2' as PhotoId }) }) },
    ];
    await open('review', {
      ...answers,
      'operator.takeReview': () => taken.shift(),
      'operator.decideReview': { state: 'rejected', undoUntil: NOON },
    });
    await page.fire('onReject');
    await page.fire('onReason', { dataset: { id: 'light' } });
    await page.fire('onSendRejection');
    expect(page.data).toMatchObject({ rejecting: false, hasItem: false, failure: { canRetry: true } });
    await page.fire('onRetry');
    expect(page.called('operator.decideReview')).toHaveLength(1);
    expect(page.data).toMatchObject({ hasItem: true, rejecting: false, failure: null });
  });

  it('decides on the next photo under a key of its own', async () => {
    await open('review', { ...answers, 'operator.decideReview': { state: 'accepted', undoUntil: NOON } });
    await page.fire('onAccept');
    await page.fire('onAccept');
    const keys = page.calls
      .filter(({ action }) => action === 'operator.decideReview')
      .map(({ requestKey }) => requestKey);
    expect(new Set(keys).size).toBe(2);
  });

  it('another try outside a rejection takes a photo again', async () => {
    const taken = [new Refusal('TEMPORARILY_UNAVAILABLE'), { item: aReviewItem() }];
    await open('review', { ...answers, 'operator.takeReview': () => taken.shift() });
    expect(page.data).toMatchObject({ hasItem: false, failure: { canRetry: true } });
    await page.fire('onRetry');
    expect(page.data).toMatchObject({ hasItem: true, failure: null });
  });

  describe('what is left for later', () => {
    const decided = { 'operator.decideReview': { state: 'accepted', undoUntil: NOON, closesAt: NOON } };
    const photo = (name: string) => ({ item: aReviewItem({ submissionId: name as SubmissionId }) });
    /** The photos one after the other, then the end of the queue. */
    const openWith = async (...names: readonly string[]) => {
      const taken = names.map(photo);
      await open('review', {
        ...answers,
        ...decided,
        'operator.takeReview': () => taken.shift() ?? { item: null },
        'operator.reviewQueue': aQueue({ waiting: 3, lent: 1 }),
      });
    };
    const asked = () => page.called('operator.takeReview');

    it('does not come straight back: the queue goes on behind it, after a decision too', async () => {
      await openWith('one', 'two', 'three', 'four');
      await page.fire('onSkip');
      await page.fire('onSkip');
      await page.fire('onAccept');
      const request = { batchId: BATCH_ID };
      expect(asked()).toEqual([
        request,
        { ...request, skip: 'one' },
        { ...request, skip: 'two' },
        { ...request, skip: 'two' },
      ]);
    });

    it('is said at the end of the queue and comes again from the start', async () => {
      await openWith('one', 'two');
      await page.fire('onSkip');
      await page.fire('onSkip');
      expect(page.data).toMatchObject({
        empty: { title: '后面没有了', next: '前面还有 2 张没审，可以从头再看一遍。' },
        again: '从头再看',
      });
      await page.fire('onAgain');
      expect(asked().at(-1)).toEqual({ batchId: BATCH_ID });
      expect(page.data).toMatchObject({
        empty: { title: STAFF_REVIEW_WORDS.lentTitle },
        again: STAFF_REVIEW_WORDS.again,
      });
    });

    it('keeps its place when the next photo did not arrive', async () => {
      const taken = [photo('one'), new Refusal('TEMPORARILY_UNAVAILABLE'), photo('two')];
      await open('review', { ...answers, 'operator.takeReview': () => taken.shift() });
      await page.fire('onSkip');
      await page.fire('onRetry');
      expect(asked().slice(1)).toEqual(Array(2).fill({ batchId: BATCH_ID, skip: 'one' }));
    });
  });

  it('shows the newer photo, and says so, where the student has changed it meanwhile', async () => {
    const newer = aReviewItem({ photo: aPhotoView({ id: 'photo-2' as PhotoId, ticks: [] }) });
    const taken = [{ item: aReviewItem() }, { item: newer }];
    await open('review', {
      ...answers,
      'operator.takeReview': () => taken.shift(),
      'operator.decideReview': new Refusal('PHOTO_SUPERSEDED'),
    });
    await page.fire('onAccept');
    expect(page.data).toMatchObject({
      ticks: [],
      failure: { title: '后来又拍了新的照片', next: STAFF_REVIEW_WORDS.superseded },
    });
  });

  it.each([
    ['taken it back', 'SUBMISSION_STATE', { state: 'withdrawn' }, '学生刚刚撤回了这张照片'],
    ['taken it back and begun again', 'SUBMISSION_STATE', { state: 'developed' }, '学生刚刚撤回了这张照片'],
    ['deleted it', 'NOT_FOUND', {}, '学生刚刚删除了这张照片'],
    ['had it decided on by another', 'SUBMISSION_STATE', { state: 'accepted' }, '另一位老师已经审过这张照片'],
  ] as const)(
    'goes on to the next photo, and says so, where the student has %s',
    async (_, code, details, title) => {
      for (const event of ['accept', 'reject'] as const) {
        const taken = [
          { item: aReviewItem() },
          { item: aReviewItem({ submissionId: 'next' as SubmissionId }) },
        ];
        await open('review', {
          ...answers,
          'operator.takeReview': () => taken.shift(),
          'operator.decideReview': new Refusal(code, { ...details, event }),
        });
        await page.fire('onReject');
        await page.fire('onReason', { dataset: { id: 'light' } });
        await page.fire(event === 'accept' ? 'onAccept' : 'onSendRejection');
        expect(page.called('operator.takeReview')).toHaveLength(2);
        expect(page.data).toMatchObject({
          hasItem: true,
          rejecting: false,
          failure: { title, next: '刚才的决定没有保存，请接着审下一张。' },
        });
        page.close();
      }
    },
  );

  it.each([
    ['developed', '学生已经接着往下做了'],
    ['exported', '请用“退回已通过的照片”'],
  ])('a decision that is %s meanwhile stays, and so does the photo on the screen', async (state, next) => {
    const until = new Date(Date.parse(NOON) + 40_000).toISOString();
    const undoable = [{ submissionId: 'submission-0', decision: 'accepted', until }];
    await open('review', {
      ...answers,
      'operator.reviewQueue': { ...aQueue(), undoable },
      'operator.undoReview': new Refusal('SUBMISSION_STATE', { state, event: 'undo-review' }),
    });
    await page.fire('onUndo');
    expect(page.called('operator.takeReview')).toHaveLength(1);
    expect(page.data).toMatchObject({
      hasItem: true,
      failure: { title: '已经不能撤销', next: expect.stringContaining(next) as string },
    });
  });

  it('offers to take a decision back while there is time, and no longer', async () => {
    const undoable = (seconds: number) => [
      {
        submissionId: 'submission-0',
        decision: 'accepted',
        until: new Date(Date.parse(NOON) + seconds * 1000).toISOString(),
      },
    ];
    await open('review', {
      ...answers,
      'operator.reviewQueue': { ...aQueue(), undoable: undoable(40) },
      'operator.undoReview': { state: 'confirmed' },
    });
    expect(page.data['undoButton']).toMatch(/^撤销（(39|40) 秒内）$/);
    // Not while a rejection is being written: the next photo would take its place.
    await page.fire('onReject');
    expect(page.data['undoButton']).toBe('');
    await page.fire('onCancelReject');
    await page.fire('onUndo');
    expect(page.called('operator.undoReview')).toEqual([{ submissionId: 'submission-0' }]);
    page.close();
    await open('review', { ...answers, 'operator.reviewQueue': { ...aQueue(), undoable: undoable(-1) } });
    expect(page.data['undoButton']).toBe('');
  });

  it.each([
    ['accepted', '刚才通过了一张', '已撤销，照片回到待审核'],
    ['rejected', '刚才驳回了一张', '已撤销，照片回到待审核'],
    ['returned', '刚才退回了一张', '已撤销退回，照片仍算通过'],
  ])('says what is taken back, and what that means: %s', async (decision, offer, undone) => {
    const undoable = [{ submissionId: 'submission-0', decision, until: at('2099-01-01T00:00:00.000Z') }];
    const said: string[] = [];
    await open(
      'review',
      {
        ...answers,
        'operator.reviewQueue': { ...aQueue(), undoable },
        'operator.undoReview': { state: 'confirmed' },
      },
      { showToast: ({ title }: { title: string }) => said.push(title) },
    );
    expect(page.data['undoText']).toBe(offer);
    await page.fire('onUndo');
    expect(said).toEqual([undone]);
  });

  it('keeps the photo on the screen when the decision did not arrive', async () => {
    await open('review', { ...answers, 'operator.decideReview': new Refusal('REVIEW_LENT_TO_OTHER') });
    await page.fire('onAccept');
    expect(page.data).toMatchObject({ hasItem: true, deciding: false });
    expect((page.data['failure'] as { next: string }).next).toContain('下一张');
  });

  it('gives the photo back when the page is left', async () => {
    await open('review', { ...answers, 'operator.releaseReview': { released: true } });
    page.close();
    expect(page.called('operator.releaseReview')).toEqual([{ submissionId: 'submission-1' }]);
  });

  describe('left while an answer is on its way', () => {
    const released = { 'operator.releaseReview': { released: true } };

    it('takes no other photo for nobody after a decision', async () => {
      const decided = later();
      await open('review', { ...answers, ...released, 'operator.decideReview': () => decided.answer });
      const accepting = page.fire('onAccept');
      await page.fire('onUnload');
      decided.comes({ state: 'accepted', undoUntil: NOON });
      await accepting;
      expect(page.called('operator.takeReview')).toHaveLength(1);
      expect(page.called('operator.releaseReview')).toHaveLength(1);
    });

    it('gives back the photo that comes then', async () => {
      const taken = later();
      const photos: unknown[] = [{ item: null }, taken.answer];
      await open('review', { ...answers, ...released, 'operator.takeReview': () => photos.shift() });
      const taking = page.fire('onAgain');
      await page.fire('onUnload');
      taken.comes({ item: aReviewItem() });
      await taking;
      expect(page.called('operator.releaseReview')).toEqual([{ submissionId: 'submission-1' }]);
    });
  });

  it('warns before a rejection that the student can no longer answer', async () => {
    const late = aReviewItem({ closesAt: at('2020-01-01T00:00:00.000Z') });
    await open('review', { ...answers, 'operator.takeReview': { item: late } });
    await page.fire('onReject');
    expect(page.data).toMatchObject({ rejecting: true, over: true });
    page.close();
    await open('review', answers);
    await page.fire('onReject');
    expect(page.data).toMatchObject({ over: false });
  });

  it('opens the form of a rejection, and what was below it, from their beginning', async () => {
    const scrolled: unknown[] = [];
    const pageScrollTo = ({ scrollTop }: { scrollTop?: number }) => scrolled.push(scrollTop);
    await open('review', answers, { pageScrollTo });
    await page.fire('onReject');
    expect(scrolled).toEqual([0]);
    await page.fire('onCancelReject');
    expect(scrolled).toEqual([0, 0]);
  });
});
