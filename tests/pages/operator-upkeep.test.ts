/** Upkeep: what tonight will delete, and who did what. */
import { succeeding } from '../support/fake-wx';
import { aMember, aRetentionReport } from '../support/staff-view-builder';
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

  it.each([
    ['something could not be deleted, and what to do if it stays so', 'onRun', 1, '有的没有删掉'],
    ['time ran out before everything was deleted', 'onRun', 0, '还没有删完，会接着删。'],
    ['something could not be counted, and what to do if it stays so', 'onReport', 1, '有的没有数到'],
    ['a preview counted a part only, and nothing of having deleted', 'onReport', 0, '要删的比这里写的多'],
  ])('says that %s', async (_, press, failed, words) => {
    const report = { lines: [], complete: false, failed };
    const answers = {
      'housekeeping.report': aRetentionReport(report),
      'housekeeping.run': aRetentionReport({ ...report, dryRun: false }),
    };
    await open('upkeep', answers, { showModal: succeeding({ confirm: true }) });
    await page.fire(press);
    expect(page.data).toMatchObject({
      nothing: false,
      left: expect.stringContaining(words) as string,
    });
  });

  it('says who did what, a member by name; a deed that it has no words for by its own', async () => {
    const entry = { at: NOON, actor: 'abcdef123', isMe: false, subjectId: 's' };
    await open('upkeep', {
      'operator.members': { members: [aMember('school', { actor: 'actor-of-chen' })] },
      'operator.audit': {
        entries: [
          { ...entry, action: 'submission.accept' },
          { ...entry, action: 'binding.release', actor: 'actor-of-chen' },
          { ...entry, action: 'retention.run', actor: 'the-timer' },
          { ...entry, action: 'new.deed', isMe: true },
        ],
        next: null,
      },
    });
    await page.fire('onAudit');
    expect(page.data).toMatchObject({
      entries: [
        { what: '审核通过', who: '2027年1月10日 12:00 · 代号 abcdef' },
        { what: '解除绑定', who: '2027年1月10日 12:00 · 学籍科 陈老师' },
        { what: '到期清理', who: '2027年1月10日 12:00 · 到期自动' },
        { what: 'new.deed', who: '2027年1月10日 12:00 · 我' },
      ],
      hasMore: false,
    });
  });
});
