/** Packages: checked, packed slice by slice, given out. */
import { EXPORT_WORDS, leftOutLines } from '../../miniprogram/copy/operator-export-words';
import { momentWords } from '../../miniprogram/copy/time-words';
import { type ExportJob, type LeftOutReason } from '../../miniprogram/shared/contract/exporter';
import { type ExportId } from '../../miniprogram/shared/identity/ids';
import { anExportCheck, anExportJob, BATCH_ID, STATIONS } from '../support/staff-view-builder';
import { NOON } from '../support/view-builder';
import { later, Refusal } from './support/open-page';
import { closeStaffPage, openStaffPage, type StaffPage } from './support/open-staff-page';

interface Modal {
  readonly content: string;
  readonly success: (result: object) => void;
}

let page: StaffPage;
const open = async (...given: Parameters<typeof openStaffPage>) => {
  page = await openStaffPage(...given);
};

afterEach(closeStaffPage);

/** Lets everything run that waits for nothing outside. */
const eventually = () => new Promise((resolve) => setImmediate(resolve));

describe('packages', () => {
  const answers = { 'operator.stations': { stations: STATIONS }, 'exporter.jobs': { jobs: [], next: null } };

  it('are checked first, packed slice by slice, and then given out', async () => {
    const slices = [anExportJob({ state: 'packing', packed: 100 }), anExportJob()];
    await open('export', {
      ...answers,
      'exporter.check': anExportCheck(),
      'exporter.start': anExportJob({ state: 'packing', packed: 0 }),
      'exporter.proceed': () => slices.shift(),
    });
    await page.fire('onField', { detail: { value: 'station-1' }, dataset: { field: 'stationId' } });
    await page.fire('onCheck');
    expect(page.data).toMatchObject({ found: '共 190 张', canStart: true });
    await page.fire('onStart');
    expect(page.called('exporter.start')).toEqual([
      {
        selection: { batchId: BATCH_ID, photos: 'new', stationId: 'station-1' },
        template: { fileName: '{studentNumber}', folder: '' },
      },
    ]);
    expect(page.called('exporter.proceed')).toHaveLength(2);
    expect(page.data['jobs']).toMatchObject([{ state: '打好了', underway: false, canOpen: true }]);
  });

  it('are said to be read until they are there', async () => {
    const late = later();
    const reads = [new Refusal('TEMPORARILY_UNAVAILABLE'), late.answer];
    await open('export', { ...answers, 'exporter.jobs': () => reads.shift() });
    expect(page.data).toMatchObject({ loading: false, noJobs: false, failure: { title: '服务暂时繁忙' } });
    const again = page.again();
    expect(again.data).toMatchObject({ loading: true, noJobs: false });
    late.comes({ jobs: [], next: null });
    await eventually();
    expect(again.data).toMatchObject({ loading: false, noJobs: true });
  });

  it('go on with one page: the one that was left ends with its slice, also when another one is open by then', async () => {
    const packing = anExportJob({ state: 'packing', packed: 0 });
    const slice = later();
    const slices = [slice.answer, anExportJob()];
    await open('export', {
      ...answers,
      'exporter.jobs': { jobs: [packing], next: null },
      'exporter.job': packing,
      'exporter.proceed': () => slices.shift(),
    });
    const going = page.fire('onProceed', { dataset: { id: packing.id } });
    await eventually();
    page.again();
    slice.comes({ ...packing, packed: 100 });
    await going;
    expect(page.called('exporter.proceed')).toHaveLength(1);
  });

  it('are stopped and their files deleted only after a question', async () => {
    const answer = { confirm: false };
    const showModal = ({ success }: { success: (result: object) => void }) => {
      success(answer);
    };
    const job = anExportJob();
    await open(
      'export',
      {
        ...answers,
        'exporter.jobs': { jobs: [job], next: null },
        'exporter.links': { files: [] },
        'exporter.check': anExportCheck({ photos: 0 }),
        'exporter.cancel': { ...job, state: 'cancelled' },
      },
      { showModal },
    );
    expect(page.data['jobs']).toMatchObject([{ canCancel: true }]);
    await page.fire('onCheck');
    expect(page.data).toMatchObject({ none: true });
    await page.fire('onLinks', { dataset: { id: job.id } });
    await page.fire('onCancel', { dataset: { id: job.id } });
    expect(page.called('exporter.cancel')).toEqual([]);
    answer.confirm = true;
    await page.fire('onCancel', { dataset: { id: job.id } });
    expect(page.called('exporter.cancel')).toEqual([{ exportId: job.id }]);
    expect(page.data['jobs']).toMatchObject([
      { state: '已停止', canCancel: false, canOpen: false, files: [] },
    ]);
    // Its photos are new again: what was checked before holds no more.
    expect(page.data).toMatchObject({ none: false });
  });

  it.each<[string, Partial<ExportJob>, string]>([
    ['while it is packed', { state: 'packing', finishedAt: null }, '可以随时重新打包'],
    ['before it is delivered', {}, '会重新算“还没打包过的照片”'],
    ['after it was delivered', { deliveredAt: NOON }, '照片仍是“已送达”'],
  ])('say what becomes of the photos before one is stopped %s', async (_, changes, consequence) => {
    const asked: string[] = [];
    const showModal = ({ content, success }: Modal) => {
      asked.push(content);
      success({ confirm: false });
    };
    const job = anExportJob(changes);
    await open('export', { ...answers, 'exporter.jobs': { jobs: [job], next: null } }, { showModal });
    await page.fire('onCancel', { dataset: { id: job.id } });
    expect(asked).toEqual([expect.stringContaining(consequence)]);
  });

  it('are marked as delivered also after they expired, after a question that says it is for good', async () => {
    const asked: string[] = [];
    const showModal = ({ content, success }: Modal) => {
      asked.push(content);
      success({ confirm: true });
    };
    const job = anExportJob({ state: 'expired', volumes: [] });
    await open(
      'export',
      {
        ...answers,
        'exporter.jobs': { jobs: [job], next: null },
        'exporter.markDelivered': { ...job, deliveredAt: NOON },
      },
      { showModal },
    );
    expect(page.data['jobs']).toMatchObject([{ canDeliver: true, canOpen: false, canCancel: false }]);
    await page.fire('onDelivered', { dataset: { id: job.id } });
    expect(asked).toEqual([expect.stringContaining('不能改回来')]);
    expect(page.called('exporter.markDelivered')).toEqual([{ exportId: job.id }]);
    expect(page.data['jobs']).toMatchObject([
      { canDeliver: false, remark: EXPORT_WORDS.delivered(momentWords(NOON)) },
    ]);
  });

  it('are marked in as many requests as it takes, and say how far they are', async () => {
    const showModal = ({ success }: Modal) => {
      success({ confirm: true });
    };
    const job = anExportJob();
    const second = later();
    const slices = [{ ...job, delivered: 100 }, second.answer];
    await open(
      'export',
      {
        ...answers,
        'exporter.jobs': { jobs: [job], next: null },
        'exporter.markDelivered': () => slices.shift(),
      },
      { showModal },
    );
    const marking = page.fire('onDelivered', { dataset: { id: job.id } });
    await eventually();
    expect(page.data['jobs']).toMatchObject([
      { canDeliver: true, remark: EXPORT_WORDS.delivering(100, job.photos) },
    ]);
    second.comes({ ...job, delivered: 190, deliveredAt: NOON });
    await marking;
    expect(page.called('exporter.markDelivered')).toHaveLength(2);
    expect(page.data['jobs']).toMatchObject([
      { canDeliver: false, remark: EXPORT_WORDS.delivered(momentWords(NOON)) },
    ]);
  });

  it('say how far they are while they are packed and while they are closed', async () => {
    const shown = { state: 'closing', packed: 190, handedOver: 57 } as const;
    const jobs = [anExportJob({ state: 'packing', packed: 19, handedOver: 0 }), anExportJob(shown)];
    await open('export', { ...answers, 'exporter.jobs': { jobs, next: null } });
    expect(page.data['jobs']).toMatchObject([
      { state: '正在打包', percent: 10, packing: '正在打包：19 / 190' },
      { state: '正在收尾', percent: 30, packing: '正在收尾：57 / 190' },
    ]);
  });

  it.each<[string, Partial<ExportJob>]>([
    ['while they are packed', { state: 'packing', finishedAt: null }],
    ['when they were stopped', { state: 'cancelled' }],
    ['when they expired before they were finished', { state: 'expired', finishedAt: null }],
  ])('are not offered to be marked %s', async (_, changes) => {
    await open('export', { ...answers, 'exporter.jobs': { jobs: [anExportJob(changes)], next: null } });
    expect(page.data['jobs']).toMatchObject([{ canDeliver: false }]);
  });

  it('say before and after whose photo is left out, and are made all the same', async () => {
    const leftOut = [{ reason: 'consent-taken-back', count: 2, studentNumbers: ['1', '2'] }] as const;
    const deleted = { reason: 'deleted', count: 1, studentNumbers: [] } as const;
    await open('export', {
      ...answers,
      'exporter.check': anExportCheck({ leftOut }),
      'exporter.start': anExportJob({ leftOut: [...leftOut, deleted] }),
    });
    await page.fire('onCheck');
    expect(page.data).toMatchObject({
      leftOutTitle: '2 张不会放进这一包',
      leftOut: ['学生收回了同意，2 张：1、2。请联系学生：再次同意以后，下次打包就会有。'],
      canStart: true,
    });
    await page.fire('onStart');
    expect(page.data['jobs']).toMatchObject([
      {
        leftOutTitle: '3 张没有放进这一包',
        leftOut: [expect.stringContaining('学生收回了同意'), '照片或学籍已经删除，1 张。'],
      },
    ]);
    expect(page.data).toMatchObject({ leftOutTitle: '' });
  });

  it('are checked, started and listed over functions of version 0.1.0, which say less about them', async () => {
    const unsaid = { leftOut: undefined, handedOver: undefined, delivered: undefined };
    const job = { ...anExportJob(), ...unsaid };
    await open('export', {
      ...answers,
      'exporter.jobs': {
        jobs: [job, { ...anExportJob({ id: '2' as ExportId, state: 'closing' }), ...unsaid }],
      },
      'exporter.check': { ...anExportCheck(), leftOut: undefined },
      'exporter.start': job,
    });
    const listed = [
      {
        state: '打好了',
        leftOutTitle: '',
        leftOut: [],
        remark: EXPORT_WORDS.expires(momentWords(job.expiresAt)),
      },
      { percent: 0, packing: EXPORT_WORDS.closing(0, 190) },
    ];
    expect(page.data).toMatchObject({ jobs: listed, failure: null });
    await page.fire('onCheck');
    expect(page.data).toMatchObject({ canStart: true, leftOutTitle: '', leftOut: [], failure: null });
    await page.fire('onStart');
    expect(page.data).toMatchObject({ jobs: listed, failure: null });
  });

  it.each<[LeftOutReason, string]>([
    ['consent-taken-back', '学生收回了同意，2 张：1、2。请联系学生：再次同意以后，下次打包就会有。'],
    ['returned', '已经退回，或正在重新审核，2 张：1、2。审核通过后放进下一包。'],
    ['replaced', '学生换了新照片，2 张：1、2。审核通过后放进下一包。'],
    ['deleted', '照片或学籍已经删除，2 张：1、2。'],
    ['file-missing', '照片文件找不到了，2 张：1、2。请退回，让学生重拍。'],
    ['file-damaged', '照片文件已损坏，2 张：1、2。请退回，让学生重拍。'],
  ])('say of a photo left out as %s how many before what to do', (reason, line) => {
    expect(leftOutLines([{ reason, count: 2, studentNumbers: ['1', '2'] }])).toEqual([line]);
  });

  it('name the first ten students whose photos are left out, and that there are more', () => {
    const studentNumbers = Array.from({ length: 11 }, (_, index) => String(index + 1));
    expect(leftOutLines([{ reason: 'deleted', count: 11, studentNumbers }])).toEqual([
      '照片或学籍已经删除，11 张：1、2、3、4、5、6、7、8、9、10 等。',
    ]);
  });

  it('that are older are shown on demand, each once, also one that was acted on meanwhile', async () => {
    const job = (id: string) => anExportJob({ id: id as ExportId });
    const older = later();
    await open('export', {
      ...answers,
      'exporter.jobs': (asked: unknown) =>
        (asked as { cursor?: string }).cursor === undefined
          ? { jobs: [job('3'), job('2')], next: 'second' }
          : older.answer,
      'exporter.job': anExportJob({ id: '1' as ExportId, state: 'finished' }),
    });
    expect(page.data['hasOlder']).toBe(true);
    const going = page.fire('onOlder');
    await page.fire('onProceed', { dataset: { id: '1' } });
    older.comes({ jobs: [job('1'), job('0')], next: null });
    await going;
    expect((page.data['jobs'] as { id: string }[]).map(({ id }) => id)).toEqual(['1', '3', '2', '0']);
    expect(page.data).toMatchObject({ hasOlder: false, olderBusy: false });
  });

  it('of new photos that somebody else is packing show that package, to go on with or to stop', async () => {
    const others = anExportJob({ state: 'packing', packed: 10 });
    const lists = [[], [others]];
    await open('export', {
      ...answers,
      'exporter.jobs': () => ({ jobs: lists.shift(), next: null }),
      'exporter.check': anExportCheck(),
      'exporter.start': () => new Refusal('EXPORT_UNDERWAY'),
    });
    await page.fire('onCheck');
    await page.fire('onStart');
    expect(page.data).toMatchObject({
      failure: { title: '有的新照片正在打另一个包' },
      jobs: [{ underway: true, canCancel: true }],
      packing: false,
    });
  });

  describe('whose start broke off', () => {
    const packing = anExportJob({ state: 'packing', packed: 0 });
    let jobs: readonly ExportJob[];
    let starts: unknown[];

    beforeEach(async () => {
      jobs = [];
      starts = [new Refusal('TEMPORARILY_UNAVAILABLE')];
      await open('export', {
        ...answers,
        'exporter.jobs': () => ({ jobs, next: null }),
        'exporter.check': anExportCheck(),
        'exporter.start': () => starts.shift(),
        'exporter.job': packing,
        'exporter.proceed': anExportJob(),
      });
      await page.fire('onCheck');
      await page.fire('onStart');
    });

    it('are not started by another try once the form says something else', async () => {
      await page.fire('onField', { detail: { value: 'station-1' }, dataset: { field: 'stationId' } });
      expect(page.data).toMatchObject({ failure: null, canStart: false });
      await page.fire('onRetry');
      expect(page.called('exporter.start')).toHaveLength(1);
    });

    it('are another wish once the package was found in the list and gone on with', async () => {
      jobs = [packing];
      await page.fire('load');
      await page.fire('onProceed', { dataset: { id: packing.id } });
      starts = [packing];
      await page.fire('onCheck');
      await page.fire('onStart');
      expect(new Set(page.keysOf('exporter.start')).size).toBe(2);
    });

    it('say so where the package is over by now, instead of ending without a word', async () => {
      starts = [anExportJob(), packing];
      await page.fire('onCheck');
      await page.fire('onStart');
      expect(page.data).toMatchObject({ startedBefore: true, failure: null, canStart: false });
      // Who checks again has read it, and means the photos that have come since.
      await page.fire('onCheck');
      expect(page.data).toMatchObject({ startedBefore: false, canStart: true });
      await page.fire('onStart');
      expect(page.data['startedBefore']).toBe(false);
      const [first, again, another] = page.keysOf('exporter.start');
      expect([again === first, another === first]).toEqual([true, false]);
    });
  });

  it('with names that cannot be used are not started', async () => {
    const problems = [{ problem: 'same-name', studentNumber: '1', path: 'a.jpg' }];
    await open('export', {
      ...answers,
      'exporter.check': anExportCheck({ problems, problemCount: 1 } as never),
    });
    await page.fire('onCheck');
    expect(page.data).toMatchObject({ canStart: false, problems: ['1：和另一张同名 a.jpg'] });
    await page.fire('onField', { detail: { value: '{station}' }, dataset: { field: 'folderChoice' } });
    expect(page.data).toMatchObject({ problemsTitle: '' });
  });
});
