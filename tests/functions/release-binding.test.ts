/**
 * A code on the wrong account, from end to end: the bundled functions, the real engine, the real SDK. One account has
 * bound it, the school lets go of it, the student binds it on an own phone and takes the photo.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BatchId } from '../../miniprogram/shared/identity/ids';
import { aCode, asPayload, RIGHT_TAIL } from '../support/code-builder';
import { type Person } from '../support/person';
import { refusalOf } from '../support/refusal';
import { staffOn, type StaffPerson, storedMember } from '../support/staff-builder';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';
import { storedBatch } from '../support/submission-builder';

const PORTRAIT = readFileSync(join(__dirname, '../fixtures/portraits/f1_front.jpg'));
const studentNumber = '202100007777';

let testCloud: TestCloud;
let school: StaffPerson;
let batchId: BatchId;
beforeAll(async () => {
  testCloud = await startTestCloud();
  batchId = (await storedBatch({ cohorts: [{ year: '2021' }] })).id;
  const { openid } = await storedMember({ role: 'school', schoolCode: '99999' });
  school = staffOn(testCloud.cloud, openid);
});
afterAll(() => testCloud.close());

async function bind(person: Person) {
  await person.agree();
  const code = asPayload(aCode({ studentNumber }));
  const { id: resolutionId } = await person.student('resolveCode', { code, idTail: RIGHT_TAIL });
  return person.student('bind', { resolutionId });
}

async function shoot(person: Person, { id: submissionId }: Awaited<ReturnType<typeof bind>>) {
  return person.photo('submit', { submissionId, ...(await person.upload(PORTRAIT)), ticks: [] });
}

test('bound by somebody, released by the school, bound and photographed by the student', async () => {
  const [somebody, student] = [testCloud.person(), testCloud.person()];
  const { photo, submission } = await shoot(somebody, await bind(somebody));
  await somebody.student('confirm', { submissionId: submission.id, photoId: photo.id });
  expect(await refusalOf(bind(student))).toBe('CODE_ALREADY_BOUND');

  const release = () => school.operator('releaseBinding', { batchId, studentNumber });
  expect(await refusalOf(release())).toBe('SUBMISSION_STATE');
  await school.operator('decideReview', {
    submissionId: submission.id,
    photoId: photo.id,
    decision: { kind: 'reject', reasons: ['other'], remark: '不是本人' },
  });
  expect(await release()).toEqual({ submissionRemoved: true });

  expect((await somebody.student('overview', {})).submissions).toEqual([]);
  const taken = await shoot(student, await bind(student));
  expect(taken.submission).toMatchObject({ state: 'developed', rejection: null });
  expect(await refusalOf(bind(somebody))).toBe('CODE_ALREADY_BOUND');
});
