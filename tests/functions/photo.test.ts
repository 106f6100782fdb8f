import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { collection } from '../../cloudfunctions/platform/database';
import { type PhotoDocument } from '../../cloudfunctions/submission/photo-document';
import { type SubmissionId } from '../../miniprogram/shared/identity/ids';
import { outsideStandard } from '../../miniprogram/shared/framing/result-geometry';
import { photoStandardFor } from '../../miniprogram/shared/photo-standard/photo-standard';
import { checksWith } from '../../miniprogram/shared/verdict/verdict';
import { aCode, asPayload, RIGHT_TAIL } from '../support/code-builder';
import { type Person } from '../support/person';
import { refusalOf } from '../support/refusal';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';
import { storedBatch } from '../support/submission-builder';

// The bundled functions, the real engine with its models, the real SDK: the main job from end to end.
let testCloud: TestCloud;
beforeAll(async () => {
  testCloud = await startTestCloud();
  await storedBatch({ cohorts: [{ year: '2021' }] });
});
afterAll(() => testCloud.close());

const portrait = (name: string) => readFileSync(join(__dirname, '../fixtures/portraits', name));
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function aBoundPerson(): Promise<{ person: Person; submissionId: SubmissionId }> {
  const person = testCloud.person();
  await person.agree();
  const resolution = await person.student('resolveCode', { code: asPayload(aCode()), idTail: RIGHT_TAIL });
  const { id } = await person.student('bind', { resolutionId: resolution.id });
  return { person, submissionId: id };
}

async function shoot(person: Person, submissionId: SubmissionId, bytes: Uint8Array) {
  return person.photo('submit', { submissionId, ...(await person.upload(bytes)), ticks: ['no-hood'] });
}

async function fetched(url: string): Promise<Buffer> {
  return Buffer.from(await (await fetch(url)).arrayBuffer());
}

test('code, portrait, a blocked try, the official picture, the yes, and the file', async () => {
  const { person, submissionId } = await aBoundPerson();

  const blocked = await shoot(person, submissionId, portrait('m1_mouthopen.jpg'));
  expect(blocked.submission.state).toBe('shot');
  expect(checksWith(blocked.photo.verdict, 'blocked')).toContain('mouth-closed');
  expect(blocked.standardLink).toBeNull();

  const original = portrait('f1_front.jpg');
  const developed = await shoot(person, submissionId, original);
  expect(developed.submission.state).toBe('developed');
  expect(outsideStandard(developed.photo.geometry!, photoStandardFor())).toEqual([]);
  expect(await fetched(developed.originalLink.url)).toEqual(original);

  const photoId = developed.photo.id;
  const confirmed = await person.student('confirm', { submissionId, photoId });
  expect(confirmed.timeline.map(({ state }) => state)).toEqual(['bound', 'shot', 'developed', 'confirmed']);
  expect(await refusalOf(person.student('confirm', { submissionId, photoId }))).toBe('ALREADY_CONFIRMED');

  const { url } = await person.student('downloadLink', { submissionId, photoId, which: 'standard' });
  const standard = await fetched(url);
  const stored = await collection<PhotoDocument>('photos').get(photoId);
  expect(stored).toMatchObject({
    record: { originalSha256: sha256(original), resultSha256: sha256(standard) },
  });
  expect(standard.length).toBe(developed.photo.geometry!.fileBytes);
});

test.each([
  ['text', Buffer.from('this is no picture'), 'IMAGE_FORMAT_UNSUPPORTED'],
  ['nothing', Buffer.alloc(0), 'IMAGE_EMPTY'],
  ['half of a picture', portrait('f1_front.jpg').subarray(0, 60_000), 'IMAGE_DAMAGED'],
])('a file that holds %s is refused, and the next photo works', async (_, bytes, code) => {
  const { person, submissionId } = await aBoundPerson();
  expect(await refusalOf(shoot(person, submissionId, bytes))).toBe(code);
  expect((await shoot(person, submissionId, portrait('m1_front.jpg'))).submission.state).toBe('developed');
});

test('warming up has no effect but readiness', async () => {
  expect(await testCloud.person().photo('warm', {})).toEqual({ ready: true });
});

test('one person warms up a few times, not for ever', async () => {
  const person = testCloud.person();
  for (let time = 0; time < 10; time += 1) await person.photo('warm', {});
  expect(await refusalOf(person.photo('warm', {}))).toBe('TOO_MANY_REQUESTS');
});
