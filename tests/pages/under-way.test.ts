/**
 * What is under way and what the person does meanwhile never contradict each other: a step that changes something holds
 * what would take it back, and a question whose subject has changed is answered for what is on the page now.
 * Here: who binds, agrees and confirms, at home and at a station.
 */
import { succeeding } from '../support/fake-wx';
import { LATER, aSeat, aStationResolution } from '../support/staff-view-builder';
import {
  CONSENT_GIVEN,
  NO_CONSENT,
  SUBMISSION_ID,
  aPhotoView,
  aResolution,
  aStudentView,
  aSubmissionView,
  anOverview,
  at,
} from '../support/view-builder';
import { type PageInTest, Refusal, later, openPage } from './support/open-page';
import { closeStaffPage, openStaffPage, type StaffPage } from './support/open-staff-page';

const tail = (value: string) => ({ detail: { value } });
const tick = (checked: boolean) => ({ detail: { checked } });

/** Waits for what happens behind a pause, e.g. that of whoever is typing. */
async function until(happened: () => boolean): Promise<void> {
  while (!happened()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('at a station', () => {
  let page: StaffPage;
  let codes: string[];
  afterEach(closeStaffPage);

  const FIRST = aStationResolution({ consentNeeded: false });
  const SECOND = aStationResolution({
    consentNeeded: false,
    student: aStudentView({ maskedName: '李*' }),
  });
  async function open(answers: Record<string, unknown>) {
    codes = ['AAEC', 'AwQF'];
    const scanCode = (options: { success: (result: object) => void }) => {
      options.success({ rawData: codes.shift(), result: '', charSet: 'UTF-8' });
    };
    page = await openStaffPage(
      'station',
      {
        'operator.stationSeats': { seats: [] },
        'operator.stationResolve': FIRST,
        'operator.stationSeat': aSeat(),
        'photo.warm': { ready: true },
        ...answers,
      },
      { scanCode },
    );
    await page.fire('onScan');
  }

  it('nobody can be refused while the seat is being taken: the camera is that of who was asked about', async () => {
    const seated = later();
    await open({ 'operator.stationSeat': () => seated.answer });
    await page.fire('onTail', tail('002X'));
    const seating = page.fire('onYes');
    expect(page.data).toMatchObject({ held: true, busy: true });
    await page.fire('onNo');
    expect(page.data).toMatchObject({ asking: true, busy: true });
    seated.comes(aSeat());
    await seating;
    expect(page.wx.opened).toHaveLength(1);
    expect(page.data['held']).toBe(false);
  });

  it('a seat that could not be taken frees the page at once', async () => {
    const seated = later();
    await open({ 'operator.stationSeat': () => seated.answer });
    await page.fire('onTail', tail('002X'));
    const seating = page.fire('onYes');
    seated.comes(new Refusal('TEMPORARILY_UNAVAILABLE'));
    await seating;
    expect(page.data['held']).toBe(false);
    await page.fire('onNo');
    expect(page.data).toMatchObject({ asking: false, scanned: false });
  });

  it('a code scanned while the one before is looked up is the one that the page asks about', async () => {
    const first = later();
    const answers = [first.answer, SECOND];
    await open({ 'operator.stationResolve': () => answers.shift() });
    const looking = page.fire('onTail', tail('002X'));
    await until(() => page.data['busy'] === true);
    await page.fire('onScan');
    expect(page.data).toMatchObject({ busy: false, idTail: '' });
    first.comes(FIRST);
    await looking;
    expect(page.data).toMatchObject({ asking: false, failure: null });
    await page.fire('onTail', tail('1234'));
    expect(page.called('operator.stationResolve')).toMatchObject([
      { payloadBase64: 'AAEC', idTail: '002X' },
      { payloadBase64: 'AwQF', idTail: '1234' },
    ]);
    expect(JSON.stringify(page.data['facts'])).toContain('李*');
  });

  it('a tail corrected while it is looked up is looked up anew', async () => {
    const first = later();
    const answers = [first.answer, SECOND];
    await open({ 'operator.stationResolve': () => answers.shift() });
    const looking = page.fire('onTail', tail('0021'));
    await until(() => page.data['busy'] === true);
    await page.fire('onTail', tail('002'));
    const again = page.fire('onTail', tail('002X'));
    first.comes(new Refusal('CODE_ID_TAIL_WRONG', { triesLeft: 4 }));
    await Promise.all([looking, again]);
    expect(page.data).toMatchObject({ asking: true, failure: null });
  });
});

describe('binding', () => {
  let page: PageInTest;
  let codes: string[];
  afterEach(() => {
    page.close();
  });

  const ASSOCIATE = aResolution({ student: aStudentView({ level: '专科' }) });
  const BACHELOR = aResolution({ student: aStudentView({ level: '专升本' }) });
  async function open(answers: Record<string, unknown>) {
    codes = ['AAEC', 'AwQF', 'BgcI'];
    const scanCode = (options: { success: (result: object) => void }) => {
      options.success({ rawData: codes.shift(), result: '', charSet: 'UTF-8' });
    };
    page = await openPage('bind', { answers, wx: { scanCode } });
    await page.fire('onScan');
  }
  const facts = () => JSON.stringify(page.data['facts']);

  it('no “not me” is taken while the 学籍 is being bound', async () => {
    const bound = later();
    await open({ 'student.resolveCode': ASSOCIATE, 'student.bind': () => bound.answer });
    await page.fire('onTail', tail('002X'));
    const binding = page.fire('onYes');
    expect(page.data['held']).toBe(true);
    await page.fire('onNo');
    expect(page.data).toMatchObject({ asking: true, busy: true, notice: null });
    bound.comes(aSubmissionView());
    await binding;
    expect(page.wx.opened).toHaveLength(1);
  });

  it.each([
    ['before', true],
    ['after', false],
  ])('the code chosen last is asked about, also if the first answer comes %s its own', async (_, early) => {
    const [first, second] = [later(), later()];
    const answers = [first.answer, second.answer];
    await open({ 'student.resolveCode': () => answers.shift() });
    const looking = page.fire('onTail', tail('002X'));
    await until(() => page.keysOf('student.resolveCode').length === 1);
    const again = page.fire('onScan');
    await until(() => page.keysOf('student.resolveCode').length === 2);
    if (early) first.comes(ASSOCIATE);
    else second.comes(BACHELOR);
    await (early ? looking : again);
    if (early) expect(page.data).toMatchObject({ asking: false, busy: true });
    first.comes(ASSOCIATE);
    second.comes(BACHELOR);
    await Promise.all([looking, again]);
    expect(page.data).toMatchObject({ asking: true, busy: false });
    expect(facts()).toContain('专升本');
  });

  it('a code chosen when the answer for the one before is there already is asked about instead', async () => {
    const answers = [ASSOCIATE, new Refusal('CODE_FORGED'), BACHELOR];
    await open({ 'student.resolveCode': () => answers.shift() });
    await page.fire('onTail', tail('002X'));
    expect(facts()).toContain('专科');
    await page.fire('onScan');
    expect(page.data).toMatchObject({ asking: false, failure: expect.any(Object) as object });
    await page.fire('onScan');
    expect(facts()).toContain('专升本');
  });

  it('a picture of a code that arrives late takes the place of no newer code', async () => {
    const ticket = later();
    const TICKET = { uploadId: 'upload-1', cloudPath: 'code-pictures/x.png', expiresAt: LATER };
    const answers = { 'student.resolveCode': BACHELOR, 'student.prepareUpload': () => ticket.answer };
    codes = ['AwQF'];
    page = await openPage('bind', {
      answers,
      wx: {
        scanCode: succeeding({ rawData: 'AwQF', result: '', charSet: 'UTF-8' }),
        chooseMedia: succeeding({ tempFiles: [{ tempFilePath: 'tmp/code.png' }] }),
        getImageInfo: succeeding({ width: 800, height: 800, type: 'png', orientation: 'up' }),
      },
    });
    const { cloud } = (globalThis as unknown as { wx: { cloud: Record<string, unknown> } }).wx;
    cloud['uploadFile'] = ({ success }: { success: (result: unknown) => void }) => {
      success({ fileID: 'cloud://e.b/code-pictures/x.png' });
      return { onProgressUpdate: () => undefined, abort: () => undefined };
    };
    await page.fire('onAlbum');
    const sending = page.fire('onTail', tail('002X'));
    await until(() => page.keysOf('student.prepareUpload').length === 1);
    await page.fire('onScan');
    ticket.comes(TICKET);
    await sending;
    expect(page.calls.filter(({ action }) => action === 'student.resolveCode')).toMatchObject([
      { payload: { code: { kind: 'payload' } } },
    ]);
    expect(page.data).toMatchObject({ asking: true, busy: false, picture: '' });
  });
});

describe('the consent', () => {
  it('is neither refused nor unticked while it is being given', async () => {
    const given = later();
    const page = await openPage('consent', {
      answers: { 'student.consent': () => given.answer },
      stored: { 'overview.1': anOverview({ consent: NO_CONSENT }) },
    });
    await page.fire('onGeneral', tick(true));
    await page.fire('onFacePhoto', tick(true));
    const agreeing = page.fire('onAgree');
    await page.fire('onFacePhoto', tick(false));
    await page.fire('onRefuse');
    expect(page.data).toMatchObject({ held: true, facePhoto: true, refused: null });
    given.comes(CONSENT_GIVEN);
    await agreeing;
    expect(page.wx.opened).toHaveLength(1);
    page.close();
  });
});

describe('while the photo is being confirmed', () => {
  const PHOTO = aPhotoView();
  const DEVELOPED = aSubmissionView({
    state: 'developed',
    latestPhoto: PHOTO,
    developedPhoto: PHOTO,
    closesAt: at('2099-01-01T00:00:00.000Z'),
  });
  const LINK = { url: 'https://x/picture', expiresAt: LATER };

  it('the student takes no other one', async () => {
    const confirmed = later();
    const page = await openPage('review', {
      query: { submission: SUBMISSION_ID },
      stored: { [`ticks.${SUBMISSION_ID}`]: ['live-photo'] },
      answers: {
        'student.submission': DEVELOPED,
        'student.downloadLink': LINK,
        'student.confirm': () => confirmed.answer,
      },
      wx: { showModal: succeeding({ confirm: true }) },
    });
    const confirming = page.fire('onConfirm');
    await until(() => page.data['confirming'] === true);
    await page.fire('onRetake');
    expect(page.wx.opened).toEqual([]);
    expect(page.data['held']).toBe(true);
    confirmed.comes(new Refusal('TEMPORARILY_UNAVAILABLE'));
    await confirming;
    await page.fire('onRetake');
    expect(page.wx.opened).toMatchObject([{ url: `/pages/shoot/shoot?submission=${SUBMISSION_ID}` }]);
    page.close();
  });

  it.each(['onNext', 'openCamera'])('the station waits for the answer: %s', async (handler) => {
    const confirmed = later();
    const stage = { name: 'uploaded', uploadId: 'upload-1', fileId: 'cloud://e.b/p.jpg' };
    const page = await openPage('station-shoot', {
      folder: 'operator',
      answers: {
        'photo.submit': {
          photo: PHOTO,
          submission: DEVELOPED,
          originalLink: LINK,
          standardLink: LINK,
        },
        'operator.stationConfirm': () => confirmed.answer,
        'operator.stationLeave': {},
      },
      stored: {
        [`upload.${SUBMISSION_ID}`]: {
          submissionId: SUBMISSION_ID,
          path: 'wxfile://usr/station-1.jpg',
          extension: 'jpg',
          ticks: ['live-photo'],
          takenAt: LATER,
          submitKey: 'submit-key-1',
          ticketKey: 'ticket-key-1',
          losses: 0,
          stage,
        },
      },
      beforehand: async () => {
        const { takeSeat } = await import('../../miniprogram/operator/services/seat-store');
        takeSeat({ seat: aSeat(), student: aStationResolution().student, payloadBase64: 'AAEC' });
      },
      wx: { getFileSystemManager: () => ({ unlink: succeeding() }) },
    });
    await page.fire('onTail', tail('1234'));
    const confirming = page.fire('onConfirm');
    await page.fire(handler);
    expect(page.data).toMatchObject({ phase: 'result', leaving: false, held: true });
    confirmed.comes(new Refusal('CODE_ID_TAIL_WRONG', { triesLeft: 4 }));
    await confirming;
    expect(page.wx.opened).toEqual([]);
    expect(page.data).toMatchObject({ held: false, busy: false, failure: expect.any(Object) as object });
    page.close();
  });
});
