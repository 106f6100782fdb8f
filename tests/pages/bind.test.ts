import { tidyIdTail } from '../../miniprogram/pages/bind/to-view';
import { failing, succeeding } from '../support/fake-wx';
import { aResolution, aStudentView, aSubmissionView, at } from '../support/view-builder';
import { type CloudAnswers, type PageInTest, Refusal, openPage } from './support/open-page';

/** GB 11643's own example. */
const ID_NUMBER = '11010519491231002X';
const PAYLOAD = Buffer.from('a code of bytes \u0000\u00ff').toString('base64');
const SCANNED = { rawData: PAYLOAD, result: 'a code of bytes \u0000\ufffd', charSet: 'UTF-8' };
const TICKET = {
  uploadId: 'upload-1',
  cloudPath: 'code-pictures/x.png',
  expiresAt: at('2027-01-10T06:00:00.000Z'),
};

describe('the tail as people type it', () => {
  it.each([
    ['002x', '002X'],
    ['００２Ｘ', '002X'],
    ['456(7)', '4567'],
    [' 1 2', '12'],
    ['11010519491231002X', '002X'],
  ])('%s → %s', (typed, tail) => {
    expect(tidyIdTail(typed)).toBe(tail);
  });
});

describe('binding a code', () => {
  let page: PageInTest;
  let uploads: string[];

  async function open(answers: CloudAnswers = {}, wx: Record<string, unknown> = {}) {
    uploads = [];
    page = await openPage('bind', {
      answers: { 'student.resolveCode': aResolution(), 'student.prepareUpload': TICKET, ...answers },
      wx: {
        scanCode: succeeding(SCANNED),
        chooseMedia: succeeding({ tempFiles: [{ tempFilePath: 'tmp/code.png' }] }),
        chooseMessageFile: succeeding({ tempFiles: [{ path: 'tmp/chat.png' }] }),
        getImageInfo: succeeding({ width: 800, height: 800, type: 'png', orientation: 'up' }),
        ...wx,
      },
    });
    const cloud = (globalThis as unknown as { wx: { cloud: Record<string, unknown> } }).wx.cloud;
    cloud['uploadFile'] = ({
      filePath,
      success,
    }: {
      filePath: string;
      success: (result: unknown) => void;
    }) => {
      uploads.push(filePath);
      success({ fileID: 'cloud://e.b/code-pictures/x.png' });
      return { onProgressUpdate: () => undefined, abort: () => undefined };
    };
  }
  const type = (value: string) => page.fire('onTail', { detail: { value } });
  const lastPayload = () => page.calls.at(-1)!.payload;

  afterEach(() => {
    page.close();
  });

  it('resolves by itself as soon as code and tail are there: bytes, not text', async () => {
    await open();
    await page.fire('onScan');
    expect(page.calls).toEqual([]);
    await type('002x');
    expect(lastPayload()).toEqual({ code: { kind: 'payload', payloadBase64: PAYLOAD }, idTail: '002X' });
    expect(page.data).toMatchObject({ asking: true, busy: false });
  });

  it.each(['onAlbum', 'onChat'])('%s: uploads the picture where the cloud says', async (handler) => {
    await open();
    await page.fire(handler);
    await type('002X');
    expect(uploads).toHaveLength(1);
    expect(lastPayload()).toEqual({
      code: { kind: 'picture', uploadId: 'upload-1', fileId: 'cloud://e.b/code-pictures/x.png' },
      idTail: '002X',
    });
  });

  it('uploads the picture again when the cloud no longer has it', async () => {
    let answer: unknown = new Refusal('UPLOAD_MISSING');
    await open({ 'student.resolveCode': () => answer });
    await page.fire('onAlbum');
    await type('002X');
    expect(page.data['failure']).toMatchObject({ title: '图片没有传完' });
    answer = aResolution();
    await page.fire('onResolve');
    expect(uploads).toHaveLength(2);
    expect(page.data['asking']).toBe(true);
  });

  it('goes back to the first step, with code and tail, when the question stood open for too long', async () => {
    await open({ 'student.bind': new Refusal('NOT_FOUND') });
    await page.fire('onScan');
    await type('002X');
    await page.fire('onYes');
    expect(page.data).toMatchObject({ asking: false, hasCode: true, idTail: '002X', failure: null });
    expect(page.data['notice']).toMatchObject({ title: '核对的时间过了，还没有绑定' });
    await page.fire('onResolve');
    expect(page.data).toMatchObject({ asking: true, notice: null });
  });

  it('binds nothing before the yes', async () => {
    await open({ 'student.bind': aSubmissionView() });
    await page.fire('onScan');
    await type('002X');
    expect(page.calls.map(({ action }) => action)).toEqual(['student.resolveCode']);
    expect((page.data['facts'] as { value: string }[]).map(({ value }) => value)).toEqual(
      expect.arrayContaining(['示例学院', '高起本', '张*', '2022****01']),
    );
    await page.fire('onYes');
    expect(lastPayload()).toEqual({ resolutionId: 'resolution-1' });
    expect(page.wx.opened).toEqual([
      { how: 'redirectTo', url: '/pages/guide/guide?submission=submission-1' },
    ]);
  });

  it('names the form of study where the code knows it', async () => {
    await open({ 'student.resolveCode': aResolution({ student: aStudentView({ studyForm: '非脱产' }) }) });
    await page.fire('onScan');
    await type('002X');
    expect(page.data['facts']).toContainEqual({ label: '学习形式', value: '非脱产' });
  });

  it('shows the question from its heading, wherever one had scrolled to', async () => {
    await open();
    const scrolled: unknown[] = [];
    page.wx.add({ pageScrollTo: ({ scrollTop }: { scrollTop?: number }) => scrolled.push(scrollTop) });
    await page.fire('onScan');
    await type('002X');
    expect(page.data['asking']).toBe(true);
    expect(scrolled).toEqual([0]);
  });

  it('forgets code and tail after "that is not me"', async () => {
    await open();
    await page.fire('onScan');
    await type('002X');
    await page.fire('onNo');
    expect(page.data).toMatchObject({ asking: false, hasCode: false, idTail: '' });
    expect(page.data['notice']).toMatchObject({ title: '没有绑定，什么都没有改变' });
    expect(page.calls).toHaveLength(1);
  });

  it('says what to do after a wrong tail, and tries again with the next one without a second upload', async () => {
    let answer: unknown = new Refusal('CODE_ID_TAIL_WRONG', { triesLeft: 4 });
    await open({ 'student.resolveCode': () => answer });
    await page.fire('onAlbum');
    await type('1234');
    expect(page.data['failure']).toMatchObject({ title: '证件号后四位和采集码对不上', canRetry: false });
    answer = aResolution();
    await type('');
    await type('002X');
    expect(uploads).toHaveLength(1);
    expect(page.data).toMatchObject({ asking: true, failure: null });
  });

  it('spends no further try when the scanner is closed after a wrong tail', async () => {
    await open({ 'student.resolveCode': new Refusal('CODE_ID_TAIL_WRONG', { triesLeft: 4 }) });
    await page.fire('onScan');
    await type('1234');
    page.wx.add({ scanCode: failing('scanCode:fail cancel') });
    await page.fire('onScan');
    expect(page.calls).toHaveLength(1);
  });

  it.each([
    ['pasted', [ID_NUMBER]],
    ['typed from its beginning', Array.from(ID_NUMBER, (_, index) => ID_NUMBER.slice(0, index + 1))],
  ])('a whole number that is %s costs no try: the button sends its last four', async (_, values) => {
    await open();
    await page.fire('onScan');
    await Promise.all(values.map(type));
    if (values.length > 1) {
      expect(page.calls).toEqual([]);
      await page.fire('onResolve');
    }
    expect(page.calls).toMatchObject([{ payload: { idTail: '002X' } }]);
  });

  it('asks nothing for a page that was left while one had just typed', async () => {
    await open();
    await page.fire('onScan');
    const typed = type('002X');
    await page.fire('onUnload');
    await typed;
    expect(page.calls).toEqual([]);
  });

  it('asks once where the button is tapped before the pause is over', async () => {
    await open({ 'student.resolveCode': new Refusal('CODE_ID_TAIL_WRONG', { triesLeft: 4 }) });
    await page.fire('onScan');
    const typed = type('1234');
    await page.fire('onResolve');
    await typed;
    expect(page.calls).toHaveLength(1);
  });

  it.each([
    ['the refusal knows its school', { telephone: '021-5' }, '021-5'],
    ['nobody knows it', {}, ''],
  ])('whom to call where %s', async (_, details, telephone) => {
    await open({ 'student.resolveCode': new Refusal('NOT_ON_ROSTER', details) });
    await page.fire('onScan');
    await type('002X');
    expect(page.data['failure']).toMatchObject({ telephone });
  });

  it('does again what was stopped: a scanner that did not open', async () => {
    await open({}, { scanCode: failing('scanCode:fail system error') });
    await page.fire('onScan');
    expect(page.data).toMatchObject({ hasCode: false, failure: { canRetry: true } });
    page.wx.add({ scanCode: succeeding(SCANNED) });
    await page.fire('onRetry');
    expect(page.data).toMatchObject({ hasCode: true, failure: null, missing: '' });
  });

  it('asks the same question again after a lost answer: a wrong tail is not counted twice', async () => {
    const answers = [new Refusal('TEMPORARILY_UNAVAILABLE'), aResolution()];
    await open({ 'student.resolveCode': () => answers.shift() }, { pageScrollTo: () => undefined });
    await page.fire('onScan');
    await type('1234');
    await page.fire('onResolve');
    const [lost, again] = page.keysOf('student.resolveCode');
    expect(again).toBe(lost);
    expect(page.data['failure']).toBeNull();
  });

  it('sends a picture once, and its question under one key, when the panel tries again', async () => {
    const answers = [new Refusal('TEMPORARILY_UNAVAILABLE'), aResolution()];
    await open({ 'student.resolveCode': () => answers.shift() });
    await page.fire('onAlbum');
    await type('002X');
    await page.fire('onRetry');
    const [lost, again] = page.keysOf('student.resolveCode');
    expect([uploads.length, again]).toEqual([1, lost]);
    expect(page.data['asking']).toBe(true);
  });

  it('sends the picture again when the panel’s try finds that the cloud no longer has it', async () => {
    const [busy, lost] = [new Refusal('TEMPORARILY_UNAVAILABLE'), new Refusal('UPLOAD_MISSING')];
    const answers = [busy, lost, aResolution()];
    await open({ 'student.resolveCode': () => answers.shift() });
    await page.fire('onAlbum');
    await type('002X');
    await page.fire('onRetry');
    await page.fire('onResolve');
    expect(uploads).toHaveLength(2);
    expect(page.data['asking']).toBe(true);
  });

  it('does not send a tail again while somebody types on; the button does', async () => {
    await open({ 'student.resolveCode': new Refusal('CODE_ID_TAIL_WRONG', { triesLeft: 4 }) });
    await page.fire('onScan');
    await type('1100');
    await type('11002');
    await type('11002X');
    expect(page.calls).toHaveLength(1);
    await page.fire('onResolve');
    expect(lastPayload()).toMatchObject({ idTail: '002X' });
  });

  it.each([
    ['CODE_NOT_FOUND_IN_PICTURE', '长按'],
    ['CODE_OTHER_BATCH', '另一份'],
    ['CODE_ALREADY_BOUND', '当时绑定的微信'],
    ['CODE_SERVICE_UNAVAILABLE', '过几分钟'],
    ['NOT_ON_ROSTER', '函授站'],
  ] as const)('%s says what to do next', async (code, words) => {
    await open({ 'student.resolveCode': new Refusal(code) });
    await page.fire('onScan');
    await type('002X');
    expect((page.data['failure'] as { next: string }).next).toContain(words);
  });

  it('asks for what is missing instead of doing nothing', async () => {
    await open();
    await page.fire('onResolve');
    expect(page.data['missing']).toBe('请先扫描或选择采集码');
    await page.fire('onScan');
    await page.fire('onResolve');
    expect(page.data['missing']).toBe('请输入证件号后四位');
    expect(page.calls).toEqual([]);
  });

  it('stays silent when the person closes the scanner', async () => {
    await open({}, { scanCode: failing('scanCode:fail cancel') });
    await page.fire('onScan');
    expect(page.data).toMatchObject({ failure: null, hasCode: false, busy: false });
  });

  it('explains a refused privacy guideline and asks again at the next tap', async () => {
    let refused = true;
    await open(
      {},
      {
        chooseMedia: (options: Parameters<ReturnType<typeof succeeding>>[0]) =>
          refused
            ? failing('chooseMedia:fail privacy permission is not authorized', 104)(options)
            : succeeding({ tempFiles: [{ tempFilePath: 'tmp/code.png' }] })(options),
      },
    );
    await page.fire('onAlbum');
    expect(page.data['failure']).toMatchObject({ title: '需要你同意隐私保护指引' });
    refused = false;
    await page.fire('onAlbum');
    expect(page.data).toMatchObject({ failure: null, hasCode: true });
  });

  it('opens a code that is mine already where it stands', async () => {
    await open({
      'student.resolveCode': aResolution({ alreadyMine: true }),
      'student.bind': aSubmissionView({ state: 'confirmed' }),
    });
    await page.fire('onScan');
    await type('002X');
    expect(page.data['alreadyMine']).toBe(true);
    await page.fire('onYes');
    expect(page.wx.opened[0]!.url).toBe('/pages/done/done?submission=submission-1');
  });
});
