import { randomUUID } from 'node:crypto';
import {
  type BatchId,
  type FileId,
  type SubmissionId,
  type UploadId,
} from '../../miniprogram/shared/identity/ids';
import { type SubmitPhotoRequest } from '../../miniprogram/shared/contract/photo';
import { DomainError, type ErrorCode } from '../../miniprogram/shared/errors';
import { type PersonTick } from '../../miniprogram/shared/verdict/check-ids';
import { withdrawConsent } from '../../cloudfunctions/consent/give-consent';
import { newId } from '../../cloudfunctions/identity/unguessable-id';
import { collection } from '../../cloudfunctions/platform/database';
import { PHOTO_LIMITS } from '../../cloudfunctions/photo-engine/decode/decode-photo';
import { uploadBytes } from '../../cloudfunctions/platform/storage';
import { type Call } from '../../cloudfunctions/requests/call';
import { confirmPhoto } from '../../cloudfunctions/submission/decide-submission';
import { filesOf } from '../../cloudfunctions/submission/delete-submission';
import { type PhotoDocument } from '../../cloudfunctions/submission/photo-document';
import { type SubmissionDocument } from '../../cloudfunctions/submission/submission-document';
import { submitPhoto } from '../../cloudfunctions/submission/submit-photo/submit-photo';
import { type UploadTicketDocument } from '../../cloudfunctions/upload/upload-ticket';
import { daysFromNow } from '../support/batch-builder';
import { aCall, later, withKey } from '../support/call-builder';
import {
  fakeEngineThatBlocks,
  fakeEngineThatDevelops,
  fakeEngineThatThrows,
} from '../support/fake-photo-engine';
import { aGraduate, exists, submitNew } from '../support/graduate-builder';
import { refusalOf } from '../support/refusal';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';
import {
  agree,
  anUpload,
  boundSubmission,
  storedBatch,
  storedSubmission,
} from '../support/submission-builder';

let testCloud: TestCloud;
beforeAll(async () => {
  testCloud = await startTestCloud();
});
afterAll(() => testCloud.close());

const developing = fakeEngineThatDevelops();
const photos = () => collection<PhotoDocument>('photos');

