/** Students whom a check keeps from going on: what may be softened for one of them, and what is said afterwards. */
import { type SubmissionId } from '../../miniprogram/shared/identity/ids';
import { aStuckSubmission } from '../support/staff-view-builder';
import { aFullVerdict, aPhotoView } from '../support/view-builder';
import { Refusal } from './support/open-page';
import { closeStaffPage, openStaffPage, type StaffPage } from './support/open-staff-page';

let page: StaffPage;
const open = async (...given: Parameters<typeof openStaffPage>) => {
  page = await openStaffPage(...given);
};

afterEach(closeStaffPage);

const SOFTENED = {
  'operator.stuckSubmissions': { submissions: [aStuckSubmission()], next: null },
  'operator.overrideChecks': { overrides: [] },
};

describe('students who are stuck', () => {
  it('softens only what may be softened, with a reason', async () => {
    await open('stuck', SOFTENED);
    await page.fire('onStudent', { dataset: { id: 'submission-1' } });
    expect((page.data['choices'] as { id: string }[]).map(({ id }) => id)).toEqual(['brows-visible']);
    expect(page.data['fixed']).toContain('头肩位置');
    await page.fire('onCheck', { dataset: { id: 'brows-visible' } });
    await page.fire('onSave');
    expect(page.data['missing']).toMatch(/原因/);
    await page.fire('onReason', { detail: { value: '天生眉毛稀疏' } });
    await page.fire('onSave');
    expect(page.called('operator.overrideChecks')).toEqual([
      { submissionId: 'submission-1', checks: ['brows-visible'], reason: '天生眉毛稀疏' },
    ]);
  });

  it('says what may still keep the student from another photo, until the next one is opened', async () => {
    const pageScrollTo = jest.fn();
    await open('stuck', SOFTENED, { pageScrollTo });
    expect(page.data['done']).toBe('');
    await page.fire('onStudent', { dataset: { id: 'submission-1' } });
    await page.fire('onCheck', { dataset: { id: 'brows-visible' } });
    await page.fire('onReason', { detail: { value: '天生眉毛稀疏' } });
    await page.fire('onSave');
    expect(page.data).toMatchObject({
      done: `学号 ${aStuckSubmission().student.studentNumber} 已放宽`,
      words: { doneNext: expect.stringMatching(/次数用完了也能拍。采集已经截止的，请先延期/) as string },
    });
    expect(pageScrollTo).toHaveBeenCalledWith(expect.objectContaining({ scrollTop: 0 }));
    await page.fire('onStudent', { dataset: { id: 'submission-1' } });
    expect(page.data['done']).toBe('');
  });

  it('says what helps where nothing may be softened, and asks for no reason', async () => {
    const photo = aPhotoView({ verdict: aFullVerdict({ framing: 'blocked' }) });
    const submissions = [aStuckSubmission({ photo })];
    await open('stuck', { 'operator.stuckSubmissions': { submissions, next: null } });
    await page.fire('onStudent', { dataset: { id: 'submission-1' } });
    expect(page.data['choices']).toEqual([]);
    expect(page.data['fixed']).toMatch(/头肩位置.*请约学生到现场，由采集单位拍/);
  });

  it('shows further students on demand, and all of them still when one was helped', async () => {
    const student = (id: string) => aStuckSubmission({ submissionId: id as SubmissionId });
    const pages: Record<string, unknown> = {
      first: { submissions: [student('a')], next: 'second' },
      // Its students' photos are gone.
      second: { submissions: [], next: 'third' },
      third: { submissions: [student('b')], next: null },
    };
    await open('stuck', {
      'operator.stuckSubmissions': (asked: unknown) =>
        pages[(asked as { cursor?: string }).cursor ?? 'first'],
      'operator.overrideChecks': { overrides: [] },
    });
    expect(page.data).toMatchObject({ students: [{ id: 'a' }], hasMore: true });
    await page.fire('onMore');
    await page.fire('onStudent', { dataset: { id: 'b' } });
    await page.fire('onCheck', { dataset: { id: 'brows-visible' } });
    await page.fire('onReason', { detail: { value: '天生眉毛稀疏' } });
    await page.fire('onSave');
    expect(page.called('operator.overrideChecks')).toMatchObject([{ submissionId: 'b' }]);
    const closed = { open: false };
    expect(page.data).toMatchObject({ students: [closed, closed], hasMore: false, busy: false });
  });

  it('keeps what was written for a student where softening did not arrive', async () => {
    const answer = new Refusal('TEMPORARILY_UNAVAILABLE');
    await open('stuck', {
      'operator.stuckSubmissions': { submissions: [aStuckSubmission()], next: null },
      'operator.overrideChecks': answer,
    });
    await page.fire('onStudent', { dataset: { id: 'submission-1' } });
    await page.fire('onCheck', { dataset: { id: 'brows-visible' } });
    await page.fire('onReason', { detail: { value: '天生眉毛稀疏' } });
    await page.fire('onSave');
    await page.fire('load');
    expect(page.data).toMatchObject({
      reason: '天生眉毛稀疏',
      choices: [{ id: 'brows-visible', checked: true }],
      failure: null,
    });
  });
});
