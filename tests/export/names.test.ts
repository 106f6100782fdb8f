/** What photos are called in a package: by the template, and so that nobody's photo takes another's place. */
import { selectPhotos } from '../../cloudfunctions/export/select-photos';
import { checkExport } from '../../cloudfunctions/export/start-export';
import { collection } from '../../cloudfunctions/platform/database';
import { rosterLineId, type RosterLineDocument } from '../../cloudfunctions/roster/roster-document';
import { type ExportSelection } from '../../miniprogram/shared/contract/exporter';
import { type StationId } from '../../miniprogram/shared/identity/ids';
import { withPhoto } from '../support/accepted-builder';
import { packageRequest, startPackage } from '../support/package-builder';
import { refusalOf } from '../support/refusal';
import { csvOf, importList, storedBatchDocument } from '../support/roster-builder';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';
import { storedBatch } from '../support/submission-builder';

let testCloud: TestCloud;
beforeAll(async () => {
  testCloud = await startTestCloud();
});
afterAll(() => testCloud.close());

test('names that two photos would share are found before anything is written', async () => {
  const batch = await storedBatch();
  await withPhoto(batch, '1', 'accepted', { className: 'A' });
  await withPhoto(batch, '2', 'accepted', { className: 'a' });
  await withPhoto(batch, '3', 'accepted', { className: 'B/C' });
  const template = { fileName: '{class}', folder: '' };
  const check = await checkExport(await storedBatchDocument(batch.id), packageRequest(batch, { template }));
  expect(check).toMatchObject({ photos: 3, volumes: 1, problemCount: 2 });
  expect(check.problems).toEqual([
    { problem: 'same-name', studentNumber: '2', path: 'a.jpg' },
    { problem: 'illegal-character', studentNumber: '3', path: 'B/C.jpg' },
  ]);
  await expect(startPackage(batch, { template })).rejects.toMatchObject({
    code: 'EXPORT_NAMES_REFUSED',
    details: { count: 2, problem: 'same-name' },
  });
  expect(await collection('exports').count({ batchId: batch.id })).toBe(0);
});

test('names are those of the list that holds, not of one that is being imported or was replaced', async () => {
  const batch = await storedBatch();
  const numbers = ['1', '2', '3', '4', '5', '6', '7', '8'];
  const list = csvOf(
    numbers.map((number) => [number, '会计学']),
    ['学号', '专业'],
  );
  await importList(batch.id, list);
  const roster = collection<RosterLineDocument>('roster');
  for (const line of await roster.find({ batchId: batch.id }, { limit: 10 })) {
    for (const version of [line.version - 1, line.version + 1]) {
      const _id = rosterLineId(batch.id, version, line.studentNumber);
      await roster.insert({ ...line, _id, version, major: '护理学' });
    }
  }
  for (const number of numbers) await withPhoto(batch, number);
  const template = { fileName: '{studentNumber}-{major}', folder: '' };
  const { photos } = await selectPhotos(
    await storedBatchDocument(batch.id),
    packageRequest(batch, { template }),
  );
  expect(photos.map(({ path }) => path)).toEqual(numbers.map((number) => `${number}-会计学.jpg`));
});

test('names by a template that cannot be are refused', async () => {
  const batch = await storedBatch();
  expect(await refusalOf(startPackage(batch, { template: { fileName: '{idNumber}', folder: '' } }))).toBe(
    'EXPORT_TEMPLATE_INVALID',
  );
});

test.each<[string, Partial<ExportSelection>, string]>([
  ['new photos', { photos: 'new' }, 'EXPORT_TEMPLATE_INVALID'],
  ['one station', { stationId: 'station-1' as StationId }, 'EXPORT_TEMPLATE_INVALID'],
  ['those without a station', { stationId: null }, 'EXPORT_TEMPLATE_INVALID'],
  ['the whole batch', {}, 'none'],
])('names without the student’s number, of %s: %j gives %s', async (_, changes, outcome) => {
  const batch = await storedBatch();
  await withPhoto(batch, '1');
  const selection = { batchId: batch.id, photos: 'all-accepted', ...changes } as const;
  const template = { fileName: '{seq}', folder: '{station}' };
  expect(await refusalOf(startPackage(batch, { selection, template }))).toBe(outcome);
});