describe('a photo', () => {
  test('that is good is developed, kept with its record and shown beside its original', async () => {
    const { call, submissionId } = await aGraduate();
    const answer = await submitNew(call, submissionId, developing, ['no-hood']);

    expect(answer.submission).toMatchObject({ state: 'developed', developedPhoto: { id: answer.photo.id } });
    expect(answer.photo).toMatchObject({ ticks: ['no-hood'], geometry: { widthPx: 480 } });
    expect(await (await fetch(answer.originalLink.url)).text()).toBe('a portrait');
    expect(await (await fetch(answer.standardLink!.url)).text()).toBe('a finished picture');
    expect(await photos().get(answer.photo.id)).toMatchObject({
      status: 'developed',
      record: { engineVersion: 'fake' },
      submissionId,
    });
  });

  test('that is not good enough stays with its verdict, and nothing is finished', async () => {
    const { call, submissionId } = await aGraduate();
    const answer = await submitNew(call, submissionId, fakeEngineThatBlocks('sharp'));
    expect(answer.submission).toMatchObject({ state: 'shot', developedPhoto: null });
    expect(answer.submission.latestPhoto).toMatchObject({
      id: answer.photo.id,
      verdict: { outcome: 'blocked' },
    });
    expect(answer.standardLink).toBeNull();
  });

  test('that is blocked after a good one leaves the good one standing', async () => {
    const { call, submissionId } = await aGraduate();
    const good = await submitNew(call, submissionId);
    const bad = await submitNew(call, submissionId, fakeEngineThatBlocks());
    expect(bad.submission).toMatchObject({
      state: 'developed',
      developedPhoto: { id: good.photo.id },
      latestPhoto: { id: bad.photo.id },
    });
  });

  test('is stored under paths without anything personal in them', async () => {
    const { call, submissionId } = await aGraduate();
    const { photo } = await submitNew(call, submissionId);
    const paths = filesOf((await photos().get(photo.id))!).map((fileId) =>
      fileId.replace(/^cloud:\/\/[^/]+\//, ''),
    );
    expect(paths.sort()).toEqual([
      expect.stringMatching(/^evidence\/[0-9a-f]{32}$/),
      expect.stringMatching(/^originals\/[0-9a-f]{32}\.jpg$/),
      expect.stringMatching(/^standards\/[0-9a-f]{32}\.jpg$/),
    ]);
  });
});

describe('a submission that is refused changes nothing', () => {
  async function expectRefused(code: ErrorCode, call: Call, request: SubmitPhotoRequest) {
    const before = await storedOf(request);
    expect(await refusalOf(submitPhoto(call, request, developing))).toBe(code);
    expect(await storedOf(request)).toEqual(before);
  }

  const storedOf = async ({ submissionId, uploadId }: SubmitPhotoRequest) => ({
    submission: await collection('submissions').get(submissionId),
    photos: await photos().find({ submissionId }, { limit: 10 }),
    ticket: await collection('uploads').get(uploadId),
  });

  test('without consent', async () => {
    const { call, submissionId } = await aGraduate();
    const upload = await anUpload(call);
    await withdrawConsent(call);
    await expectRefused('CONSENT_REQUIRED', call, { submissionId, ...upload, ticks: [] });
    await agree(call, false);
    await expectRefused('FACE_CONSENT_REQUIRED', call, { submissionId, ...upload, ticks: [] });
  });

  test.each<[ErrorCode, Parameters<typeof storedBatch>[0]]>([
    ['BATCH_NOT_OPEN', { opensAt: daysFromNow(1) }],
    ['BATCH_CLOSED', { closesAt: daysFromNow(-1) }],
    ['ATTEMPTS_EXHAUSTED', { attemptLimit: 0 }],
  ])('%s', async (code, changes) => {
    const { call, submissionId } = await aGraduate(changes);
    await expectRefused(code, call, { submissionId, ...(await anUpload(call)), ticks: [] });
  });

  test("for somebody else's submission, which looks like one that does not exist", async () => {
    const { submissionId } = await aGraduate();
    const { call: stranger } = await aGraduate();
    const upload = await anUpload(stranger);
    await expectRefused('NOT_FOUND', stranger, { submissionId, ...upload, ticks: [] });
    const unknown = newId() as SubmissionId;
    expect(
      await refusalOf(submitPhoto(stranger, { submissionId: unknown, ...upload, ticks: [] }, developing)),
    ).toBe('NOT_FOUND');
  });

  test('after the yes', async () => {
    const { call, submissionId } = await aGraduate();
    const { photo } = await submitNew(call, submissionId);
    await confirmPhoto(call, { submissionId, photoId: photo.id });
    await expectRefused('SUBMISSION_STATE', call, { submissionId, ...(await anUpload(call)), ticks: [] });
  });

  test("with uploads that are not one's own, not a portrait, not there, or not at their place", async () => {
    const { call, submissionId } = await aGraduate();
    const { call: stranger } = await aGraduate();
    const mine = await anUpload(call);
    const theirs = await anUpload(stranger);
    const codePicture = await anUpload(call, Buffer.from('a code'), 'code-picture');
    const elsewhere = mine.fileId.replace('originals/', 'originals/../standards/') as FileId;
    for (const upload of [
      theirs,
      codePicture,
      { ...mine, fileId: theirs.fileId },
      { ...mine, fileId: mine.fileId.replace('cloud://', 'cloud://another-') as FileId },
      { ...mine, fileId: elsewhere },
      { ...mine, fileId: 'https://example.com/picture.jpg' as FileId },
      { ...mine, uploadId: newId() as UploadId },
    ]) {
      const request = { submissionId, ...upload, ticks: [] };
      await expectRefused('UPLOAD_MISSING', call, request);
      // All alike, so that nobody learns which of them exist.
      await expect(submitPhoto(call, request, developing)).rejects.toMatchObject({
        details: { reason: 'unknown' },
      });
    }
  });

  test('with a ticket that is too old', async () => {
    const { call, submissionId } = await aGraduate();
    const upload = await anUpload(call);
    await expectRefused('UPLOAD_MISSING', later(call, 2 * 3600), { submissionId, ...upload, ticks: [] });
  });

  test('with an upload that another submission of the same person used', async () => {
    const { call, submissionId } = await aGraduate();
    const upload = await anUpload(call);
    await submitPhoto(call, { submissionId, ...upload, ticks: [] }, developing);
    const other = await boundSubmission(call, await storedBatch());
    await expectRefused('UPLOAD_MISSING', call, { submissionId: other._id, ...upload, ticks: [] });
  });

  test.each<[readonly PersonTick[], readonly PersonTick[]]>([
    [[], ['no-hood']],
    [['no-hood'], []],
    [['no-hood'], ['no-headwear']],
    [
      ['no-hood', 'no-headwear'],
      ['no-hood', 'live-photo'],
    ],
  ])('with an upload that was used with the ticks %j and now comes with %j', async (ticks, others) => {
    const { call, submissionId } = await aGraduate();
    const request = { submissionId, ...(await anUpload(call)) };
    await submitPhoto(call, { ...request, ticks }, developing);
    await expectRefused('UPLOAD_MISSING', call, { ...request, ticks: others });
  });
});

describe('retries', () => {
  test('the same request key gives the same photo, and counts one attempt', async () => {
    const { call, submissionId } = await aGraduate();
    const keyed = withKey(call);
    const request = { submissionId, ...(await anUpload(call)), ticks: [] };
    const first = await submitPhoto(keyed, request, developing);
    const again = await submitPhoto(later(keyed, 60), request, fakeEngineThatThrows(new Error('not asked')));
    expect(again.photo).toEqual(first.photo);
    expect(again.submission).toEqual(first.submission);
    expect((await storedSubmission(submissionId)).attempts).toBe(1);
  });

  test('the same upload under a new key is the same photo: the app was killed and lost its key', async () => {
    const { call, submissionId } = await aGraduate();
    const request = { submissionId, ...(await anUpload(call)), ticks: [] };
    const first = await submitPhoto(withKey(call), request, developing);
    const again = await submitPhoto(withKey(call), request, fakeEngineThatBlocks());
    expect(again.photo).toEqual(first.photo);
  });

  test.each([
    ['hours after the ticket would have ended unused', 3 * 3600, ['no-hood', 'no-headwear']],
    ['with the same ticks in another order', 60, ['no-headwear', 'no-hood']],
  ] as const)('the same upload %s is the same photo', async (_, seconds, ticks) => {
    const { call, submissionId } = await aGraduate();
    const upload = { submissionId, ...(await anUpload(call)) };
    const first = await submitPhoto(
      withKey(call),
      { ...upload, ticks: ['no-hood', 'no-headwear'] },
      developing,
    );
    const again = await submitPhoto(withKey(later(call, seconds)), { ...upload, ticks }, developing);
    expect(again.photo).toEqual(first.photo);
  });

  test('the same key with another photo is refused', async () => {
    const { call, submissionId } = await aGraduate();
    const keyed = withKey(call);
    await submitPhoto(keyed, { submissionId, ...(await anUpload(call)), ticks: [] }, developing);
    const other = { submissionId, ...(await anUpload(call)), ticks: [] };
    expect(await refusalOf(submitPhoto(keyed, other, developing))).toBe('REQUEST_REPLAYED');
  });

  test('ten copies at once: one is judged, all others hear of it or are asked to come again', async () => {
    const { call, submissionId } = await aGraduate();
    const keyed = withKey(call);
    const request = { submissionId, ...(await anUpload(call)), ticks: [] };
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, () => refusalOf(submitPhoto(keyed, request, developing))),
    );
    expect(outcomes).toContain('none');
    expect(outcomes.filter((outcome) => outcome !== 'none' && outcome !== 'CONFLICT')).toEqual([]);
    expect((await storedSubmission(submissionId)).attempts).toBe(1);
    expect(await refusalOf(submitPhoto(keyed, request, developing))).toBe('none');
  });

  test('an upload that has not arrived yet may arrive and be sent again', async () => {
    const { call, submissionId } = await aGraduate();
    const upload = await anUpload(call);
    const ticket = await collection<UploadTicketDocument>('uploads').get(upload.uploadId);
    const moved = { ...ticket!, cloudPath: 'originals/not-there.jpg' };
    await collection<UploadTicketDocument>('uploads').set(moved);
    const fileId = upload.fileId.replace(/originals\/.*/, moved.cloudPath) as FileId;
    const request = { submissionId, uploadId: upload.uploadId, fileId, ticks: [] };
    await expect(submitPhoto(call, request, developing)).rejects.toMatchObject({
      code: 'UPLOAD_MISSING',
      details: { reason: 'not-uploaded' },
    });
    await uploadBytes(moved.cloudPath, Buffer.from('late'));
    expect((await submitPhoto(call, request, developing)).submission.state).toBe('developed');
  });
});

