/** What a package says about each photo: who files photos by station and class, or asks who let what pass, reads it. */
import { newStation } from '../../cloudfunctions/operator-access/station-document';
import { collection } from '../../cloudfunctions/platform/database';
import { newReview, type ReviewDocument } from '../../cloudfunctions/review/review-document';
import { type PhotoDocument } from '../../cloudfunctions/submission/photo-document';
import { type Instant } from '../../miniprogram/shared/identity/ids';
import { pictureOf, sha256, withPhoto } from '../support/accepted-builder';
import { finishedPackage, manifestOf } from '../support/package-builder';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';
import { storedBatch } from '../support/submission-builder';
import { aVerdict } from '../support/verdict-builder';

let testCloud: TestCloud;
beforeAll(async () => {
  testCloud = await startTestCloud();
});
afterAll(() => testCloud.close());

const at = (time: string) => `2026-11-23T${time}.000Z` as Instant;

/** A student of a station and a class whose second photo a reviewer let pass in spite of its wall. */
async function packageOfOneFiledStudent() {
  const batch = await storedBatch();
  const station = newStation(batch.schoolCode, '阜阳站');
  await collection('stations').set(station);
  const { _id, confirmedPhotoId } = await withPhoto(batch, '202101', 'accepted', {
    stationId: station._id,
    className: '1 班, 夜',
    overrides: [{ check: 'wall', reason: '只有这面墙', at: at('08:00:00') }],
    timeline: [
      { state: 'bound', at: at('07:00:00') },
      { state: 'confirmed', at: at('07:30:00') },
      { state: 'rejected', at: at('08:00:00') },
      { state: 'confirmed', at: at('08:30:00') },
    ],
  });
  await collection<PhotoDocument>('photos').update(confirmedPhotoId!, {
    verdict: aVerdict({ wall: 'warned', sharp: 'warned', 'ears-visible': 'not-assessed' }),
    ticks: ['no-headwear', 'no-hood'],
  });
  await collection<ReviewDocument>('reviews').insert({
    ...newReview(_id, batch.id),
    decision: 'accepted',
    decidedAt: at('09:00:00'),
    reviewerLabel: '王老师',
  });
  return finishedPackage(batch);
}

test('an entry has everything that is known of its photo', async () => {
  const { files } = await packageOfOneFiledStudent();
  expect(manifestOf(files).entries).toEqual([
    {
      file: '202101.jpg',
      volume: 'photos-1-of-1.zip',
      bytes: pictureOf('202101').length,
      sha256: sha256(pictureOf('202101')),
      studentNumber: '202101',
      codeDigest: 'a code',
      level: '专升本',
      year: '2021',
      studyForm: '非脱产',
      station: '阜阳站',
      class: '1 班, 夜',
      verdict: 'warned',
      warned: ['sharp', 'wall'],
      notAssessed: ['ears-visible'],
      ticks: ['no-headwear', 'no-hood'],
      overridden: ['wall'],
      reviewer: '王老师',
      confirmedAt: at('08:30:00'),
      reviewedAt: at('09:00:00'),
      originalSha256: sha256(Buffer.from('original of 202101')),
    },
  ]);
});

test('the head says what was packed: new photos or all, of whom', async () => {
  const batch = await storedBatch();
  const station = newStation(batch.schoolCode, '亳州站');
  await collection('stations').set(station);
  await withPhoto(batch, '1', 'accepted', { stationId: station._id });
  await withPhoto(batch, '2');
  const heads: unknown[] = [];
  for (const [photos, of] of [
    ['new', { stationId: station._id }],
    ['all-accepted', { stationId: null }],
    ['all-accepted', {}],
  ] as const) {
    const { files } = await finishedPackage(batch, { selection: { batchId: batch.id, photos, ...of } });
    const { selection, scope, station: name, photos: count } = manifestOf(files);
    heads.push([selection, scope, name, count]);
  }
  expect(heads).toEqual([
    ['new', 'station', '亳州站', 1],
    ['all-accepted', 'no-station', null, 1],
    ['all-accepted', 'batch', null, 2],
  ]);
});

test('the head knows the table for people by its hash', async () => {
  const { files } = await packageOfOneFiledStudent();
  const csv = files.get('manifest.csv')!;
  expect(manifestOf(files).table).toEqual({ file: 'manifest.csv', bytes: csv.length, sha256: sha256(csv) });
});

test('and so has its line for spreadsheets, with the minutes of Beijing', async () => {
  const { files } = await packageOfOneFiledStudent();
  const [headings, line, ...rest] = files.get('manifest.csv')!.toString().split('\r\n');
  expect(headings).toBe(
    '\ufefffile,volume,bytes,sha256,studentNumber,codeDigest,level,year,studyForm,station,class,verdict,warned,' +
      'notAssessed,ticks,overridden,reviewer,confirmedAt,reviewedAt,originalSha256',
  );
  expect(line).toBe(
    `202101.jpg,photos-1-of-1.zip,${pictureOf('202101').length},${sha256(pictureOf('202101'))},202101,a code,专升本,` +
      '2021,非脱产,阜阳站,"1 班, 夜",warned,sharp;wall,ears-visible,no-headwear;no-hood,wall,王老师,' +
      `2026-11-23 16:30,2026-11-23 17:00,${sha256(Buffer.from('original of 202101'))}`,
  );
  expect(rest).toEqual(['']);
});
