/** The roster: checked first, applied after a yes, refused with the way out. */
import { withColumn } from '../../miniprogram/operator/roster/to-view';
import { failing, succeeding } from '../support/fake-wx';
import { aRosterPlan, BATCH_ID } from '../support/staff-view-builder';
import { NOON } from '../support/view-builder';
import { type CloudAnswers, later, NO_NETWORK, Refusal } from './support/open-page';
import { closeStaffPage, openStaffPage, type StaffPage } from './support/open-staff-page';

let page: StaffPage;
const open = async (...given: Parameters<typeof openStaffPage>) => {
  page = await openStaffPage(...given);
};

afterEach(closeStaffPage);

describe('the list', () => {
  const chooseMessageFile = succeeding({ tempFiles: [{ path: 'tmp/list.csv', name: '名单.csv', size: 9 }] });
  const ticket = { uploadId: 'upload-1', cloudPath: 'rosters/x.csv', expiresAt: NOON };
  const arriving = succeeding({ fileID: 'cloud://e.b/rosters/x.csv' });
  const import_ = async (answers: CloudAnswers, uploading = arriving) => {
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
    cloud['uploadFile'] = (options: Parameters<typeof arriving>[0]) => {
      uploading(options);
      return { onProgressUpdate: () => undefined, abort: () => undefined };
    };
    await page.fire('onChoose');
  };

  it.each(['xlsx', 'csv'])('begins, without a file, from an empty list to download (%s)', async (format) => {
    const link = { url: 'https://files.test/empty', expiresAt: NOON };
    await open('roster', { 'exporter.rosterTemplate': { fileName: 'roster', bytes: 1, sha256: '', link } });
    await page.fire('onTemplate', { dataset: { format } });
    expect(page.copied).toEqual(['https://files.test/empty']);
    expect(page.called('exporter.rosterTemplate')).toMatchObject([
      { batchId: BATCH_ID, format, labels: { headings: { studentNumber: '学号' } } },
    ]);
    await page.fire('onHeadings');
    expect(page.copied[1]).toMatch(/^学号\t姓名/);
  });

  it('is checked first: row by row what is wrong, what would change, nothing applied', async () => {
    await import_({ 'operator.checkRoster': aRosterPlan({ state: 'stopped' }) });
    await page.fire('onCheck');
    expect(page.called('operator.checkRoster')).toEqual([
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
    expect(page.data['removal']).toMatchObject({ grave: false, heading: '' });
    expect((page.data['removal'] as { text: string }).text).toMatch(/1 人已经绑定，列在改动的最前面/);
  });

  it('says, before it is applied, that it replaces the list, where it would take many off', async () => {
    const { differences } = aRosterPlan();
    const losing = { ...differences, changed: 0, unchanged: 150, removed: 150, removedButBound: 7 };
    await import_({ 'operator.checkRoster': aRosterPlan({ differences: losing }) });
    expect((page.data['words'] as { oneList: string }).oneList).toContain('新的会整个代替旧的');
    await page.fire('onCheck');
    expect(page.data).toMatchObject({
      removal: { grave: true, heading: '会有 150 人移出名单' },
      applyText: '导入 300 人，移出 150 人',
    });
    expect((page.data['removal'] as { text: string }).text).toMatch(
      /新的会整个代替旧的.*现有 300 人，其中 150 人不在这份文件里.*先把他们补进文件.*7 人已经绑定/,
    );
  });

  it('says who of the bad rows stays, and counts them while it is written', async () => {
    const rows = { read: 302, good: 300, bad: 2, kept: 2 };
    const underway = aRosterPlan({ rows, state: 'applying', written: 151 });
    await import_({ 'operator.checkRoster': underway });
    await page.fire('onCheck');
    expect(page.data['kept']).toMatch(/2 人已在名单上.*保持原样/);
    expect(page.data).toMatchObject({ applyingText: '正在写入 151 / 302', percent: 50 });
    expect(page.data['badRowChoices']).toMatchObject([
      {},
      { remark: expect.stringContaining('保持原样') as string },
    ]);
  });

  it('shows who would be changed some at a time, until there are no more', async () => {
    const numbers = ['1', '2'];
    await import_({
      'operator.checkRoster': aRosterPlan(),
      'operator.rosterDifferences': () => ({
        differences: [{ kind: 'removed', studentNumber: numbers.shift(), bound: true }],
        pages: 2,
      }),
    });
    await page.fire('onCheck');
    expect(page.data).toMatchObject({ differencesText: '看看改动了谁', differences: [] });
    await page.fire('onDifferences');
    expect(page.data).toMatchObject({ differencesText: '再看一些', differences: [{ title: '移出 1' }] });
    await page.fire('onDifferences');
    expect(page.data).toMatchObject({
      differencesText: '',
      differences: [{ title: '移出 1' }, { title: '移出 2' }],
    });
    expect(page.called('operator.rosterDifferences')).toEqual([
      { planId: 'plan-1', page: 0 },
      { planId: 'plan-1', page: 1 },
    ]);
  });

  it('is applied again and again until it is written, always the plan that was shown', async () => {
    const steps = [
      aRosterPlan({ state: 'applying', written: 150 }),
      aRosterPlan({ state: 'applied', written: 300 }),
    ];
    await import_({ 'operator.checkRoster': aRosterPlan(), 'operator.applyRoster': () => steps.shift() });
    await page.fire('onCheck');
    expect(page.data['applyText']).toBe('导入 300 人，移出 1 人');
    await page.fire('onApply');
    expect(page.called('operator.applyRoster')).toEqual([
      { planId: 'plan-1', digest: 'digest-1' },
      { planId: 'plan-1', digest: 'digest-1' },
    ]);
    expect(page.data).toMatchObject({ applied: true, applying: false });
  });

  it('goes on with one page: the one that was left ends with its slice, also when another one is open by then', async () => {
    const slice = later();
    const slices = [slice.answer, aRosterPlan({ state: 'applied', written: 300 })];
    await import_({ 'operator.checkRoster': aRosterPlan(), 'operator.applyRoster': () => slices.shift() });
    await page.fire('onCheck');
    const applying = page.fire('onApply');
    page.again();
    slice.comes(aRosterPlan({ state: 'applying', written: 150 }));
    await applying;
    expect(page.called('operator.applyRoster')).toHaveLength(1);
  });

  it('asks for the heading of a column that nobody recognised', async () => {
    await import_({
      'operator.checkRoster': new Refusal('ROSTER_COLUMN_MISSING', { fields: ['studentNumber'] }),
    });
    await page.fire('onCheck');
    expect(page.data['asking']).toMatchObject([{ field: 'studentNumber' }]);
    await page.fire('onHeading', { detail: { value: '编号' }, dataset: { field: 'studentNumber' } });
    await page.fire('onCheck');
    expect(page.called('operator.checkRoster').at(-1)).toMatchObject({
      options: { mapping: { 编号: 'studentNumber' } },
    });
  });

  describe('where something broke off', () => {
    const passing = new Refusal('TEMPORARILY_UNAVAILABLE');

    it('stays chosen, and its upload is tried again', async () => {
      const tickets = [NO_NETWORK, NO_NETWORK, NO_NETWORK, ticket];
      jest.useFakeTimers();
      const importing = import_({ 'operator.prepareRosterUpload': () => tickets.shift() });
      await jest.advanceTimersByTimeAsync(5_000);
      await importing;
      jest.useRealTimers();
      expect(page.data).toMatchObject({
        chosen: '已选：名单.csv',
        busy: false,
        failure: { title: '网络断开了', canRetry: true },
      });
      await page.fire('onRetry');
      expect(tickets).toEqual([]);
      expect(page.data).toMatchObject({ chosen: '已选：名单.csv', failure: null });
    });

    it('a check sends the list first that has not arrived yet', async () => {
      const tickets = [passing, ticket];
      await import_({
        'operator.prepareRosterUpload': () => tickets.shift(),
        'operator.checkRoster': aRosterPlan(),
      });
      await page.fire('onCheck');
      expect(page.called('operator.checkRoster')).toMatchObject([{ uploadId: 'upload-1' }]);
      expect(page.data).toMatchObject({ applyText: '导入 300 人，移出 1 人', failure: null });
    });

    it('a plan that was being applied goes on, and is not checked again', async () => {
      const steps = [
        aRosterPlan({ state: 'applying', written: 150 }),
        passing,
        aRosterPlan({ state: 'applied', written: 300 }),
      ];
      await import_({ 'operator.checkRoster': aRosterPlan(), 'operator.applyRoster': () => steps.shift() });
      await page.fire('onCheck');
      await page.fire('onApply');
      expect(page.data).toMatchObject({ applied: false, failure: { canRetry: true } });
      await page.fire('onRetry');
      expect(page.called('operator.checkRoster')).toHaveLength(1);
      expect(page.data).toMatchObject({ applied: true, failure: null });
    });

    it('a plan that is being applied is what another try repeats, whatever was leafed through meanwhile', async () => {
      const underway = later();
      const steps = [underway.answer, aRosterPlan({ state: 'applied', written: 300 })];
      await import_({
        'operator.checkRoster': aRosterPlan(),
        'operator.applyRoster': () => steps.shift(),
        'operator.rosterDifferences': { differences: [], pages: 1 },
      });
      await page.fire('onCheck');
      const applying = page.fire('onApply');
      await page.fire('onDifferences');
      underway.comes(passing);
      await applying;
      await page.fire('onRetry');
      expect(page.data).toMatchObject({ applied: true, failure: null });
    });

    it('another try before any file is chosen brings the empty list that was asked for', async () => {
      const link = { url: 'https://files.test/empty', expiresAt: NOON };
      const answers = [passing, { fileName: 'roster', bytes: 1, sha256: '', link }];
      await open('roster', { 'exporter.rosterTemplate': () => answers.shift() });
      await page.fire('onTemplate', { dataset: { format: 'csv' } });
      expect(page.data).toMatchObject({ failure: { canRetry: true } });
      await page.fire('onRetry');
      expect(page.copied).toEqual(['https://files.test/empty']);
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

  it('names the sheet that was read, and those that were not', async () => {
    const file = { format: 'xlsx', encoding: null, sheet: '名单', unreadSheets: ['说明', '续'] } as const;
    await import_({ 'operator.checkRoster': aRosterPlan({ file }) });
    await page.fire('onCheck');
    expect(page.data['planFormat']).toBe('Excel 表格 · 名单');
    expect(page.data['unreadSheets']).toMatch(/“说明”、“续”没有读。.*请合并/);
  });

  it('is checked over functions of version 0.1.0, which say nothing of other sheets and of who stays', async () => {
    const { file, rows, ...plan } = aRosterPlan();
    const answer = {
      ...plan,
      file: { ...file, unreadSheets: undefined },
      rows: { ...rows, kept: undefined },
    };
    await import_({ 'operator.checkRoster': answer });
    await page.fire('onCheck');
    expect(page.data).toMatchObject({
      planRows: expect.stringContaining('300') as string,
      unreadSheets: '',
      kept: '',
    });
  });

  it.each([
    ['ROSTER_SEVERAL_SHEETS', { sheets: ['阜阳', '亳州'] }, /“阜阳”、“亳州”都有学生.*请合并到一张工作表/],
    ['ROSTER_HEADING_TWICE', { headings: ['班级'] }, /“班级”不止一列.*换个标题/],
    ['ROSTER_HAS_ID_NUMBERS', { columns: ['2'], sheet: '原表' }, /工作表“原表”的第 2 列/],
  ] as const)('that only another file can mend says which, and asks for no columns: %s', async (...given) => {
    const [code, details, words] = given;
    await import_({ 'operator.checkRoster': new Refusal(code, details) });
    await page.fire('onCheck');
    expect(page.data).toMatchObject({ chosen: '', asking: [] });
    expect((page.data['failure'] as { next: string }).next).toMatch(words);
  });

  const chooseAgain = (why: string) => ({
    title: '名单要重新选一次',
    next: `刚才选的文件${why}，请再从聊天里选一次。`,
  });

  it.each([
    ['lay in the cloud for too long', 'expired', '放得太久了'],
    ['never arrived', 'not-uploaded', '没有传完'],
  ])('that %s is chosen again: nobody is told of a picture', async (_, reason, why) => {
    await import_({ 'operator.checkRoster': new Refusal('UPLOAD_MISSING', { reason }) });
    await page.fire('onCheck');
    expect(page.data).toMatchObject({ chosen: '', failure: chooseAgain(why) });
  });

  it('that WeChat has cleared away before it was sent is chosen again', async () => {
    await import_({}, failing('uploadFile:fail no such file or directory'));
    expect(page.data['failure']).toMatchObject(chooseAgain('放得太久了'));
  });

  it('that the cloud deleted with its refusal has to be chosen again', async () => {
    await import_({ 'operator.checkRoster': new Refusal('ROSTER_UNREADABLE', { reason: 'no-headings' }) });
    expect(page.data['chosen']).toContain('名单.csv');
    await page.fire('onCheck');
    expect(page.data['chosen']).toBe('');
    await page.fire('onCheck');
    expect(page.called('operator.checkRoster')).toHaveLength(1);
  });
});
