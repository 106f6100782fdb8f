/** The daily work: progress, roster, review, packages, station mode, upkeep. */
import { reminderText } from '../../miniprogram/copy/operator-reminder-words';
import { chartRow } from '../../miniprogram/operator/components/progress-chart/chart-row';
import { withColumn } from '../../miniprogram/operator/roster/to-view';
import { succeeding } from '../support/fake-wx';
import {
  aMe,
  anExportCheck,
  anExportJob,
  anOperatorBatch,
  aProgress,
  aQueue,
  aRetentionReport,
  aReviewItem,
  aRosterPlan,
  aSeat,
  aStationResolution,
  aStuckSubmission,
  BATCH_ID,
  counts,
  STATIONS,
} from '../support/staff-view-builder';
import { at, NOON } from '../support/view-builder';
import { type CloudAnswers, type PageInTest, Refusal, openPage } from './support/open-page';

let page: PageInTest;
let copied: string[] = [];
const open = async (name: string, answers: CloudAnswers, wx: Record<string, unknown> = {}) => {
  copied = [];
  const setClipboardData = ({ data, success }: { data: string; success: () => void }) => {
    copied.push(data);
    success();
  };
  page = await openPage(name, {
    folder: 'operator',
    answers: { 'operator.me': aMe('operator'), 'operator.batch': anOperatorBatch(), ...answers },
    query: { batch: BATCH_ID },
    wx: { setClipboardData, showToast: succeeding(), ...wx },
  });
};
const called = (action: string) =>
  page.calls.filter((call) => call.action === action).map((call) => call.payload);

afterEach(() => {
  page.close();
});

describe('progress', () => {
  it('says in one line what is left, and shows the most missing first', async () => {
    await open('progress', { 'operator.progress': aProgress() });
    expect(page.data).toMatchObject({
      headline: '还有 120 人没完成',
      headlineText: '300 人里，180 人已确认照片',
    });
    expect(
      (page.data['rows'] as { name: string; left: string }[]).map(({ name, left }) => `${name} ${left}`),
    ).toEqual(['阜阳函授站 还缺 90 人', '亳州教学点 还缺 30 人', '蚌埠函授站 全部完成']);
  });

  it('a bar’s parts add up to the whole group', () => {
    const { parts } = chartRow('1', '站', counts(30, { bound: 3, confirmed: 6, accepted: 9 }));
    expect(parts.map(({ kind, percent }) => [kind, percent])).toEqual([
      ['accepted', 30],
      ['confirmed', 20],
      ['working', 10],
      ['waiting', 40],
    ]);
  });

  it('opens a station’s classes and asks for exactly those who are missing there', async () => {
    const classes = aProgress({
      groups: [
        { stationId: null, className: '会计 1 班', name: '会计 1 班', counts: counts(10, { confirmed: 4 }) },
      ],
    });
    const missing = (payload: unknown) => ({
      students: [{ studentNumber: '1', name: null, stationName: null, className: null, state: 'not-bound' }],
      next: (payload as { cursor?: string }).cursor === undefined ? 'cursor-1' : null,
    });
    await open('progress', {
      'operator.progress': (payload: unknown) =>
        (payload as { stationId?: string }).stationId === undefined ? aProgress() : classes,
      'operator.missing': missing,
    });
    await page.fire('onRow', { detail: { id: '0' } });
    expect(page.data).toMatchObject({ inStation: true, chartTitle: '各班级' });
    await page.fire('onRow', { detail: { id: '0' } });
    await page.fire('readMissing');
    const group = { batchId: BATCH_ID, stationId: STATIONS[0]!.id, className: '会计 1 班' };
    expect(called('operator.missing')).toEqual([group, { ...group, cursor: 'cursor-1' }]);
    expect(page.data).toMatchObject({ hasMore: false, headline: '还有 6 人没完成' });
  });

  it('copies a reminder with numbers, steps and telephone, and no name', async () => {
    await open('progress', { 'operator.progress': aProgress() });
    await page.fire('onCopyReminder');
    expect(copied[0]).toMatch(/还有 120 人没有完成[\s\S]*2027年2月28日 24:00[\s\S]*0550-1234567/);
    const over = {
      title: '批次',
      closesAt: at('2027-01-01T00:00:00.000Z'),
      telephone: '',
      group: '阜阳函授站',
    };
    const text = reminderText({ ...over, counts: counts(3, {}), now: NOON });
    expect(text).toContain('阜阳函授站的同学');
    expect(text).toContain('已经截止');
    expect(text).not.toContain('打电话：');
  });

  it('sends messages page by page and adds up what happened', async () => {
    const answers = [
      { sent: 2, notAllowed: 50, failed: 0, next: 'more' },
      { sent: 1, notAllowed: 3, failed: 1, next: null },
    ];
    await open('progress', {
      'operator.progress': aProgress(),
      'operator.sendReminders': () => answers.shift(),
    });
    await page.fire('onMessages');
    expect(called('operator.sendReminders')).toEqual([
      { batchId: BATCH_ID },
      { batchId: BATCH_ID, cursor: 'more' },
    ]);
    expect(page.data['sentText']).toBe('已发出 3 条；53 人没有同意接收，请用催办文字；1 条没有送到。');
  });
});

