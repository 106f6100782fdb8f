/** Station mode: the student agrees, the teacher says who it is. */
import { succeeding } from '../support/fake-wx';
import { aSeat, aStationResolution } from '../support/staff-view-builder';
import { NOON } from '../support/view-builder';
import { Refusal } from './support/open-page';
import { closeStaffPage, openStaffPage, type StaffPage } from './support/open-staff-page';

let page: StaffPage;
const open = async (...given: Parameters<typeof openStaffPage>) => {
  page = await openStaffPage(...given);
};

afterEach(closeStaffPage);

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
    expect(page.called('operator.stationSeat')).toEqual([]);
    await page.fire('onGeneral', { detail: { checked: true } });
    await page.fire('onFacePhoto', { detail: { checked: true } });
    await page.fire('onYes');
    expect(page.called('operator.stationSeat')).toMatchObject([
      { resolutionId: 'resolution-1', consentVersion: expect.any(String) as string },
    ]);
    expect(page.wx.opened.at(-1)?.url).toBe('/operator/station-shoot/station-shoot?seat=seat-1');
    expect(page.data).toMatchObject({ asking: false, idTail: '', scanned: false });
  });

  it.each([
    [
      'the student takes a tick away',
      (): Promise<unknown> => page.fire('onFacePhoto', { detail: { checked: false } }),
    ],
    ['the teacher says no', () => page.fire('onNo')],
  ])('seats nobody by another try once %s', async (_, change) => {
    const trouble = { 'operator.stationSeat': new Refusal('TEMPORARILY_UNAVAILABLE') };
    await open('station', { ...answers, ...trouble }, { scanCode });
    await page.fire('onScan');
    await page.fire('onTail', { detail: { value: '002x' } });
    await page.fire('onGeneral', { detail: { checked: true } });
    await page.fire('onFacePhoto', { detail: { checked: true } });
    await page.fire('onYes');
    await change();
    expect(page.data['failure']).toBeNull();
    await page.fire('onRetry');
    expect(page.called('operator.stationSeat')).toHaveLength(1);
    expect(page.wx.opened).toEqual([]);
  });

  it('shows the question, and after a no the first step, from its heading, wherever one had scrolled to', async () => {
    const scrolled: unknown[] = [];
    const pageScrollTo = ({ scrollTop }: { scrollTop?: number }) => scrolled.push(scrollTop);
    await open('station', answers, { scanCode, pageScrollTo });
    await page.fire('onScan');
    await page.fire('onTail', { detail: { value: '002x' } });
    expect(page.data['asking']).toBe(true);
    expect(scrolled).toEqual([0]);
    await page.fire('onNo');
    expect(scrolled).toEqual([0, 0]);
  });

  it('spends no try while somebody types the whole number', async () => {
    await open('station', answers, { scanCode });
    await page.fire('onScan');
    const typed = ['1101', '11010', '110105', '1101051'].map((value) =>
      page.fire('onTail', { detail: { value } }),
    );
    await Promise.all(typed);
    expect(page.called('operator.stationResolve')).toEqual([]);
    await page.fire('onResolve');
    expect(page.called('operator.stationResolve')).toMatchObject([{ idTail: '1051' }]);
  });

  it('says of a student of another station what can be done, and keeps what was typed', async () => {
    const refusal = new Refusal('FORBIDDEN', { reason: 'other-station' });
    await open('station', { ...answers, 'operator.stationResolve': refusal }, { scanCode });
    await page.fire('onScan');
    await page.fire('onTail', { detail: { value: '002x' } });
    expect(page.data).toMatchObject({
      asking: false,
      idTail: '002X',
      failure: {
        title: '这位学生不在你负责的站点',
        next: expect.stringMatching(/核对采集码.*请学校改好名单再拍.*学生用自己的微信拍/) as string,
        canRetry: false,
      },
    });
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
    expect(page.called('operator.stationSeat')).toEqual([]);
  });

  it('tells the teacher where students stand, in words that are not the student’s own', async () => {
    const line = {
      seatId: 'seat-1',
      submissionId: 'submission-1',
      maskedName: '张*',
      maskedStudentNumber: '2022****01',
      seatedAt: NOON,
    };
    const seats = [
      { ...line, state: 'developed', open: true },
      { ...line, state: 'rejected', open: false },
    ];
    const resolution = aStationResolution({ state: 'bound' });
    const given = { 'operator.stationSeats': { seats }, 'operator.stationResolve': resolution };
    await open('station', { ...answers, ...given }, { scanCode });
    await page.fire('onShow');
    expect(page.data['seats']).toMatchObject([{ state: '待学生确认 · 还在进行' }, { state: '被驳回待重拍' }]);
    await page.fire('onScan');
    await page.fire('onTail', { detail: { value: '002x' } });
    expect(page.data['standing']).toBe('这位学生现在的状态：未拍照');
  });
});
