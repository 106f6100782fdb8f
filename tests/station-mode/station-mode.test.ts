import { resolveCode } from '../../cloudfunctions/capture-code/binding/resolve-code';
import { bindCode } from '../../cloudfunctions/capture-code/binding/bind-code';
import { type ConsentEvent, readConsent } from '../../cloudfunctions/consent/consent-event';
import { withdrawConsent } from '../../cloudfunctions/consent/give-consent';
import { derivedId, newId } from '../../cloudfunctions/identity/unguessable-id';
import { stationIdOf } from '../../cloudfunctions/operator-access/station-document';
import { collection } from '../../cloudfunctions/platform/database';
import { uploadBytes } from '../../cloudfunctions/platform/storage';
import { type Call } from '../../cloudfunctions/requests/call';
import { actingCall } from '../../cloudfunctions/station-mode/act-at-seat';
import { isHeldOwner } from '../../cloudfunctions/station-mode/held-owner';
import { resolveAtStation, seatOwnerOf } from '../../cloudfunctions/station-mode/resolve-at-station';
import { type SeatDocument } from '../../cloudfunctions/station-mode/seat-document';
import { shownCodeSubject, takeSeat } from '../../cloudfunctions/station-mode/take-seat';
import {
  confirmAtSeat,
  leaveSeat,
  listSeats,
  uploadAtSeat,
} from '../../cloudfunctions/station-mode/use-seat';
import { deleteSubmission } from '../../cloudfunctions/submission/delete-submission';
import { downloadLink } from '../../cloudfunctions/submission/download-link';
import { readOverview } from '../../cloudfunctions/submission/read-submissions';
import { submitPhoto } from '../../cloudfunctions/submission/submit-photo/submit-photo';
import { readStoredData } from '../../cloudfunctions/submission/stored-data';
import { type SubmissionDocument } from '../../cloudfunctions/submission/submission-document';
import { type Batch } from '../../miniprogram/shared/batch/batch';
import { type Seat } from '../../miniprogram/shared/contract/operator/station-mode';
import { CONSENT_VERSION } from '../../miniprogram/shared/contract/student';
import {
  type FileId,
  type PhotoId,
  type SeatId,
  type StationId,
} from '../../miniprogram/shared/identity/ids';
import { type Scope } from '../../miniprogram/shared/roles/scope';
import { daysFromNow } from '../support/batch-builder';
import { aCall, later, withKey } from '../support/call-builder';
import {
  aCode,
  asPayload,
  captureCodesForTests,
  resolved,
  RIGHT_TAIL,
  WRONG_TAIL,
} from '../support/code-builder';
import { fakeEngineThatDevelops } from '../support/fake-photo-engine';
import { exists } from '../support/graduate-builder';
import { refusalOf } from '../support/refusal';
import { csvOf, importList } from '../support/roster-builder';
import { storedMember } from '../support/staff-builder';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';
import { agree, storedBatch, storedSubmission } from '../support/submission-builder';

let testCloud: TestCloud;
let batch: Batch;
const codes = captureCodesForTests();
const STATION: StationId = stationIdOf('99999', '阜阳站');
const SCOPE: Scope = { schools: ['99999'], stations: [STATION] };
const ELSEWHERE: Scope = { schools: ['11111'], stations: 'all' };

beforeAll(async () => {
  testCloud = await startTestCloud();
});
beforeEach(async () => {
  await collection('batches').removeWhere({});
  batch = await storedBatch({ confirmOnTheSpot: true });
});
afterAll(() => testCloud.close());

async function aTeacher(): Promise<Call> {
  const member = await storedMember({ role: 'station', schoolCode: '99999', stationIds: [STATION] });
  return aCall({ openid: member.openid });
}

const shown = (code: Uint8Array, idTail = RIGHT_TAIL) => ({
  payloadBase64: Buffer.from(code).toString('base64'),
  idTail,
});

const resolve = (teacher: Call, code: Uint8Array, idTail?: string, scope = SCOPE) =>
  resolveAtStation(teacher, scope, shown(code, idTail), codes);

async function seat(
  teacher: Call,
  code: Uint8Array,
  consentVersion: string | null = CONSENT_VERSION,
  scope = SCOPE,
): Promise<Seat> {
  const { id } = await resolve(teacher, code, RIGHT_TAIL, scope);
  const subject = await shownCodeSubject(teacher, id);
  return takeSeat(teacher, scope, subject!.thing, { resolutionId: id, consentVersion });
}

async function seatDocument(id: SeatId): Promise<SeatDocument> {
  const document = await collection<SeatDocument>('seats').get(id);
  return document!;
}