describe('the attempt limit', () => {
  test('holds against many phones at once', async () => {
    const { call, submissionId } = await aGraduate({ attemptLimit: 3 });
    const uploads = await Promise.all(Array.from({ length: 5 }, () => anUpload(call)));
    for (let round = 0; round < 4; round += 1) {
      await Promise.all(
        uploads.map((upload) =>
          refusalOf(submitPhoto(call, { submissionId, ...upload, ticks: [] }, developing)),
        ),
      );
    }
    const { attempts } = await storedSubmission(submissionId);
    expect(attempts).toBe(3);
    expect(await refusalOf(submitNew(call, submissionId))).toBe('ATTEMPTS_EXHAUSTED');
  });

  test('is shown as what is left', async () => {
    const { call, submissionId } = await aGraduate({ attemptLimit: 3 });
    expect((await submitNew(call, submissionId)).submission.attemptsLeft).toBe(2);
  });

  test('lets a rejected photo be taken again although it is used up, until one is good', async () => {
    const { call, submissionId } = await aGraduate({ attemptLimit: 1 });
    await submitNew(call, submissionId);
    const rejection = { reasons: ['clothes'], remark: '' } as const;
    const asked = { state: 'rejected', rejection } as const;
    await collection<SubmissionDocument>('submissions').update(submissionId, asked);
    for (let blink = 0; blink < 2; blink += 1) {
      const blocked = await submitNew(call, submissionId, fakeEngineThatBlocks());
      expect(blocked.submission).toMatchObject({ state: 'shot', attemptsLeft: 1, rejection });
    }
    const good = await submitNew(call, submissionId);
    expect(good.submission).toMatchObject({ state: 'developed', attemptsLeft: 0, rejection });
    expect(await refusalOf(submitNew(call, submissionId))).toBe('ATTEMPTS_EXHAUSTED');
  });

  test('does not count files that are no pictures', async () => {
    const { call, submissionId } = await aGraduate({ attemptLimit: 1 });
    const damaged = fakeEngineThatThrows(new DomainError('IMAGE_DAMAGED'));
    expect(await refusalOf(submitNew(call, submissionId, damaged))).toBe('IMAGE_DAMAGED');
    expect((await submitNew(call, submissionId)).submission.state).toBe('developed');
  });
});

