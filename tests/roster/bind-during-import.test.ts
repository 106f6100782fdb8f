/** Somebody binds in the moment in which a list is imported: read by the list before, written after the import. */
import { moments } from '../support/binding-moments';
import { bindCode } from '../../cloudfunctions/capture-code/binding/bind-code';
import { type ResolutionDocument } from '../../cloudfunctions/capture-code/binding/resolution-document';
import { newId } from '../../cloudfunctions/identity/unguessable-id';
import { stationIdOf } from '../../cloudfunctions/operator-access/station-document';
import { collection } from '../../cloudfunctions/platform/database';
import { runRetention } from '../../cloudfunctions/retention/run-retention';
import { shownCodeSubject, takeSeat } from '../../cloudfunctions/station-mode/take-seat';
import { seatOwnerOf } from '../../cloudfunctions/station-mode/resolve-at-station';
import { type Batch } from '../../miniprogram/shared/batch/batch';
import { CONSENT_VERSION } from '../../miniprogram/shared/contract/student';
import { type ResolutionId, type SubmissionId } from '../../miniprogram/shared/identity/ids';
import { aCall, later } from '../support/call-builder';
import { csvOf, importList, type ListRow } from '../support/roster-builder';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';
import { aStudentRecord } from '../support/student-builder';
import { agree, boundSubmission, storedBatch, storedSubmission } from '../support/submission-builder';

let testCloud: TestCloud;
beforeAll(async () => {
  testCloud = await startTestCloud();
});
afterAll(() => testCloud.close());

const HOUR = 3600;
const NUMBER = '202110001';
const rowIn = (station: string, className: string): ListRow => [NUMBER, '', '2021', station, className];
const OTHERS: ListRow = ['202110002', '', '2021', '宿州站', '2 班'];
const placeIn = ({ schoolCode }: Batch, station: string, className: string) => ({
  listed: true,
  stationId: stationIdOf(schoolCode, station),
  className,
});
const NOWHERE = { listed: false, stationId: null, className: null };

async function resolution({ id: batchId, schoolCode }: Batch, openid: string, now = aCall().now) {
  const document: ResolutionDocument = {
    _id: newId() as ResolutionId,
    openid,
    enrolmentKey: newId(),
    codeKey: 'a code',
    personKey: 'a person',
    student: aStudentRecord({ schoolCode, studentNumber: NUMBER }),
    batchId,
    alreadyMine: false,
    expiresAt: later(aCall({ now }), 600).now,
  };
  await collection<ResolutionDocument>('resolutions').insert(document);
  return document;
}

/** On the own phone. */
async function bind(batch: Batch): Promise<SubmissionId> {
  const call = aCall();
  await agree(call);
  return (await bindCode(call, { resolutionId: (await resolution(batch, call.openid))._id })).id;
}

/** At a teacher's phone, who answers for every station of the school. */
async function sit(batch: Batch): Promise<SubmissionId> {
  const teacher = aCall();
  const { _id: resolutionId } = await resolution(batch, seatOwnerOf(teacher.openid));
  const scope = { schools: [batch.schoolCode], stations: 'all' } as const;
  const subject = await shownCodeSubject(teacher, resolutionId);
  const seat = await takeSeat(teacher, scope, subject!.thing, {
    resolutionId,
    consentVersion: CONSENT_VERSION,
  });
  return seat.submission.id;
}

describe.each([
  ['on the own phone', bind],
  ['at a station', sit],
])('who binds %s during the import', (_, binding) => {
  test('of the first list has the place that it gives', async () => {
    const batch = await storedBatch();
    moments.binding = () => importList(batch.id, csvOf([rowIn('阜阳站', '1 班'), OTHERS]));
    expect(await storedSubmission(await binding(batch))).toMatchObject(placeIn(batch, '阜阳站', '1 班'));
  });

  test('of another list has the place of that one', async () => {
    const batch = await storedBatch({ rosterRequired: true });
    await importList(batch.id, csvOf([rowIn('阜阳站', '1 班'), OTHERS]));
    moments.binding = () => importList(batch.id, csvOf([rowIn('宿州站', '9 班'), OTHERS]));
    expect(await storedSubmission(await binding(batch))).toMatchObject(placeIn(batch, '宿州站', '9 班'));
  });

  test('of a list without the own number is not listed any more', async () => {
    const batch = await storedBatch({ rosterRequired: true });
    await importList(batch.id, csvOf([rowIn('阜阳站', '1 班'), OTHERS]));
    moments.binding = () => importList(batch.id, csvOf([OTHERS]));
    expect(await storedSubmission(await binding(batch))).toMatchObject(NOWHERE);
  });
});

describe('who bound then, and was never placed', () => {
  async function neverPlaced() {
    const batch = await storedBatch();
    await importList(batch.id, csvOf([rowIn('阜阳站', '1 班'), OTHERS]));
    const { schoolCode } = batch;
    // As a process leaves it that died between the binding and the look at the list.
    const { _id } = await boundSubmission(aCall(), batch, { schoolCode, studentNumber: NUMBER });
    return { batch, id: _id };
  }

  test('gets the place in the night', async () => {
    const { batch, id } = await neverPlaced();
    await runRetention(aCall(), { dryRun: false });
    expect(await storedSubmission(id)).toMatchObject(placeIn(batch, '阜阳站', '1 班'));
  });

  test('gets it also from the night after one that failed', async () => {
    const { batch, id } = await neverPlaced();
    await runRetention(later(aCall(), 30 * HOUR), { dryRun: false });
    expect(await storedSubmission(id)).toMatchObject(placeIn(batch, '阜阳站', '1 班'));
  });

  test('is looked for in two nights and no longer: it walks the whole batch', async () => {
    const { id } = await neverPlaced();
    await runRetention(later(aCall(), 49 * HOUR), { dryRun: false });
    expect(await storedSubmission(id)).toMatchObject(NOWHERE);
  });

  test('does not get it from a report, which changes nothing', async () => {
    const { id } = await neverPlaced();
    await runRetention(aCall(), { dryRun: true });
    expect(await storedSubmission(id)).toMatchObject(NOWHERE);
  });
});
