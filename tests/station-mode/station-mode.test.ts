import { bindCode } from '../../cloudfunctions/capture-code/binding/bind-code';
import { readConsent } from '../../cloudfunctions/consent/consent-event';
import { withdrawConsent } from '../../cloudfunctions/consent/give-consent';
import { stationIdOf } from '../../cloudfunctions/operator-access/station-document';
import { collection } from '../../cloudfunctions/platform/database';
import { type Call } from '../../cloudfunctions/requests/call';
import { actingCall } from '../../cloudfunctions/station-mode/act-at-seat';
import { seatOwnerOf } from '../../cloudfunctions/station-mode/resolve-at-station';
import { shownCodeSubject, takeSeat } from '../../cloudfunctions/station-mode/take-seat';
import {
  confirmAtSeat,
  leaveSeat,
  listSeats,
  uploadAtSeat,
} from '../../cloudfunctions/station-mode/use-seat';
import { readOverview } from '../../cloudfunctions/submission/read-submissions';
import { type SubmissionDocument } from '../../cloudfunctions/submission/submission-document';
import { type Batch } from '../../miniprogram/shared/batch/batch';
import { CONSENT_VERSION } from '../../miniprogram/shared/contract/student';
import { type Scope } from '../../miniprogram/shared/roles/scope';
import { daysFromNow } from '../support/batch-builder';
import { aCall, later, withKey } from '../support/call-builder';
import { aCode, resolved, RIGHT_TAIL, WRONG_TAIL } from '../support/code-builder';
import { refusalOf } from '../support/refusal';
import { csvOf, importList } from '../support/roster-builder';
import { storedMember } from '../support/staff-builder';
import { aTeacher, codes, resolve, SCOPE, seat, seatDocument, shoot, shown } from '../support/seat-builder';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';
import { agree, storedBatch, storedSubmission } from '../support/submission-builder';

let testCloud: TestCloud;
let batch: Batch;
const ELSEWHERE: Scope = { schools: ['11111'], stations: 'all' };

beforeAll(async () => {
  testCloud = await startTestCloud();
});
beforeEach(async () => {
  await collection('batches').removeWhere({});
  batch = await storedBatch({ confirmOnTheSpot: true });
});
afterAll(() => testCloud.close());

test('many students in a row: scan, confirm who, shoot, next', async () => {
  const teacher = await aTeacher();
  for (let turn = 0; turn < 3; turn += 1) {
    const code = aCode();
    const resolution = await resolve(teacher, code);
    expect(resolution).toMatchObject({ consentNeeded: true, state: null, student: { maskedName: '张*三' } });
    const taken = await seat(teacher, code);
    await shoot(teacher, taken);
    await leaveSeat(teacher, SCOPE, await seatDocument(taken.id));
  }
  const lines = await listSeats(teacher, SCOPE);
  expect(lines.map(({ state, open }) => [state, open])).toEqual(Array(3).fill(['developed', false]));
  expect((await readOverview(teacher)).submissions).toEqual([]);
});

test('a student who has bound on an own phone is photographed for that phone', async () => {
  const student = aCall();
  await agree(student);
  const code = aCode();
  const own = await bindCode(student, { resolutionId: (await resolved(student, code)).id });
  const teacher = await aTeacher();
  expect(await resolve(teacher, code)).toMatchObject({ consentNeeded: false, state: 'bound' });
  const taken = await seat(teacher, code, null);
  expect(taken.submission.id).toBe(own.id);
  await shoot(teacher, taken);
  expect((await readOverview(student)).submissions).toMatchObject([{ id: own.id, state: 'developed' }]);
});

test('a student who is in an open batch is photographed for that one, whatever opens beside it', async () => {
  const teacher = await aTeacher();
  const code = aCode();
  const taken = await seat(teacher, code);
  const beside = await storedBatch({ closesAt: daysFromNow(5) });
  expect(await resolve(teacher, code)).toMatchObject({ alreadyMine: true, batch: { id: batch.id } });
  expect((await seat(teacher, code)).submission.id).toBe(taken.submission.id);
  expect(await resolve(teacher, aCode())).toMatchObject({ alreadyMine: false, batch: { id: beside.id } });
});

test('a student on no list may sit at another station the next time', async () => {
  const code = aCode();
  const { submission } = await seat(await aTeacher(), code);
  const teacher = aCall();
  const sister: Scope = { schools: ['99999'], stations: [stationIdOf('99999', '宿州站')] };
  const taken = await seat(teacher, code, null, sister);
  expect(taken.submission.id).toBe(submission.id);
  expect(await listSeats(teacher, sister)).toMatchObject([{ seatId: taken.id, open: true }]);
});