describe('a finished picture that misses the standard', () => {
  const missing = fakeEngineThatThrows(new DomainError('RESULT_OUT_OF_STANDARD', { items: ['face'] }));

  test('is refused, the same again when asked again, and its original is kept as evidence', async () => {
    const { call, submissionId } = await aGraduate();
    const keyed = withKey(call);
    const request = { submissionId, ...(await anUpload(call)), ticks: [] };
    // The second time nobody looks at the photo any more: the answer stands under the request's key.
    for (const engine of [missing, developing]) {
      await expect(submitPhoto(keyed, request, engine)).rejects.toMatchObject({
        code: 'RESULT_OUT_OF_STANDARD',
        details: { items: ['face'] },
      });
    }
    expect(await photos().find({ submissionId }, { limit: 2 })).toMatchObject([
      { status: 'refused', code: 'RESULT_OUT_OF_STANDARD', originalFileId: request.fileId },
    ]);
    expect(await exists(request.fileId)).toBe(true);
    expect(await storedSubmission(submissionId)).toMatchObject({ state: 'bound', underway: null });
  });

  test('leaves an earlier good picture standing, and the way free for the next', async () => {
    const { call, submissionId } = await aGraduate();
    const good = await submitNew(call, submissionId);
    expect(await refusalOf(submitNew(call, submissionId, missing))).toBe('RESULT_OUT_OF_STANDARD');
    expect(await storedSubmission(submissionId)).toMatchObject({
      state: 'developed',
      developedPhotoId: good.photo.id,
      underway: null,
    });
    expect((await submitNew(call, submissionId)).submission.state).toBe('developed');
  });
});

describe('a file that is no picture', () => {
  const damaged = fakeEngineThatThrows(new DomainError('IMAGE_FORMAT_UNSUPPORTED', { format: 'heic' }));

  test('is refused, the same again when asked again, and not kept', async () => {
    const { call, submissionId } = await aGraduate();
    const keyed = withKey(call);
    const request = { submissionId, ...(await anUpload(call)), ticks: [] };
    for (const engine of [damaged, developing]) {
      await expect(submitPhoto(keyed, request, engine)).rejects.toMatchObject({
        code: 'IMAGE_FORMAT_UNSUPPORTED',
        details: { format: 'heic' },
      });
    }
    expect(await exists(request.fileId)).toBe(false);
    expect(await storedSubmission(submissionId)).toMatchObject({ state: 'bound', underway: null });
  });

  test('is refused by its size before it is read into memory', async () => {
    const { call, submissionId } = await aGraduate();
    const upload = await anUpload(call, Buffer.alloc(PHOTO_LIMITS.maximumBytes + 1));
    expect(await refusalOf(submitPhoto(call, { submissionId, ...upload, ticks: [] }, developing))).toBe(
      'IMAGE_TOO_LARGE_BYTES',
    );
  });
});

test('a submission in a batch that is not there is a bug, not a refusal', async () => {
  const call = aCall();
  const { _id } = await boundSubmission(call, { ...(await storedBatch()), id: randomUUID() as BatchId });
  await expect(submitNew(call, _id)).rejects.toThrow('missing');
});