describe('the list', () => {
  const chooseMessageFile = succeeding({ tempFiles: [{ path: 'tmp/list.csv', name: '名单.csv', size: 9 }] });
  const ticket = { uploadId: 'upload-1', cloudPath: 'rosters/x.csv', expiresAt: NOON };
  const import_ = async (answers: CloudAnswers) => {
    await open(
      'roster',
      {
        'operator.prepareRosterUpload': ticket,
        'operator.rosterFindings': {
          findings: [
            {
              line: 17,
              code: 'student-number-twice',
              severity: 'error',
              field: 'studentNumber',
              otherLine: 3,
            },
          ],
          pages: 1,
        },
        ...answers,
      },
      { chooseMessageFile },
    );
    const { cloud } = (globalThis as unknown as { wx: { cloud: Record<string, unknown> } }).wx;
    cloud['uploadFile'] = ({ success }: { success: (result: unknown) => void }) => {
      success({ fileID: 'cloud://e.b/rosters/x.csv' });
      return { onProgressUpdate: () => undefined, abort: () => undefined };
    };
    await page.fire('onChoose');
  };

  it.each(['xlsx', 'csv'])('begins, without a file, from an empty list to download (%s)', async (format) => {
    const link = { url: 'https://files.test/empty', expiresAt: NOON };
    await open('roster', { 'exporter.rosterTemplate': { fileName: 'roster', bytes: 1, sha256: '', link } });
    await page.fire('onTemplate', { dataset: { format } });
    expect(copied).toEqual(['https://files.test/empty']);
    expect(called('exporter.rosterTemplate')).toMatchObject([
      { batchId: BATCH_ID, format, labels: { headings: { studentNumber: '学号' } } },
    ]);
    await page.fire('onHeadings');
    expect(copied[1]).toMatch(/^学号\t姓名/);
  });

  it('is checked first: row by row what is wrong, what would change, nothing applied', async () => {
    await import_({ 'operator.checkRoster': aRosterPlan({ state: 'stopped' }) });
    await page.fire('onCheck');
    expect(called('operator.checkRoster')).toEqual([
      {
        batchId: BATCH_ID,
        uploadId: 'upload-1',
        fileId: 'cloud://e.b/rosters/x.csv',
        options: { mapping: {}, names: 'masked', badRows: 'stop' },
      },
    ]);
    expect(page.data).toMatchObject({
      planRows: '读到 302 行：300 行可以导入，2 行要改',
      changes: ['新增 12 人', '修改 3 人', '移出名单 1 人', '不变 285 人'],
      findings: [{ place: '第 17 行 · 学号 · 和第 3 行', mark: '要改' }],
      applyText: '',
    });
    expect(page.data['removedButBound']).toContain('1 人已经绑定');
  });

  it('is applied again and again until it is written, always the plan that was shown', async () => {
    const steps = [
      aRosterPlan({ state: 'applying', written: 150 }),
      aRosterPlan({ state: 'applied', written: 300 }),
    ];
    await import_({ 'operator.checkRoster': aRosterPlan(), 'operator.applyRoster': () => steps.shift() });
    await page.fire('onCheck');
    expect(page.data['applyText']).toBe('导入 300 人');
    await page.fire('onApply');
    expect(called('operator.applyRoster')).toEqual([
      { planId: 'plan-1', digest: 'digest-1' },
      { planId: 'plan-1', digest: 'digest-1' },
    ]);
    expect(page.data).toMatchObject({ applied: true, applying: false });
  });

  it('asks for the heading of a column that nobody recognised', async () => {
    await import_({
      'operator.checkRoster': new Refusal('ROSTER_COLUMN_MISSING', { fields: ['studentNumber'] }),
    });
    await page.fire('onCheck');
    expect(page.data['asking']).toMatchObject([{ field: 'studentNumber' }]);
    await page.fire('onHeading', { detail: { value: '编号' }, dataset: { field: 'studentNumber' } });
    await page.fire('onCheck');
    expect(called('operator.checkRoster').at(-1)).toMatchObject({
      options: { mapping: { 编号: 'studentNumber' } },
    });
  });

  it('a field belongs to one column', () => {
    const first = withColumn({}, '甲', 'station');
    expect(withColumn(first, '乙', 'station')).toEqual({ 乙: 'station' });
    expect(withColumn(first, '甲', null)).toEqual({ 甲: null });
  });

  it('with ID numbers is refused with the way out', async () => {
    await import_({ 'operator.checkRoster': new Refusal('ROSTER_HAS_ID_NUMBERS', { columns: ['3'] }) });
    await page.fire('onCheck');
    expect((page.data['failure'] as { next: string }).next).toMatch(/第 3 列.*整列删除/);
  });
});

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

  it('accepts and takes the next one', async () => {
    await open('review', { ...answers, 'operator.decideReview': { state: 'accepted', undoUntil: NOON } });
    await page.fire('onAccept');
    expect(called('operator.decideReview')).toEqual([
      { submissionId: 'submission-1', photoId: 'photo-1', decision: { kind: 'accept' } },
    ]);
    expect(called('operator.takeReview')).toHaveLength(2);
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
    expect(called('operator.decideReview')).toEqual([]);
    await page.fire('onRemark', { detail: { value: ' 请把刘海别到一边 ' } });
    await page.fire('onSendRejection');
    expect(called('operator.decideReview')).toMatchObject([
      { decision: { kind: 'reject', reasons: ['light', 'other'], remark: '请把刘海别到一边' } },
    ]);
  });

  it('offers to take a decision back while there is time, and no longer', async () => {
    const undoable = (seconds: number) => [
      {
        submissionId: 'submission-0',
        decision: 'accepted',
        until: new Date(Date.now() + seconds * 1000).toISOString(),
      },
    ];
    await open('review', {
      ...answers,
      'operator.reviewQueue': { ...aQueue(), undoable: undoable(40) },
      'operator.undoReview': { state: 'confirmed' },
    });
    expect(page.data['undoButton']).toMatch(/^撤销（(39|40) 秒内）$/);
    await page.fire('onUndo');
    expect(called('operator.undoReview')).toEqual([{ submissionId: 'submission-0' }]);
    page.close();
    await open('review', { ...answers, 'operator.reviewQueue': { ...aQueue(), undoable: undoable(-1) } });
    expect(page.data['undoButton']).toBe('');
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
    expect(called('operator.releaseReview')).toEqual([{ submissionId: 'submission-1' }]);
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

  it('sends an accepted photo back, with a reason and after a question', async () => {
    const showModal = succeeding({ confirm: true });
    await open('return', { 'operator.returnPhoto': { state: 'rejected' } }, { showModal });
    await page.fire('onSend');
    expect(page.data['missing']).toBe('请写学号');
    await page.fire('onNumber', { detail: { value: ' 2021001 ' } });
    await page.fire('onReason', { dataset: { id: 'blurred' } });
    await page.fire('onRemark', { detail: { value: '学信网退回' } });
    await page.fire('onSend');
    expect(called('operator.returnPhoto')).toEqual([
      { batchId: BATCH_ID, studentNumber: '2021001', reasons: ['blurred'], remark: '学信网退回' },
    ]);
    expect(page.data).toMatchObject({ done: '学号 2021001 已退回', studentNumber: '', missing: '' });
  });

  it('says why a photo cannot be sent back, and keeps what was written', async () => {
    const late = anOperatorBatch({ closesAt: at('2020-01-01T00:00:00.000Z') });
    const answer = { 'operator.batch': late, 'operator.returnPhoto': new Refusal('SUBMISSION_STATE') };
    await open('return', answer, { showModal: succeeding({ confirm: true }) });
    expect(page.data['over']).toBe(true);
    await page.fire('onNumber', { detail: { value: '2021001' } });
    await page.fire('onReason', { dataset: { id: 'light' } });
    await page.fire('onSend');
    expect(page.data).toMatchObject({ studentNumber: '2021001', done: '', busy: false });
    expect(page.data['failure']).not.toBeNull();
  });

  it('softens only what may be softened, with a reason', async () => {
    await open('stuck', {
      'operator.stuckSubmissions': { submissions: [aStuckSubmission()] },
      'operator.overrideChecks': { overrides: [] },
    });
    await page.fire('onStudent', { dataset: { id: 'submission-1' } });
    expect((page.data['choices'] as { id: string }[]).map(({ id }) => id)).toEqual(['brows-visible']);
    expect(page.data['fixed']).toContain('头肩位置');
    await page.fire('onCheck', { dataset: { id: 'brows-visible' } });
    await page.fire('onSave');
    expect(page.data['missing']).toMatch(/原因/);
    await page.fire('onReason', { detail: { value: '天生眉毛稀疏' } });
    await page.fire('onSave');
    expect(called('operator.overrideChecks')).toEqual([
      { submissionId: 'submission-1', checks: ['brows-visible'], reason: '天生眉毛稀疏' },
    ]);
  });
});