describe('the yes on the spot', () => {
  async function shotHere() {
    const teacher = await aTeacher();
    const code = aCode();
    const taken = await seat(teacher, code);
    const photoId = await shoot(teacher, taken);
    const confirm = async (payload = code, idTail = RIGHT_TAIL) =>
      confirmAtSeat(
        teacher,
        await seatDocument(taken.id),
        { seatId: taken.id, photoId, ...shown(payload, idTail) },
        codes,
      );
    return { teacher, taken, confirm };
  }

  test('needs the student’s code and ID tail', async () => {
    const { taken, confirm } = await shotHere();
    expect(taken.mayConfirmHere).toBe(true);
    expect(await refusalOf(confirm(undefined, WRONG_TAIL))).toBe('CODE_ID_TAIL_WRONG');
    expect(await refusalOf(confirm(aCode()))).toBe('NOT_FOUND');
    expect((await confirm()).state).toBe('confirmed');
  });

  test('is refused where the batch does not allow it', async () => {
    const { confirm, taken } = await shotHere();
    await collection('batches').update(batch.id, { confirmOnTheSpot: false });
    expect(await refusalOf(confirm())).toBe('FORBIDDEN');
    expect((await storedSubmission(taken.submission.id)).state).toBe('developed');
  });
});

describe('a teacher', () => {
  test('does not get a student of another station or school', async () => {
    await importList(batch.id, csvOf([['202177000001', '', '2021', '宿州站', '']]));
    const teacher = await aTeacher();
    const ofSister = aCode({ studentNumber: '202177000001', year: '2021' });
    const refusal = { code: 'FORBIDDEN', details: { reason: 'other-station' } };
    await expect(resolve(teacher, ofSister)).rejects.toMatchObject(refusal);
    await expect(resolve(teacher, aCode(), RIGHT_TAIL, ELSEWHERE)).rejects.toMatchObject(refusal);
  });

  test('cannot make a student’s code the own one', async () => {
    const teacher = await aTeacher();
    await agree(teacher);
    const { id } = await resolve(teacher, aCode());
    expect(await refusalOf(bindCode(teacher, { resolutionId: id }))).toBe('NOT_FOUND');
  });

  test('cannot photograph without the student’s consent', async () => {
    const teacher = await aTeacher();
    expect(await refusalOf(seat(teacher, aCode(), null))).toBe('CONSENT_REQUIRED');
    expect(await refusalOf(seat(teacher, aCode(), 'an older wording'))).toBe('INVALID_REQUEST');
  });

  test('gets no place for a photo once the student has taken the consent to it back', async () => {
    const teacher = await aTeacher();
    const { id, submission } = await seat(teacher, aCode());
    const upload = async () =>
      uploadAtSeat(teacher, await seatDocument(id), { seatId: id, extension: 'jpg' });
    const owner = aCall({ openid: (await storedSubmission(submission.id)).openid });
    await agree(owner, false);
    expect(await refusalOf(upload())).toBe('FACE_CONSENT_REQUIRED');
    await withdrawConsent(owner);
    expect(await refusalOf(upload())).toBe('CONSENT_REQUIRED');
  });

  test('acts for nobody after the seat is left, after a quarter of an hour, or from another phone', async () => {
    const teacher = await aTeacher();
    const taken = await seat(teacher, aCode());
    const { id: submissionId } = taken.submission;
    const owner = (await storedSubmission(submissionId)).openid;
    expect((await actingCall(teacher, submissionId)).openid).toBe(owner);
    const colleague = await aTeacher();
    expect((await actingCall(colleague, submissionId)).openid).toBe(colleague.openid);
    expect((await actingCall(later(teacher, 901), submissionId)).openid).toBe(teacher.openid);
    await leaveSeat(teacher, SCOPE, await seatDocument(taken.id));
    expect((await actingCall(teacher, submissionId)).openid).toBe(teacher.openid);
  });

  test.each([
    ['station', { schoolCode: '99999', stationIds: [stationIdOf('99999', '宿州站')] }],
    ['school', { schoolCode: '11111', stationIds: [stationIdOf('11111', '阜阳站')] }],
  ])('acts for nobody who still sits where they taught before they went to another %s', async (_, next) => {
    const teacher = await aTeacher();
    const { submission } = await seat(teacher, aCode());
    await storedMember({ role: 'station', ...next }, teacher.openid);
    expect((await actingCall(teacher, submission.id)).openid).toBe(teacher.openid);
  });

  test('acts for nobody once removed from the school', async () => {
    const teacher = await aTeacher();
    const taken = await seat(teacher, aCode());
    await collection('members').removeWhere({ openid: teacher.openid });
    expect(await refusalOf(actingCall(teacher, taken.submission.id))).toBe('FORBIDDEN');
  });

  test('who types wrong tails locks the code for this phone', async () => {
    const teacher = await aTeacher();
    const code = aCode();
    const outcomes: string[] = [];
    for (let attempt = 0; attempt < 6; attempt += 1)
      outcomes.push(await refusalOf(resolve(teacher, code, WRONG_TAIL)));
    expect(outcomes).toEqual([...Array<string>(5).fill('CODE_ID_TAIL_WRONG'), 'CODE_LOCKED']);
  });
});

