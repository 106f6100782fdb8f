/** Releasing a binding: whose, after one question that says what goes, and what the student does next. */
import { succeeding } from '../support/fake-wx';
import { anOperatorBatch, BATCH_ID } from '../support/staff-view-builder';
import { at } from '../support/view-builder';
import { Refusal } from './support/open-page';
import { closeStaffPage, openStaffPage, type StaffPage } from './support/open-staff-page';

const RELEASED = { submissionRemoved: true };

const pageScrollTo = jest.fn();

let page: StaffPage;
const open = async (answer: unknown, confirm = true, batch = anOperatorBatch(), query = {}) => {
  const showModal = jest.fn(succeeding({ confirm }));
  const answers = { 'operator.batch': batch, 'operator.releaseBinding': answer };
  page = await openStaffPage('release', answers, { showModal, pageScrollTo }, query);
  return showModal;
};
const write = (value: string) => page.fire('onNumber', { detail: { value } });

afterEach(() => {
  closeStaffPage();
  pageScrollTo.mockClear();
});

it('asks for the number, then whether it is the student, then says what the student does', async () => {
  const showModal = await open(RELEASED);
  await page.fire('onSend');
  expect(page.data['missing']).toBe('请写学号');
  await write(' 2021001 ');
  await page.fire('onSend');
  expect(showModal).toHaveBeenCalledTimes(1);
  expect(showModal).toHaveBeenCalledWith(
    expect.objectContaining({
      title: '已经核对是本人？',
      content: expect.stringMatching(/2021001.*照片会删除/) as string,
    }),
  );
  expect(page.called('operator.releaseBinding')).toEqual([{ batchId: BATCH_ID, studentNumber: '2021001' }]);
  expect(page.data).toMatchObject({ done: '学号 2021001 已解除绑定', studentNumber: '', missing: '' });
  expect(pageScrollTo).toHaveBeenCalledWith(expect.objectContaining({ scrollTop: 0 }));
});

it('releases nothing when the question is answered with 先不', async () => {
  await open(RELEASED, false);
  await write('2021001');
  await page.fire('onSend');
  expect(page.called('operator.releaseBinding')).toEqual([]);
  expect(page.data).toMatchObject({ studentNumber: '2021001', done: '' });
});

it('releases once, also when the answer was lost and the button is tapped again', async () => {
  const answers = [new Refusal('TEMPORARILY_UNAVAILABLE'), RELEASED];
  await open(() => answers.shift());
  await write('2021001');
  await page.fire('onSend');
  await page.fire('onSend');
  const [lost, again] = page.keysOf('operator.releaseBinding');
  expect(again).toBe(lost);
  expect(page.data).toMatchObject({ done: '学号 2021001 已解除绑定', failure: null });
});

it.each([
  ['NOT_FOUND', {}, '没有可以解除的绑定', /核对学号和批次.*站点代拍的，不用解除/],
  [
    'SUBMISSION_STATE',
    { state: 'confirmed' },
    '照片正在等审核，还不能解除',
    /“查一位学生”里写学号，点“审核这张照片”驳回/,
  ],
  [
    'SUBMISSION_STATE',
    { state: 'delivered' },
    '照片已经通过，不用解除',
    /^不解除也会照常报送。只有照片要重拍.*“退回已通过的照片”退回/,
  ],
] as const)('says of %s %j what to do first, and keeps the number', async (code, details, title, next) => {
  await open(new Refusal(code, { ...details, event: 'release' }));
  await write('2021001');
  await page.fire('onSend');
  expect(page.data).toMatchObject({
    studentNumber: '2021001',
    done: '',
    busy: false,
    failure: { title, next: expect.stringMatching(next) as string },
  });
});

it('warns where the student could no longer bind', async () => {
  await open(RELEASED, true, anOperatorBatch({ closesAt: at('2020-01-01T00:00:00.000Z') }));
  expect(page.data['over']).toBe(true);
});

it('knows the number of the student whom the address names', async () => {
  await open(RELEASED, true, anOperatorBatch(), { student: '2021%2F7' });
  expect(page.data['studentNumber']).toBe('2021/7');
  await page.fire('onSend');
  expect(page.called('operator.releaseBinding')).toEqual([{ batchId: BATCH_ID, studentNumber: '2021/7' }]);
});
