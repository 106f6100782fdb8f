/** Sending back an accepted photo: with a reason, after a question, once, and undone within the minute. */
import { succeeding } from '../support/fake-wx';
import { anOperatorBatch, aQueue, BATCH_ID } from '../support/staff-view-builder';
import { at, NOON } from '../support/view-builder';
import { Refusal } from './support/open-page';
import { closeStaffPage, openStaffPage, type StaffPage } from './support/open-staff-page';

let page: StaffPage;
const open = async (...given: Parameters<typeof openStaffPage>) => {
  page = await openStaffPage(...given);
};

afterEach(closeStaffPage);

describe('sending back', () => {
  it('sends an accepted photo back, with a reason and after a question', async () => {
    const showModal = succeeding({ confirm: true });
    const pageScrollTo = jest.fn();
    await open('return', { 'operator.returnPhoto': { state: 'rejected' } }, { showModal, pageScrollTo });
    await page.fire('onSend');
    expect(page.data['missing']).toBe('请写学号');
    await page.fire('onNumber', { detail: { value: ' 2021001 ' } });
    await page.fire('onReason', { dataset: { id: 'blurred' } });
    await page.fire('onRemark', { detail: { value: '学信网退回' } });
    await page.fire('onSend');
    expect(page.called('operator.returnPhoto')).toEqual([
      { batchId: BATCH_ID, studentNumber: '2021001', reasons: ['blurred'], remark: '学信网退回' },
    ]);
    expect(page.data).toMatchObject({ done: '学号 2021001 已退回', studentNumber: '', missing: '' });
    // The word that it is done stands at the page's top.
    expect(pageScrollTo).toHaveBeenCalledWith(expect.objectContaining({ scrollTop: 0 }));
  });

  it('knows the number of the student whom the address names', async () => {
    await open('return', {}, {}, { student: '2021001' });
    expect(page.data).toMatchObject({ studentNumber: '2021001', missing: '', failure: null });
  });

  describe('a photo that was sent back by mistake', () => {
    const undoable = [{ submissionId: 'submission-0', decision: 'returned', until: NOON }];
    const answers = {
      'operator.returnPhoto': { state: 'rejected' },
      'operator.reviewQueue': { ...aQueue(), undoable },
      'operator.undoReview': { state: 'delivered' },
    };
    const sentBack = async (changes: Parameters<typeof openStaffPage>[1] = {}) => {
      await open('return', { ...answers, ...changes }, { showModal: succeeding({ confirm: true }) });
      await page.fire('onNumber', { detail: { value: '2021001' } });
      await page.fire('onReason', { dataset: { id: 'blurred' } });
      await page.fire('onSend');
    };

    it('is taken back beside the word that it was sent', async () => {
      await sentBack();
      expect(page.data).toMatchObject({ done: '学号 2021001 已退回', canUndo: true });
      await page.fire('onUndo');
      expect(page.called('operator.undoReview')).toEqual([{ submissionId: 'submission-0' }]);
      expect(page.data).toMatchObject({ done: '', canUndo: false });
    });

    it('stays sent back where that comes too late, and it is said how to go on', async () => {
      await sentBack({ 'operator.undoReview': new Refusal('UNDO_TOO_LATE') });
      await page.fire('onUndo');
      expect(page.data).toMatchObject({ done: '学号 2021001 已退回', failure: { title: '已经不能撤销' } });
    });

    it.each([
      ['it is not known whether it can be', new Refusal('TEMPORARILY_UNAVAILABLE')],
      [
        'the cloud is older than this page',
        { ...aQueue(), undoable: [{ ...undoable[0], decision: 'rejected' }] },
      ],
    ])('is not offered to be taken back where %s', async (_, queue) => {
      await sentBack({ 'operator.reviewQueue': queue });
      expect(page.data).toMatchObject({ done: '学号 2021001 已退回', canUndo: false, failure: null });
    });
  });

  it('sends a photo back once, also when the answer was lost and 退回 is tapped again', async () => {
    const returned = [new Refusal('TEMPORARILY_UNAVAILABLE'), { state: 'rejected' }];
    const answer = { 'operator.returnPhoto': () => returned.shift() };
    await open('return', answer, { showModal: succeeding({ confirm: true }) });
    await page.fire('onNumber', { detail: { value: '2021001' } });
    await page.fire('onReason', { dataset: { id: 'blurred' } });
    await page.fire('onSend');
    await page.fire('onSend');
    const [lost, again] = page.keysOf('operator.returnPhoto');
    expect(again).toBe(lost);
    expect(page.data).toMatchObject({ done: '学号 2021001 已退回', failure: null });
  });

  it.each([
    ['NOT_FOUND', {}, '没有找到这个学号的照片', '请核对学号和批次。'],
    [
      'SUBMISSION_STATE',
      { state: 'confirmed' },
      '照片还在等审核',
      '请在“查一位学生”里写学号，点“审核这张照片”驳回。',
    ],
    ['SUBMISSION_STATE', { state: 'bound' }, '这位学生现在没有已通过的照片', '不用退回；请核对学号和批次。'],
    [
      'SUBMISSION_STATE',
      { state: 'rejected' },
      '这位学生现在没有已通过的照片',
      '不用退回；请核对学号和批次。',
    ],
  ] as const)('says of %s %j what to do, and keeps what was written', async (code, details, title, next) => {
    const late = anOperatorBatch({ closesAt: at('2020-01-01T00:00:00.000Z') });
    const refusal = new Refusal(code, { ...details, event: 'return' });
    const answer = { 'operator.batch': late, 'operator.returnPhoto': refusal };
    await open('return', answer, { showModal: succeeding({ confirm: true }) });
    expect(page.data['over']).toBe(true);
    await page.fire('onNumber', { detail: { value: '2021001' } });
    await page.fire('onReason', { dataset: { id: 'light' } });
    await page.fire('onSend');
    expect(page.data).toMatchObject({ studentNumber: '2021001', done: '', busy: false });
    expect(page.data['failure']).toMatchObject({ title, next });
  });
});
