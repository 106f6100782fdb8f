/** "What about this one student?": by the number, at once, in what a reviewer may see, for who may ask. */
import { bindCode } from '../../cloudfunctions/capture-code/binding/bind-code';
import { collection } from '../../cloudfunctions/platform/database';
import { heldOwnerOf } from '../../cloudfunctions/station-mode/held-owner';
import { type SubmissionDocument } from '../../cloudfunctions/submission/submission-document';
import { type Batch } from '../../miniprogram/shared/batch/batch';
import { type StudentStanding } from '../../miniprogram/shared/contract/operator/standing';
import { type StationId } from '../../miniprogram/shared/identity/ids';
import { type Membership } from '../../miniprogram/shared/roles/membership';
import { withPhoto } from '../support/accepted-builder';
import { daysFromNow } from '../support/batch-builder';
import { storedBinding } from '../support/binding-builder';
import { aCall } from '../support/call-builder';
import { aCode, resolved } from '../support/code-builder';
import { csvOf, importList } from '../support/roster-builder';
import { staffOn, type StaffPerson, storedMember, storedStation } from '../support/staff-builder';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';
import { agree, boundSubmission, storedBatch } from '../support/submission-builder';

const SCHOOL = '99999';

let testCloud: TestCloud;
beforeAll(async () => {
  testCloud = await startTestCloud();
});
afterAll(() => testCloud.close());

const member = async (membership: Membership): Promise<StaffPerson> =>
  staffOn(testCloud.cloud, (await storedMember(membership)).openid);
const theSchool = () => member({ role: 'school', schoolCode: SCHOOL });
const teacherOf = (stationId: StationId) =>
  member({ role: 'station', schoolCode: SCHOOL, stationIds: [stationId] });

async function standing(batch: Batch, studentNumber: string, who?: StaffPerson): Promise<StudentStanding> {
  const asking = who ?? (await theSchool());
  return asking.operator('studentStanding', { batchId: batch.id, studentNumber });
}

const NEVER_SEEN = { code: 'NOT_FOUND', details: { event: 'look-up' } };

describe('of a student who has begun', () => {
  test('where the photo is, since when, how many were taken, whose the code is', async () => {
    const batch = await storedBatch({ attemptLimit: 3 });
    const stationId = await storedStation(SCHOOL, '阜阳站');
    const changes = { stationId, className: '会计 1 班', attempts: 2 };
    const { timeline } = await withPhoto(batch, '1', 'confirmed', changes);
    expect(await standing(batch, '1')).toEqual({
      student: {
        studentNumber: '1',
        maskedName: '张*三',
        level: '专升本',
        year: '2021',
        stationName: '阜阳站',
        className: '会计 1 班',
      },
      listed: null,
      state: 'confirmed',
      since: timeline.at(-1)!.at,
      attempts: 2,
      attemptsLeft: 1,
      rejection: null,
      overrides: [],
      boundBy: 'account',
      isStuck: false,
    });
  });

  test('why another photo was asked for, and which checks are let pass', async () => {
    const batch = await storedBatch({ attemptLimit: 1 });
    const rejection = { reasons: ['light', 'pose'], remark: '请面向窗户' } as const;
    const overrides = [{ check: 'eyes-open', reason: '医院证明', at: daysFromNow(-1) }] as const;
    await withPhoto(batch, '1', 'rejected', { rejection, overrides });
    expect(await standing(batch, '1')).toMatchObject({ rejection, overrides, attempts: 1, attemptsLeft: 1 });
  });

  test.each([
    ['with three blocked photos', null, 3, true],
    ['with two', null, 2, false],
    ['who has used up the two that the batch allows', 2, 2, true],
  ])('whether the student is stuck: %s', async (_, attemptLimit, attempts, isStuck) => {
    const batch = await storedBatch({ attemptLimit });
    await withPhoto(batch, '1', 'developed', { state: 'shot', attempts });
    expect(await standing(batch, '1')).toMatchObject({ state: 'shot', isStuck });
  });

  test('that a station holds the photo for a student who has not bound the code', async () => {
    const batch = await storedBatch();
    await withPhoto(batch, '1', 'developed', {}, aCall({ openid: heldOwnerOf('a 学籍') }));
    expect(await standing(batch, '1')).toMatchObject({ boundBy: 'station' });
  });
});