/** The teacher's phone takes a photo of the seated student, as the function `photo` does it. */
async function shoot(teacher: Call, { id, submission }: Seat): Promise<PhotoId> {
  const ticket = await uploadAtSeat(teacher, await seatDocument(id), { seatId: id, extension: 'jpg' });
  const fileId = await uploadBytes(ticket.cloudPath, Buffer.from('a portrait'));
  const request = { submissionId: submission.id, uploadId: ticket.uploadId, fileId, ticks: [] };
  const { photo } = await submitPhoto(
    await actingCall(teacher, submission.id),
    request,
    fakeEngineThatDevelops(),
  );
  return photo.id;
}

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

test('what was shot belongs to the student, who takes it over on an own phone and confirms', async () => {
  const teacher = await aTeacher();
  const code = aCode();
  const taken = await seat(teacher, code);
  const photoId = await shoot(teacher, taken);
  const held = await storedSubmission(taken.submission.id);
  expect(isHeldOwner(held.openid)).toBe(true);
  expect(held.stationId).toBe(STATION);

  const student = aCall();
  await agree(student);
  const resolution = await resolved(student, code);
  expect(resolution.alreadyMine).toBe(false);
  const mine = await bindCode(student, { resolutionId: resolution.id });
  expect(mine).toMatchObject({
    id: taken.submission.id,
    state: 'developed',
    developedPhoto: { id: photoId },
  });
  const link = { submissionId: mine.id, photoId, which: 'standard' } as const;
  expect(await refusalOf(downloadLink(student, link))).toBe('none');
  const stranger = aCall();
  await agree(stranger);
  const asStranger = { code: asPayload(code), idTail: RIGHT_TAIL };
  expect(await refusalOf(resolveCode(stranger, asStranger, codes))).toBe('CODE_ALREADY_BOUND');
});

test('what was agreed to at a station ends where the student takes over: after a withdrawal and a deletion the next seat asks anew', async () => {
  const teacher = await aTeacher();
  const code = aCode();
  const { openid: held } = await storedSubmission((await seat(teacher, code)).submission.id);
  const student = aCall();
  await agree(student);
  const { id: submissionId } = await bindCode(student, { resolutionId: (await resolved(student, code)).id });
  await withdrawConsent(student);
  await deleteSubmission(student, { submissionId });
  expect((await resolve(teacher, code)).consentNeeded).toBe(true);
  expect(await refusalOf(seat(teacher, code, null))).toBe('CONSENT_REQUIRED');
  await seat(teacher, code);
  const events = await collection<ConsentEvent>('consents').find(
    { openid: held },
    { limit: 10, sort: [['sequence', 'asc']] },
  );
  expect(events.map(({ kind }) => kind)).toEqual(['given', 'withdrawn', 'given']);
  // The student's own record has what the student said on the own phone.
  expect((await readStoredData(student)).consents).toBe(2);
});

test('however many photos were shot, all are the student’s: to look at, and to delete', async () => {
  const teacher = await aTeacher();
  const code = aCode();
  const taken = await seat(teacher, code);
  const submissionId = taken.submission.id;
  const photoId = await shoot(teacher, taken);
  const newest = await collection('photos').get(photoId);
  const files: FileId[] = [];
  for (let attempt = 1; attempt <= 70; attempt += 1) {
    const cloudPath = `originals/${newId()}.jpg`;
    const originalFileId = await uploadBytes(cloudPath, Buffer.from('an earlier attempt'));
    files.push(originalFileId);
    // Before and after the newest in whatever order the database has.
    const _id = derivedId('earlier attempt', String(attempt));
    await collection('photos').insert({
      ...newest,
      _id,
      originalFileId,
      intendedPaths: [cloudPath],
    } as never);
  }
  const student = aCall();
  await agree(student);
  await bindCode(student, { resolutionId: (await resolved(student, code)).id });
  const ids = [photoId, derivedId('earlier attempt', '1'), derivedId('earlier attempt', '70')] as PhotoId[];
  for (const id of ids) {
    const link = { submissionId, photoId: id, which: 'original' } as const;
    expect(await refusalOf(downloadLink(student, link))).toBe('none');
  }
  expect((await readStoredData(student)).submissions).toMatchObject([{ photos: 71 }]);

  await deleteSubmission(student, { submissionId });
  expect(await collection('photos').count({ submissionId })).toBe(0);
  expect((await Promise.all(files.map(exists))).filter(Boolean)).toEqual([]);
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
    expect(await refusalOf(resolve(teacher, ofSister))).toBe('FORBIDDEN');
    expect(await refusalOf(resolve(teacher, aCode(), RIGHT_TAIL, ELSEWHERE))).toBe('FORBIDDEN');
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
