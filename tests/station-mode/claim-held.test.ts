import { actorOf, type AuditDocument } from '../../cloudfunctions/audit/append-audit';
import { resolveCode } from '../../cloudfunctions/capture-code/binding/resolve-code';
import { bindCode } from '../../cloudfunctions/capture-code/binding/bind-code';
import { type ConsentEvent } from '../../cloudfunctions/consent/consent-event';
import { withdrawConsent } from '../../cloudfunctions/consent/give-consent';
import { derivedId, newId } from '../../cloudfunctions/identity/unguessable-id';
import { collection, command } from '../../cloudfunctions/platform/database';
import { uploadBytes } from '../../cloudfunctions/platform/storage';
import { isHeldOwner } from '../../cloudfunctions/station-mode/held-owner';
import { deleteSubmission } from '../../cloudfunctions/submission/delete-submission';
import { confirmPhoto } from '../../cloudfunctions/submission/decide-submission';
import { downloadLink } from '../../cloudfunctions/submission/download-link';
import { readOverview } from '../../cloudfunctions/submission/read-submissions';
import { ASK_AGAIN_SECONDS } from '../../cloudfunctions/submission/submit-photo/begin-photo';
import { readStoredData } from '../../cloudfunctions/submission/stored-data';
import { type Batch } from '../../miniprogram/shared/batch/batch';
import { type FileId, type PhotoId } from '../../miniprogram/shared/identity/ids';
import { daysFromNow } from '../support/batch-builder';
import { aCall } from '../support/call-builder';
import { aCode, asPayload, resolved, RIGHT_TAIL } from '../support/code-builder';
import { fakeEngineDuringWhich } from '../support/fake-photo-engine';
import { exists } from '../support/graduate-builder';
import { refusalOf } from '../support/refusal';
import { aTeacher, codes, resolve, seat, shoot, STATION } from '../support/seat-builder';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';
import { agree, storedBatch, storedSubmission } from '../support/submission-builder';

let testCloud: TestCloud;
let batch: Batch;

beforeAll(async () => {
  testCloud = await startTestCloud();
});
beforeEach(async () => {
  await collection('batches').removeWhere({});
  batch = await storedBatch();
});
afterAll(() => testCloud.close());

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

describe('confirmed at the station, with the deadline over, the photo is taken over', () => {
  test.each<[string, Partial<Batch> | null]>([
    ['while nothing is open', null],
    ['beside a batch for listed students, without being listed', { rosterRequired: true }],
    ['beside one of the same graduation for everybody, which asks for no second photo', {}],
  ])('%s', async (_, beside) => {
    const teacher = await aTeacher();
    const code = aCode();
    const taken = await seat(teacher, code);
    const photoId = await shoot(teacher, taken);
    const { openid } = await storedSubmission(taken.submission.id);
    await confirmPhoto(aCall({ openid }), { submissionId: taken.submission.id, photoId });
    await collection('batches').update(batch.id, { closesAt: daysFromNow(-1) });
    if (beside !== null) await storedBatch({ title: '补拍', ...beside });

    const student = aCall();
    await agree(student);
    const { id: resolutionId, batch: shown } = await resolved(student, code);
    expect(shown.id).toBe(batch.id);
    const mine = await bindCode(student, { resolutionId });
    expect(mine).toMatchObject({ id: taken.submission.id, state: 'confirmed' });
    const link = { submissionId: mine.id, photoId, which: 'standard' } as const;
    expect(await refusalOf(downloadLink(student, link))).toBe('none');
    expect((await readOverview(student)).submissions.map(({ id }) => id)).toEqual([mine.id]);
  });
});

test('while a photo is being judged at the station it cannot be taken over; afterwards it can', async () => {
  const teacher = await aTeacher();
  const code = aCode();
  const taken = await seat(teacher, code);
  const student = aCall();
  await agree(student);
  const { id: resolutionId } = await resolved(student, code);
  const takeOver = () => bindCode(student, { resolutionId });
  const whileJudged = fakeEngineDuringWhich(() =>
    expect(takeOver()).rejects.toMatchObject({
      code: 'CONFLICT',
      details: { retryAfterSeconds: ASK_AGAIN_SECONDS },
    }),
  );
  const photoId = await shoot(teacher, taken, whileJudged);
  expect(isHeldOwner((await storedSubmission(taken.submission.id)).openid)).toBe(true);
  expect(await takeOver()).toMatchObject({ state: 'developed', developedPhoto: { id: photoId } });
});

test('the take-over stands in the audit once for each submission, with the school', async () => {
  const teacher = await aTeacher();
  const code = aCode();
  const { submission: first } = await seat(teacher, code);
  await collection('batches').update(batch.id, { closesAt: daysFromNow(-1) });
  await storedBatch();
  const { submission: second } = await seat(teacher, code);
  expect(second.id).not.toBe(first.id);
  const student = aCall();
  await agree(student);
  const { id: resolutionId } = await resolved(student, code);
  for (let time = 0; time < 2; time += 1) await bindCode(student, { resolutionId });
  const subjectId = command().in([first.id, second.id]);
  const entries = await collection<AuditDocument>('audit').find(
    { action: 'submission.claim', subjectId },
    { limit: 10 },
  );
  expect(new Set(entries.map((entry) => entry.subjectId))).toEqual(new Set([first.id, second.id]));
  expect(entries.map(({ actor, schoolCode }) => [actor, schoolCode])).toEqual(
    Array(2).fill([actorOf(student.openid), '99999']),
  );
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