describe('packages', () => {
  const answers = { 'operator.stations': { stations: STATIONS }, 'exporter.jobs': { jobs: [] } };

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
    expect(called('exporter.start')).toEqual([
      {
        selection: { batchId: BATCH_ID, photos: 'new', stationId: 'station-1' },
        template: { fileName: '{studentNumber}', folder: '' },
      },
    ]);
    expect(called('exporter.proceed')).toHaveLength(2);
    expect(page.data['jobs']).toMatchObject([{ state: '打好了', underway: false, canOpen: true }]);
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
        'exporter.jobs': { jobs: [job] },
        'exporter.links': { files: [] },
        'exporter.cancel': { ...job, state: 'cancelled' },
      },
      { showModal },
    );
    expect(page.data['jobs']).toMatchObject([{ canCancel: true }]);
    await page.fire('onLinks', { dataset: { id: job.id } });
    await page.fire('onCancel', { dataset: { id: job.id } });
    expect(called('exporter.cancel')).toEqual([]);
    answer.confirm = true;
    await page.fire('onCancel', { dataset: { id: job.id } });
    expect(called('exporter.cancel')).toEqual([{ exportId: job.id }]);
    expect(page.data['jobs']).toMatchObject([
      { state: '已停止', canCancel: false, canOpen: false, files: [] },
    ]);
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