describe('what is sent again because its answer was lost', () => {
  test('is one resolved code, with what holds of the student by then', async () => {
    const teacher = withKey(await aTeacher());
    const code = aCode();
    const first = await resolve(teacher, code);
    expect(await resolve(teacher, code)).toEqual(first);
    expect(await collection('resolutions').count({ openid: seatOwnerOf(teacher.openid) })).toBe(1);
    expect(await refusalOf(resolve(teacher, aCode()))).toBe('REQUEST_REPLAYED');
  });

  test('is not told to a teacher who has left the school meanwhile', async () => {
    const teacher = withKey(await aTeacher());
    const code = aCode();
    await resolve(teacher, code);
    expect(await refusalOf(resolve(teacher, code, RIGHT_TAIL, ELSEWHERE))).toBe('FORBIDDEN');
  });

  test('is one wrong tail, not two', async () => {
    const teacher = withKey(await aTeacher());
    const code = aCode();
    const wrong = { code: 'CODE_ID_TAIL_WRONG', details: { triesLeft: 4 } };
    await expect(resolve(teacher, code, WRONG_TAIL)).rejects.toMatchObject(wrong);
    await expect(resolve(teacher, code, WRONG_TAIL)).rejects.toMatchObject(wrong);
  });

  test('is one yes, and one wrong tail before it', async () => {
    const teacher = await aTeacher();
    const code = aCode();
    const taken = await seat(teacher, code);
    const photoId = await shoot(teacher, taken);
    const confirm = async (call: Call, idTail: string) => {
      const request = { seatId: taken.id, photoId, ...shown(code, idTail) };
      return confirmAtSeat(call, await seatDocument(taken.id), request, codes);
    };
    const [mistyped, said] = [withKey(teacher), withKey(teacher)];
    for (const call of [mistyped, mistyped]) {
      // The code was resolved by this phone before, so it is known and only the phone's own tries count.
      await expect(confirm(call, WRONG_TAIL)).rejects.toMatchObject({ details: { triesLeft: 4 } });
    }
    const answer = await confirm(said, RIGHT_TAIL);
    expect(answer.state).toBe('confirmed');
    expect(await confirm(said, RIGHT_TAIL)).toEqual(answer);
  });

  test('is one consent: what was taken back meanwhile is not given again', async () => {
    const teacher = withKey(await aTeacher());
    const { id: resolutionId } = await resolve(teacher, aCode());
    const { thing } = (await shownCodeSubject(teacher, resolutionId))!;
    const request = { resolutionId, consentVersion: CONSENT_VERSION };
    const taken = await takeSeat(teacher, SCOPE, thing, request);
    const owner = aCall({ openid: (await storedSubmission(taken.submission.id)).openid });
    await withdrawConsent(owner);
    expect(await takeSeat(teacher, SCOPE, thing, request)).toEqual(taken);
    expect((await readConsent(owner.openid)).givenAt).toBeNull();
  });
});

test('the same student at two teachers’ phones is one submission', async () => {
  const code = aCode();
  const [one, other] = [await aTeacher(), await aTeacher()];
  const seats = await Promise.all([seat(one, code), seat(other, code)]);
  expect(new Set(seats.map(({ submission }) => submission.id)).size).toBe(1);
  const found = await collection<SubmissionDocument>('submissions').find(
    { batchId: batch.id },
    { limit: 10 },
  );
  expect(found).toHaveLength(1);
});
