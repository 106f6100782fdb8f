/** The commands about one student, by the number that the student says on the telephone. */
import { withPhoto } from '../../support/accepted-builder';
import { openOperatorTerminal, type OperatorTerminal } from '../../support/operator-terminal';
import { storedMember } from '../../support/staff-builder';
import { type ReviewItem } from '../../../miniprogram/shared/contract/operator/review';

let terminal: OperatorTerminal;
beforeAll(async () => {
  terminal = await openOperatorTerminal();
});
afterAll(() => terminal.close());

test('where the student stands: state, photos, why another one was asked for', async () => {
  const batch = await terminal.aBatch('来电批次');
  const rejection = { reasons: ['light'], remark: '请面向窗户' } as const;
  await withPhoto({ ...batch }, '202399990001', 'rejected', { rejection });
  const said = await terminal.type('student', '来电批次', '202399990001');
  expect(said).toMatchObject({ code: 0, error: '' });
  expect(said.out).toMatch(/状态 +被驳回待重拍（.+ 起）/);
  expect(said.out).toMatch(/驳回或退回原因 +光线不合适；请面向窗户/);
  expect((await terminal.type('student', '来电批次', '7')).error).toMatch(
    /这个批次里没有这个学号（NOT_FOUND）\n请核对学号和批次/,
  );
});

describe('a photo in the middle of the queue', () => {
  const take = (...args: readonly string[]) => terminal.type('review', 'take', '排队批次', ...args);
  beforeAll(async () => {
    const batch = await terminal.aBatch('排队批次');
    for (const number of ['1', '2', '3']) await withPhoto({ ...batch }, number, 'confirmed');
  });

  test('is taken by the student’s number', async () => {
    const { item } = await terminal.json<{ item: ReviewItem }>(
      'review',
      'take',
      '排队批次',
      '--student',
      '2',
    );
    expect(item.student.studentNumber).toBe('2');
  });

  test('is not taken from another reviewer, and where none waits it is said so', async () => {
    const { openid } = await storedMember({ role: 'school', schoolCode: '99999' });
    const asked = await terminal.typeAs(openid, 'review', 'take', '排队批次', '--student', '2');
    expect(asked.error).toContain('另一位老师正在审这张照片（REVIEW_LENT_TO_OTHER）');
    expect((await take('--student', '7')).error).toContain('这个批次里没有这个学号');
    expect((await take('--student', '1', '--skip', 'x')).error).toContain('只写一个');
  });
});

describe('what was done to one student', () => {
  const about = (...args: readonly string[]) => terminal.type('audit', ...args);
  beforeAll(async () => {
    const batch = await terminal.aBatch('记录批次');
    const { _id, confirmedPhotoId } = await withPhoto({ ...batch }, '202399990001', 'confirmed');
    await withPhoto({ ...batch }, '202399990002', 'confirmed');
    await terminal.type('review', 'accept', _id, confirmedPhotoId!);
  });

  test('is found by the student number in a batch', async () => {
    const said = await about('--batch', '记录批次', '--student', '202399990001');
    expect(said).toMatchObject({ code: 0, error: '' });
    expect(said.out).toMatch(/审核通过 +我/);
    expect(said.out).not.toContain('202399990001');
  });

  test.each([
    ['an unknown id', ['--about', '202399990001'], '没有和“202399990001”有关的操作记录，请核对编号'],
    ['a student without deeds', ['--batch', '记录批次', '--student', '202399990002'], '没有更多的操作记录'],
    ['an unknown student', ['--batch', '记录批次', '--student', '7'], '这个批次里没有这个学号（NOT_FOUND）'],
    ['no batch', ['--student', '202399990001'], '少了 --batch'],
    ['no student', ['--batch', '记录批次'], '少了 --student'],
    ['an id and a student', ['--about', 'x', '--batch', '记录批次', '--student', '7'], '只写一个'],
  ])('%s is said', async (_name, args, words) => {
    const { out, error } = await about(...args);
    expect(out + error).toContain(words);
  });
});
