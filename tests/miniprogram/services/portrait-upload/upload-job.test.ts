import fc from 'fast-check';
import {
  type UploadJob,
  afterFailure,
  isUploadJob,
  newJob,
  nextUploadStep,
  startedOver,
  withFile,
  withTicket,
} from '../../../../miniprogram/services/portrait-upload/upload-job';
import { type Failure } from '../../../../miniprogram/shared/failure';
import { ERROR_CODES, type ErrorCode } from '../../../../miniprogram/shared/errors';
import { type FileId, type UploadId } from '../../../../miniprogram/shared/identity/ids';
import { NOON, SUBMISSION_ID, at } from '../../../support/view-builder';

const aJob = (): UploadJob =>
  newJob({
    submissionId: SUBMISSION_ID,
    path: 'wxfile://usr/portrait.jpg',
    extension: 'jpg',
    ticks: ['live-photo'],
    takenAt: NOON,
    submitKey: 'submit-key',
    ticketKey: 'ticket-key',
  });
const ticketUntil = (expiresAt: string) => ({
  uploadId: 'upload-1' as UploadId,
  cloudPath: 'originals/x.jpg',
  expiresAt: at(expiresAt),
});
const refused = (code: ErrorCode): Failure => ({ kind: 'refused', code, details: {}, requestId: '' });

const STORAGE_FULL: Failure = { kind: 'problem', problem: 'storage-full' };

describe('the next step of a photo on its way', () => {
  it('goes from the phone over a ticket to the cloud to the verdict', () => {
    const ticket = ticketUntil('2027-01-10T06:00:00.000Z');
    const ticketed = withTicket(aJob(), ticket);
    const uploaded = withFile(ticketed, ticket.uploadId, 'cloud://e/x.jpg' as FileId);
    expect(nextUploadStep(aJob(), NOON).kind).toBe('prepare');
    expect(nextUploadStep(ticketed, NOON)).toEqual({ kind: 'upload', ticket });
    expect(nextUploadStep(uploaded, NOON)).toMatchObject({ kind: 'submit', uploadId: 'upload-1' });
  });

  it.each([
    ['2027-01-10T03:59:00.000Z', 'run out'],
    ['2027-01-10T04:04:00.000Z', 'about to run out'],
  ])('asks for a new ticket when the old one has %s', (expiresAt) => {
    expect(nextUploadStep(withTicket(aJob(), ticketUntil(expiresAt)), NOON).kind).toBe('prepare');
  });
});

describe('what a failure means for the photo', () => {
  it.each<[Failure]>([
    [{ kind: 'problem', problem: 'offline' }],
    [{ kind: 'problem', problem: 'timed-out' }],
    [{ kind: 'bug' }],
    [refused('INTERNAL')],
    [refused('TEMPORARILY_UNAVAILABLE')],
    [refused('FACE_CONSENT_REQUIRED')],
    [refused('UNAUTHENTICATED')],
    [refused('FORBIDDEN')],
    [refused('REQUEST_REPLAYED')],
    // The school may extend the deadline.
    [refused('BATCH_CLOSED')],
    [refused('BATCH_NOT_OPEN')],
    [STORAGE_FULL],
    // Only a look into the phone's own folder can tell.
    [{ kind: 'problem', problem: 'file-lost' }],
  ])('%j: it waits', (failure) => {
    expect(afterFailure(aJob(), failure).kind).toBe('later');
  });

  it.each(['ATTEMPTS_EXHAUSTED', 'IMAGE_DAMAGED', 'SUBMISSION_STATE', 'NOT_FOUND'] as const)(
    '%s: it is over',
    (code) => {
      expect(afterFailure(aJob(), refused(code)).kind).toBe('over');
    },
  );

  it('sends lost bytes again: twice at once, then with pauses', () => {
    const keys = { submitKey: 'a', ticketKey: 'b' };
    let job = aJob();
    const answers = [1, 2, 3].map(() => {
      const answer = afterFailure(job, refused('UPLOAD_MISSING'));
      job = startedOver(job, keys);
      return answer;
    });
    expect(answers).toEqual([true, true, false].map((atOnce) => ({ kind: 'again', atOnce })));
  });

  it('asks again after the time that the cloud names while an earlier try is still being judged', () => {
    const busy: Failure = { ...refused('CONFLICT'), details: { retryAfterSeconds: 3 } } as Failure;
    expect(afterFailure(aJob(), busy)).toEqual({ kind: 'judging', askAgainMs: 3_000 });
    expect(afterFailure(aJob(), refused('CONFLICT')).kind).toBe('later');
  });

  it('knows an answer to every refusal', () => {
    for (const code of ERROR_CODES)
      expect(afterFailure(aJob(), refused(code)).kind).toMatch(/^(later|again|over)$/);
  });
});

describe('a stored job', () => {
  it('is recognised after a kill', () => {
    const job = withTicket(aJob(), ticketUntil('2027-01-10T06:00:00.000Z'));
    expect(isUploadJob(JSON.parse(JSON.stringify(job)))).toBe(true);
  });

  it('of another shape is not', () => {
    fc.assert(fc.property(fc.anything(), (value) => !isUploadJob(value)));
    expect(isUploadJob({ ...aJob(), ticks: undefined })).toBe(false);
    expect(isUploadJob({ ...aJob(), ticks: ['no-such-tick'] })).toBe(false);
  });
});
