/** The list of batches, and where a batch leads. */
import { aBatchLine, aMe, anOperatorBatch, BATCH_ID, counts } from '../support/staff-view-builder';
import { type BatchId } from '../../miniprogram/shared/identity/ids';
import { NOON } from '../support/view-builder';
import { type CloudAnswers, type PageInTest, Refusal, later, openPage } from './support/open-page';

let page: PageInTest;
const open = async (name: string, answers: CloudAnswers, query: Record<string, string> = {}) => {
  page = await openPage(name, { folder: 'operator', answers, query });
};

afterEach(() => {
  page.close();
});

describe('batches', () => {
  it('shows each batch with what is missing; only an operator may create one', async () => {
    const answers = { 'operator.batches': { batches: [aBatchLine()], next: null, now: NOON } };
    await open('batches', { ...answers, 'operator.me': aMe('operator') });
    expect(page.data).toMatchObject({
      canCreate: true,
      batches: [
        { counts: '已确认 180 / 300，还缺 120 人', rejected: '6 人被驳回，等待重拍', time: '还剩 49 天' },
      ],
    });
    page.close();
    await open('batches', { ...answers, 'operator.me': aMe('station') });
    expect(page.data['canCreate']).toBe(false);
  });

  it.each([
    [counts(3, { confirmed: 3 }), '已确认 3 / 3，全部完成'],
    [counts(0, {}), '名单里没有你负责的站点的学生'],
    [counts(null, {}), '已确认 0 人。没有名单，不知道还有谁没来'],
    [counts(null, { confirmed: 3 }), '已确认 3 人。没有名单，不知道还有谁没来'],
    [counts(null, { bound: 2, confirmed: 3 }), '已确认 3 人，绑定了没完成 2 人。没有名单，不知道还有谁没来'],
  ])('says only with a list that a batch is done', async (its, said) => {
    const line = { ...aBatchLine(), counts: its };
    await open('batches', {
      'operator.batches': { batches: [line], next: null, now: NOON },
      'operator.me': aMe('school'),
    });
    expect(page.data).toMatchObject({ batches: [{ counts: said }] });
  });

  it.each([
    [
      'operator',
      [
        'progress',
        'student',
        'review',
        'stuck',
        'return',
        'release',
        'roster',
        'export',
        'deadline',
        'batch-edit',
        'copy',
      ],
    ],
    [
      'school',
      ['progress', 'student', 'review', 'stuck', 'return', 'release', 'roster', 'export', 'deadline'],
    ],
    ['station', ['progress', 'student']],
  ] as const)('%s: a batch leads where the role may go', async (role, ways) => {
    await open(
      'batch',
      { 'operator.me': aMe(role), 'operator.batch': anOperatorBatch() },
      { batch: BATCH_ID },
    );
    expect((page.data['entries'] as { id: string }[]).map(({ id }) => id)).toEqual(ways);
    await page.fire('onEntry', { dataset: { id: 'progress' } });
    expect(page.wx.opened.at(-1)?.url).toBe('/operator/progress/progress?batch=batch-1');
  });
});

describe('a batch that somebody else changed meanwhile', () => {
  const field = (name: string, value: string) => ({ dataset: { field: name }, detail: { value } });

  it.each([
    ['batch-edit', 'operator.updateBatch', () => page.fire('onField', field('notice', '请带身份证'))],
    [
      'deadline',
      'operator.changeDeadline',
      async () => {
        await page.fire('onDate', { detail: { value: '2027-03-31' } });
        await page.fire('onReason', { detail: { value: '有学生在外地' } });
      },
    ],
  ] as const)('%s: nothing is sent again, which would be refused for ever', async (name, action, write) => {
    const answers = {
      'operator.me': aMe('operator'),
      'operator.batch': anOperatorBatch(),
      [action]: new Refusal('CONFLICT', { reason: 'batch-changed' }),
    };
    await open(name, answers, { batch: BATCH_ID });
    await write();
    await page.fire('onSave');
    expect(page.data).toMatchObject({
      busy: false,
      failure: {
        title: '另一位老师刚刚改过这个批次',
        next: '这次的修改没有保存。请返回，重新打开再改。',
        canRetry: false,
      },
    });
  });
});

describe('more batches than a page', () => {
  /** So many batches in pages of two. */
  const pagesOf = (count: number) => (payload: unknown) => {
    const start = Number((payload as { cursor?: string }).cursor ?? 0);
    const end = Math.min(count, start + 2);
    const batches = Array.from({ length: end - start }, (_, index) =>
      aBatchLine({ id: `batch-${start + index}` as BatchId }),
    );
    return { batches, next: end < count ? String(end) : null, now: NOON };
  };
  const shown = () => (page.data['batches'] as { id: string }[]).map(({ id }) => id);

  it('are shown on demand, each once, until there are no more', async () => {
    await open('batches', { 'operator.me': aMe('operator'), 'operator.batches': pagesOf(5) });
    expect(page.data).toMatchObject({ hasMore: true, empty: null });
    await page.fire('onMore');
    await page.fire('onMore');
    expect(shown()).toEqual(['batch-0', 'batch-1', 'batch-2', 'batch-3', 'batch-4']);
    expect(page.data).toMatchObject({ hasMore: false, busy: false });
  });

  it('stay shown for who comes back from one of them', async () => {
    await open('batches', { 'operator.me': aMe('operator'), 'operator.batches': pagesOf(7) });
    await page.fire('onMore');
    await page.fire('onShow');
    expect(shown()).toEqual(['batch-0', 'batch-1', 'batch-2', 'batch-3']);
    expect(page.data['hasMore']).toBe(true);
  });

  it('that come after the list was read anew are not put behind it', async () => {
    const late = later();
    const pages = pagesOf(5);
    let asked = 0;
    const answer = (payload: unknown) => ((asked += 1) === 2 ? late.answer : pages(payload));
    await open('batches', { 'operator.me': aMe('operator'), 'operator.batches': answer });
    const going = page.fire('onMore');
    await page.fire('onShow');
    late.comes(pages({ cursor: '2' }));
    await going;
    expect(shown()).toEqual(['batch-0', 'batch-1']);
  });
});