describe('station mode', () => {
  const scanCode = succeeding({ rawData: 'AAEC', result: '', charSet: 'UTF-8' });
  const answers = {
    'operator.stationSeats': { seats: [] },
    'operator.stationResolve': aStationResolution(),
    'operator.stationSeat': aSeat(),
    'photo.warm': { ready: true },
  };

  it('binds nothing before the student has agreed and the teacher has said yes', async () => {
    await open('station', answers, { scanCode });
    await page.fire('onScan');
    await page.fire('onTail', { detail: { value: '002x' } });
    expect(page.data).toMatchObject({ asking: true, needsConsent: true });
    await page.fire('onYes');
    expect(page.data['consentMissing']).not.toBe('');
    expect(called('operator.stationSeat')).toEqual([]);
    await page.fire('onGeneral', { detail: { checked: true } });
    await page.fire('onFacePhoto', { detail: { checked: true } });
    await page.fire('onYes');
    expect(called('operator.stationSeat')).toMatchObject([
      { resolutionId: 'resolution-1', consentVersion: expect.any(String) as string },
    ]);
    expect(page.wx.opened.at(-1)?.url).toBe('/operator/station-shoot/station-shoot?seat=seat-1');
    expect(page.data).toMatchObject({ asking: false, idTail: '', scanned: false });
  });

  it('does not take a photo again that the student has confirmed', async () => {
    await open(
      'station',
      {
        ...answers,
        'operator.stationResolve': aStationResolution({ consentNeeded: false, state: 'confirmed' }),
      },
      { scanCode },
    );
    await page.fire('onScan');
    await page.fire('onTail', { detail: { value: '002x' } });
    await page.fire('onYes');
    expect(page.data['settled']).toBe(true);
    expect(called('operator.stationSeat')).toEqual([]);
  });
});

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
    expect(called('housekeeping.run')).toEqual([]);
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
