/** A sending whose page was left: what comes back late must not touch what has begun since. */
import { AnswerRefused } from '../../../../miniprogram/services/failure';
import {
  aFakeUploadPhone,
  ANSWER,
  type FakeUploadPhone,
  once,
  PHOTO,
  sendTo,
  settle,
} from '../../../support/fake-upload-phone';
import { SUBMISSION_ID } from '../../../support/view-builder';

describe('a sending that was stopped', () => {
  const STILL_JUDGED = new AnswerRefused('CONFLICT', { retryAfterSeconds: 3 }, 'r');
  const NEWER = { ...PHOTO, path: 'wxfile://usr/newer.jpg' };

  /** A photo whose judgement is on its way when the page is left. */
  async function stoppedWhileJudged(phone: FakeUploadPhone) {
    const answer = phone.holdsAnswer();
    const { sending } = await sendTo(phone);
    await settle();
    sending.stop();
    return { sending, answer };
  }

  it('leaves the verdict to the one that was started after it', async () => {
    const phone = aFakeUploadPhone();
    const { sending, answer } = await stoppedWhileJudged(phone);
    phone.troubles.submit = once(STILL_JUDGED);
    const again = phone.uploads.send(SUBMISSION_ID, () => undefined);
    await settle();
    answer();
    expect(await sending.outcome).toEqual({ kind: 'stopped' });
    phone.timePasses();
    expect(await again.outcome).toEqual({ kind: 'judged', answer: ANSWER });
    // One photo, judged once: the cloud knows the key.
    expect(new Set(phone.submitted.map(({ key }) => key)).size).toBe(1);
  });

  it.each([
    ['a verdict', undefined],
    ['a refusal', new AnswerRefused('IMAGE_DAMAGED', {}, 'r')],
    ['lost bytes', new AnswerRefused('UPLOAD_MISSING', {}, 'r')],
  ])('takes nothing of a newer photo when %s arrives late', async (_what, error) => {
    const phone = aFakeUploadPhone();
    const { sending, answer } = await stoppedWhileJudged(phone);
    await phone.uploads.discard(SUBMISSION_ID);
    phone.files.add(NEWER.path);
    await phone.uploads.add(NEWER);
    const before = phone.shelf.get(SUBMISSION_ID);
    answer(error);
    expect(await sending.outcome).toEqual({ kind: 'stopped' });
    expect(phone.shelf.get(SUBMISSION_ID)).toEqual(before);
    expect([...phone.files]).toEqual([NEWER.path]);
  });

  it('puts nothing back that was discarded', async () => {
    const phone = aFakeUploadPhone();
    const { sending } = await sendTo(phone);
    sending.stop();
    await phone.uploads.discard(SUBMISSION_ID);
    await sending.outcome;
    expect(phone.uploads.waiting(SUBMISSION_ID)).toBeNull();
  });
});
