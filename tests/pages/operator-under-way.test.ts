/**
 * What is under way and what the person does meanwhile never contradict each other: a step that changes something holds
 * what would take it back, and a question whose subject has changed is answered for what is on the page now.
 * Here: the staff at the desk.
 */
import { succeeding } from '../support/fake-wx';
import {
  LATER,
  STATIONS,
  aMe,
  aMember,
  aRosterPlan,
  aStation,
  anExportCheck,
  anExportJob,
  anOperatorBatch,
} from '../support/staff-view-builder';
import { Refusal, later } from './support/open-page';
import { closeStaffPage, openStaffPage, type StaffPage } from './support/open-staff-page';

const tail = (value: string) => ({ detail: { value } });

/** Waits for what happens behind a pause, e.g. that of whoever is typing. */
async function until(happened: () => boolean): Promise<void> {
  while (!happened()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('the list', () => {
  let page: StaffPage;
  afterEach(closeStaffPage);

  async function open(answers: Record<string, unknown>) {
    page = await openStaffPage(
      'roster',
      {
        'operator.prepareRosterUpload': {
          uploadId: 'upload-1',
          cloudPath: 'rosters/x.csv',
          expiresAt: LATER,
        },
        'operator.rosterFindings': { findings: [], pages: 1 },
        ...answers,
      },
      { chooseMessageFile: succeeding({ tempFiles: [{ path: 'tmp/x.csv', name: '名单.csv', size: 9 }] }) },
    );
    const { cloud } = (globalThis as unknown as { wx: { cloud: Record<string, unknown> } }).wx;
    cloud['uploadFile'] = ({ success }: { success: (result: unknown) => void }) => {
      success({ fileID: 'cloud://e.b/rosters/x.csv' });
      return { onProgressUpdate: () => undefined, abort: () => undefined };
    };
  }
  async function openWithList(answers: Record<string, unknown>) {
    await open(answers);
    await page.fire('onChoose');
  }

  it.each([
    ['how names are kept', (): Promise<unknown> => page.fire('onNames', tail('leave-out'))],
    ['what happens to bad rows', () => page.fire('onBadRows', tail('leave-out'))],
    ['the file', () => page.fire('onChoose')],
  ])('shows no plan for choices that are no longer those of the page: %s', async (_, change) => {
    const checked = later();
    const plans: unknown[] = [checked.answer, aRosterPlan()];
    await openWithList({ 'operator.checkRoster': () => plans.shift() });
    await page.fire('onNames', tail('whole'));
    const checking = page.fire('onCheck');
    await change();
    expect(page.data['busy']).toBe(false);
    checked.comes(aRosterPlan());
    await checking;
    expect(page.data).toMatchObject({ planRows: '', applyText: '', failure: null });
    await page.fire('onCheck');
    expect(page.data['applyText']).not.toBe('');
  });

  it('that arrives late is not taken for the one that was chosen since', async () => {
    const first = later();
    const tickets = [first.answer, { uploadId: 'upload-2', cloudPath: 'rosters/y.csv', expiresAt: LATER }];
    await open({
      'operator.prepareRosterUpload': () => tickets.shift(),
      'operator.checkRoster': aRosterPlan(),
    });
    const sending = page.fire('onChoose');
    await until(() => page.data['busy'] === true);
    await page.fire('onChoose');
    first.comes({ uploadId: 'upload-1', cloudPath: 'rosters/x.csv', expiresAt: LATER });
    await sending;
    await page.fire('onCheck');
    expect(page.called('operator.checkRoster')).toMatchObject([{ uploadId: 'upload-2' }]);
  });

  it('takes no other choice while it is being written', async () => {
    const written = later();
    await openWithList({
      'operator.checkRoster': aRosterPlan(),
      'operator.applyRoster': () => written.answer,
    });
    await page.fire('onCheck');
    const applying = page.fire('onApply');
    await page.fire('onNames', tail('leave-out'));
    expect(page.data).toMatchObject({ held: true, names: 'masked', applying: true });
    written.comes(aRosterPlan({ state: 'applied' }));
    await applying;
    expect(page.data).toMatchObject({ held: false, applied: true });
  });

  it('is not imported by columns that were chosen after the check', async () => {
    await openWithList({ 'operator.checkRoster': aRosterPlan() });
    await page.fire('onCheck');
    const [column] = page.data['columns'] as { heading: string }[];
    await page.fire('onColumn', { dataset: { heading: column!.heading } });
    await page.fire('onColumnField', tail('unused'));
    expect(page.data).toMatchObject({ mappingChanged: true, applyText: '' });
  });
});

describe('packages', () => {
  let page: StaffPage;
  afterEach(closeStaffPage);

  const open = async (answers: Record<string, unknown>) => {
    page = await openStaffPage('export', {
      'operator.stations': { stations: STATIONS },
      'exporter.jobs': { jobs: [], next: null },
      ...answers,
    });
  };
  const chooseStation = () => page.fire('onField', { ...tail('station-2'), dataset: { field: 'stationId' } });

  it('a check of another selection does not stand under the form', async () => {
    const checked = later();
    await open({ 'exporter.check': () => checked.answer });
    const checking = page.fire('onCheck');
    await chooseStation();
    expect(page.data['checking']).toBe(false);
    checked.comes(anExportCheck());
    await checking;
    expect(page.data).toMatchObject({ stationId: 'station-2', found: '', canStart: false });
  });

  it('the form stays what is being packed until that is done', async () => {
    const started = later();
    await open({ 'exporter.check': anExportCheck(), 'exporter.start': () => started.answer });
    await page.fire('onCheck');
    const packing = page.fire('onStart');
    await chooseStation();
    expect(page.data).toMatchObject({ held: true, stationId: '' });
    started.comes(anExportJob());
    await packing;
    await chooseStation();
    expect(page.data).toMatchObject({ held: false, stationId: 'station-2' });
  });
});

describe('members', () => {
  afterEach(closeStaffPage);

  it('shows the stations of the school that was chosen last', async () => {
    const [first, second] = [later(), later()];
    const OTHER = { ...aStation(9, '合肥站'), schoolCode: '10001' };
    const schools = ['10000', '10001'].map((code) => ({ code, name: code }));
    const stations = ({ schoolCode }: { schoolCode: string }) =>
      schoolCode === '10000' ? first.answer : second.answer;
    const page = await openStaffPage('members', {
      'operator.me': aMe('operator', { schools }),
      'operator.members': { members: [aMember('operator', { isMe: true })] },
      'operator.invitations': { invitations: [] },
      'operator.stations': stations,
    });
    const choose = (value: string) =>
      page.fire('onField', { ...tail(value), dataset: { field: 'schoolCode' } });
    const choosing = [choose('10000'), choose('10001')];
    expect(page.data).toMatchObject({ stations: [], noStations: false });
    second.comes({ stations: [OTHER] });
    await choosing[1];
    first.comes({ stations: STATIONS });
    await choosing[0];
    expect(page.data['stations']).toMatchObject([{ name: '合肥站' }]);
  });
});

describe('the form of a batch', () => {
  afterEach(closeStaffPage);

  it('takes no other words while it is being saved', async () => {
    const saved = later();
    const page = await openStaffPage('batch-edit', { 'operator.updateBatch': () => saved.answer });
    const typeTitle = () => page.fire('onField', { ...tail('别的名称'), dataset: { field: 'title' } });
    const saving = page.fire('onSave');
    await typeTitle();
    expect(page.data).toMatchObject({ held: true, form: { title: anOperatorBatch().title } });
    saved.comes(new Refusal('TEMPORARILY_UNAVAILABLE'));
    await saving;
    await typeTitle();
    expect(page.data).toMatchObject({ held: false, form: { title: '别的名称' } });
  });
});
