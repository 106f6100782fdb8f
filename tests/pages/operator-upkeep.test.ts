/** Upkeep: what tonight will delete, and who did what. */
import { succeeding } from '../support/fake-wx';
import { aRetentionReport } from '../support/staff-view-builder';
import { NOON } from '../support/view-builder';
import { closeStaffPage, openStaffPage, type StaffPage } from './support/open-staff-page';

let page: StaffPage;
const open = async (...given: Parameters<typeof openStaffPage>) => {
  page = await openStaffPage(...given);
};

afterEach(closeStaffPage);

describe('upkeep', () => {
  it('tells beforehand what will be deleted and deletes only after a yes', async () => {
    const answers = {
      'housekeeping.report': aRetentionReport(),
      'housekeeping.run': aRetentionReport({ dryRun: false }),
    };
    await open('upkeep', answers, { showModal: succeeding({ confirm: false }) });
    await page.fire('onReport');
    expect(page.data).toMatchObject({
      canRun: true,
      warning: { title: '保存的人数接近 10 万' },
      lines: [{ name: '截止后没有确认的照片', amount: '14 条记录，32 个文件' }, { batch: '' }],
    });
    await page.fire('onRun');
    expect(page.called('housekeeping.run')).toEqual([]);
  });

  it('says that something could not be deleted, and what to do if it stays so', async () => {
    await open('upkeep', {
      'housekeeping.report': aRetentionReport({ lines: [], complete: false, failed: 1 }),
    });
    await page.fire('onReport');
    expect(page.data).toMatchObject({
      nothing: false,
      left: expect.stringContaining('每天夜里会再试') as string,
    });
  });

  it('says that time ran out', async () => {
    await open('upkeep', { 'housekeeping.report': aRetentionReport({ complete: false }) });
    await page.fire('onReport');
    expect(page.data['left']).toBe('还没有删完，会接着删。');
  });

  it('shows a deed that it has no words for by its own name', async () => {
    const entry = { at: NOON, actor: 'abcdef123', isMe: false, subjectId: 's' };
    await open('upkeep', {
      'operator.audit': {
        entries: [
          { ...entry, action: 'submission.accept' },
          { ...entry, action: 'new.deed', isMe: true },
        ],
        next: null,
      },
    });
    await page.fire('onAudit');
    expect(page.data).toMatchObject({
      entries: [
        { what: '审核通过', who: '2027年1月10日 12:00 · abcdef' },
        { what: 'new.deed', who: '2027年1月10日 12:00 · 我' },
      ],
      hasMore: false,
    });
  });
});
