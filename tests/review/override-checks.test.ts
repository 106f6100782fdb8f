import { overrideChecks, stuckSubmissions } from '../../cloudfunctions/review/override-checks';
import { readOverview } from '../../cloudfunctions/submission/read-submissions';
import { submitPhoto } from '../../cloudfunctions/submission/submit-photo/submit-photo';
import { readAll } from '../../miniprogram/shared/contract/read-on';
import { type SubmissionId } from '../../miniprogram/shared/identity/ids';
import { withPhoto } from '../support/accepted-builder';
import { aCall } from '../support/call-builder';
import { fakeEngineThatBlocks, fakeEngineThatDevelops } from '../support/fake-photo-engine';
import { refusalOf } from '../support/refusal';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';
import { anUpload, boundSubmission, storedBatch, storedSubmission } from '../support/submission-builder';

let testCloud: TestCloud;
beforeAll(async () => {
  testCloud = await startTestCloud();
});
afterAll(() => testCloud.close());

describe('students whom a check blocks again and again', () => {
  test('are listed; a reviewer lets the check warn for this student, with a reason', async () => {
    const batch = await storedBatch();
    const student = aCall();
    const { _id: submissionId } = await boundSubmission(student, batch);
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const upload = await anUpload(student);
      await submitPhoto(student, { submissionId, ...upload, ticks: [] }, fakeEngineThatBlocks('eyes-open'));
    }
    // The student's phone says so too.
    expect((await readOverview(student)).submissions[0]).toMatchObject({ isStuck: true });
    const { submissions, next } = await stuckSubmissions(aCall(), { batchId: batch.id });
    expect(next).toBeNull();
    expect(submissions).toHaveLength(1);
    expect(submissions[0]).toMatchObject({
      submissionId,
      attempts: 3,
      photo: { verdict: { outcome: 'blocked' } },
    });

    const request = { submissionId, checks: ['eyes-open' as const], reason: '上睑下垂，医院证明已看' };
    expect(await overrideChecks(aCall(), request)).toMatchObject([{ check: 'eyes-open' }]);
    const upload = await anUpload(student);
    const severities: unknown[] = [];
    const engine = fakeEngineThatDevelops();
    await submitPhoto(
      student,
      { submissionId, ...upload, ticks: [] },
      {
        develop: (bytes, options) => {
          severities.push(options.rules['eyes-open'].severity, options.rules.sharp.severity);
          return engine.develop(bytes, options);
        },
      },
    );
    expect(severities).toEqual(['warn', 'block']);
    expect((await storedSubmission(submissionId)).state).toBe('developed');
  });

  test('are all found page by page, those with the most attempts first, nobody twice', async () => {
    const batch = await storedBatch();
    const { latestPhotoId } = await withPhoto(batch, 'developed', 'developed');
    const numbers = Array.from({ length: 120 }, (_, index) => index);
    for (const index of numbers) {
      const attempts = index < 5 ? index : 3 + (index % 3);
      await boundSubmission(aCall(), batch, {
        studentNumber: `N${index}`,
        state: 'shot',
        attempts,
        latestPhotoId,
      });
    }
    const sizes: number[] = [];
    const found = await readAll(async (page) => {
      const answer = await stuckSubmissions(aCall(), { batchId: batch.id, ...page });
      sizes.push(answer.submissions.length);
      return { items: answer.submissions, next: answer.next };
    });
    // Who has not taken three photos yet is not stuck.
    expect(sizes).toEqual([50, 50, 17]);
    expect(new Set(found.map(({ submissionId }) => submissionId)).size).toBe(117);
    const attempts = found.map((submission) => submission.attempts);
    expect(attempts).toEqual([...attempts].sort((one, other) => other - one));
    expect(attempts.at(-1)).toBe(3);
  });

  test('are listed with fewer photos where the batch allows no more, and can take one once a check is let pass', async () => {
    const batch = await storedBatch({ attemptLimit: 2 });
    const student = aCall();
    const { _id: submissionId } = await boundSubmission(student, batch);
    const send = async (engine: Parameters<typeof submitPhoto>[2]) => {
      const upload = await anUpload(student);
      return submitPhoto(student, { submissionId, ...upload, ticks: [] }, engine);
    };
    const blocks = fakeEngineThatBlocks('eyes-open');
    await send(blocks);
    await send(blocks);
    expect(await refusalOf(send(blocks))).toBe('ATTEMPTS_EXHAUSTED');
    const { submissions } = await stuckSubmissions(aCall(), { batchId: batch.id });
    expect(submissions).toMatchObject([{ submissionId, attempts: 2 }]);

    await overrideChecks(aCall(), { submissionId, checks: ['eyes-open'], reason: '上睑下垂' });
    expect((await send(fakeEngineThatDevelops())).submission).toMatchObject({
      state: 'developed',
      attemptsLeft: 0,
    });
    expect(await refusalOf(send(blocks))).toBe('ATTEMPTS_EXHAUSTED');
  });

  test('are none any more once they have asked for their deletion, although it is not finished', async () => {
    const batch = await storedBatch();
    const { latestPhotoId } = await withPhoto(batch, 'developed', 'developed');
    const stuck = { state: 'shot', attempts: 3, latestPhotoId } as const;
    const { _id: submissionId } = await boundSubmission(aCall(), batch, stuck);
    await boundSubmission(aCall(), batch, { ...stuck, deletingAt: aCall().now });
    const { submissions } = await stuckSubmissions(aCall(), { batchId: batch.id });
    expect(submissions.map((each) => each.submissionId)).toEqual([submissionId]);
  });

  test('have every check let pass that a reviewer let pass, each with the reason that was given last', async () => {
    const { _id: submissionId } = await boundSubmission(aCall(), await storedBatch());
    const letPass = (checks: readonly ('eyes-open' | 'sharp')[], reason: string) =>
      overrideChecks(aCall(), { submissionId, checks, reason });
    await letPass(['eyes-open'], '上睑下垂');
    await letPass(['sharp'], '手机老旧');
    expect(await letPass(['sharp'], '镜头有划痕')).toMatchObject([
      { check: 'eyes-open', reason: '上睑下垂' },
      { check: 'sharp', reason: '镜头有划痕' },
    ]);
  });

  test('what the picture cannot do without is not let pass', async () => {
    const { _id: submissionId } = await boundSubmission(aCall(), await storedBatch());
    const request = { submissionId, checks: ['framing' as const], reason: 'x' };
    expect(await refusalOf(overrideChecks(aCall(), request))).toBe('INVALID_REQUEST');
  });

  test('have nothing let pass that is gone, or is being deleted', async () => {
    const deleting = await boundSubmission(aCall(), await storedBatch(), { deletingAt: aCall().now });
    for (const submissionId of [deleting._id, 'gone' as SubmissionId]) {
      const request = { submissionId, checks: ['sharp' as const], reason: 'x' };
      expect(await refusalOf(overrideChecks(aCall(), request))).toBe('NOT_FOUND');
    }
    expect((await storedSubmission(deleting._id)).overrides).toEqual([]);
  });

  test('after the yes there is nothing to let pass', async () => {
    const { _id: submissionId } = await withPhoto(await storedBatch(), '1', 'confirmed');
    const request = { submissionId, checks: ['sharp' as const], reason: 'x' };
    expect(await refusalOf(overrideChecks(aCall(), request))).toBe('SUBMISSION_STATE');
  });
});