describe('of a student who has nothing in the batch', () => {
  test('what the list says, the name masked also where the list has it whole', async () => {
    const batch = await storedBatch();
    await importList(batch.id, csvOf([['2021001', '张小三', '2021', '阜阳站', '1 班']]), { names: 'whole' });
    expect(await standing(batch, '2021001')).toMatchObject({
      student: { maskedName: '张*三', level: null, year: '2021', stationName: '阜阳站', className: '1 班' },
      listed: true,
      state: 'not-bound',
      since: null,
      boundBy: 'nobody',
    });
  });

  test('that the code is bound on an account all the same, which is what a release would let go of', async () => {
    const batch = await storedBatch();
    const studentNumber = 'BOUND-IN-AN-EARLIER-BATCH';
    await importList(batch.id, csvOf([[studentNumber, '张小三', '2021', '阜阳站', '1 班']]));
    await storedBinding({ schoolCode: SCHOOL, studentNumber });
    expect(await standing(batch, studentNumber)).toMatchObject({ state: 'not-bound', boundBy: 'account' });
  });

  test('that a binding was released, by whom and when, although nothing else of it is left', async () => {
    await collection('batches').removeWhere({});
    const batch = await storedBatch();
    const studentNumber = 'RELEASED';
    const account = aCall();
    await agree(account);
    await bindCode(account, { resolutionId: (await resolved(account, aCode({ studentNumber }))).id });
    const school = await theSchool();
    await school.operator('releaseBinding', { batchId: batch.id, studentNumber });
    expect(await collection<SubmissionDocument>('submissions').count({ studentNumber })).toBe(0);

    const released = { state: 'not-bound', listed: null, boundBy: 'nobody' };
    expect(await standing(batch, studentNumber)).toMatchObject(released);
    const colleague = await theSchool();
    const { entries } = await colleague.operator('studentAudit', { batchId: batch.id, studentNumber });
    expect(entries.map(({ action }) => action).sort()).toEqual([
      'binding.release',
      'submission.bind',
      'submission.delete',
    ]);
    const release = entries.find(({ action }) => action === 'binding.release')!;
    const { members } = await colleague.operator('members', {});
    const { member: whoDid } = await school.operator('me', {});
    expect(members.find(({ actor }) => actor === release.actor)?.id).toBe(whoDid!.id);
  });
});

describe('nothing', () => {
  test.each([
    ['of a number that nobody has', 'NEVER-SEEN'],
    ['of a number that is in another batch', 'ELSEWHERE'],
  ])('%s', async (_, studentNumber) => {
    await boundSubmission(aCall(), await storedBatch(), { studentNumber: 'ELSEWHERE' });
    const batch = await storedBatch();
    const request = { batchId: batch.id, studentNumber };
    await expect(standing(batch, studentNumber)).rejects.toMatchObject(NEVER_SEEN);
    await expect((await theSchool()).operator('studentAudit', request)).rejects.toMatchObject(NEVER_SEEN);
  });

  test('to a teacher of a student of another station, or of none', async () => {
    const batch = await storedBatch();
    const [own, other] = [await storedStation(SCHOOL, '一站'), await storedStation(SCHOOL, '二站')];
    await withPhoto(batch, 'OWN', 'confirmed', { stationId: own });
    await withPhoto(batch, 'NONE', 'confirmed');
    const rows = [
      ['LISTED-HERE', '张小三', '2021', '一站', '1 班'],
      ['LISTED-THERE', '张小三', '2021', '二站', '1 班'],
    ];
    await importList(batch.id, csvOf(rows));
    const [here, there] = [await teacherOf(own), await teacherOf(other)];
    expect(await standing(batch, 'OWN', here)).toMatchObject({ state: 'confirmed' });
    expect(await standing(batch, 'LISTED-HERE', here)).toMatchObject({ state: 'not-bound' });
    for (const number of ['OWN', 'NONE', 'LISTED-HERE']) {
      await expect(standing(batch, number, there)).rejects.toMatchObject(NEVER_SEEN);
    }
  });
});
