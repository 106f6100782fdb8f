/**
 * The student's whole way, as the phone walks it: consent, code, "is this you?", portrait, and the yes if asked for.
 * Tells at which part of it somebody was refused, because the command's exit code depends on that.
 */
import { CONSENT_VERSION, type Resolution } from '../../../miniprogram/shared/contract/student';
import { type SubmitPhotoAnswer } from '../../../miniprogram/shared/contract/photo';
import { type SubmissionView } from '../../../miniprogram/shared/contract/submission-view';
import { type DomainError, isDomainError } from '../../../miniprogram/shared/errors';
import { PERSON_TICKS } from '../../../miniprogram/shared/verdict/check-ids';
import { type StudentPhone } from '../support/student-phone';

export interface WalkInput {
  readonly codePicture: Uint8Array;
  readonly idTail: string;
  readonly portrait: Uint8Array;
  readonly confirm: boolean;
  /** Take back what an earlier run confirmed. Only for the demonstration student: nobody else's yes is ours to undo. */
  readonly startOver: boolean;
}

/** How the way ended. */
export type Walk =
  | { readonly end: 'code-refused'; readonly error: DomainError }
  /** With no submission where the file is too large to be sent at all. */
  | { readonly end: 'photo-refused'; readonly error: DomainError; readonly bound: SubmissionView | null }
  | {
      readonly end: 'photo-blocked' | 'developed' | 'confirmed';
      readonly resolution: Resolution;
      readonly answer: SubmitPhotoAnswer;
      readonly submission: SubmissionView;
    };

export async function walk(
  phone: StudentPhone,
  input: WalkInput,
  say: (step: string) => void,
): Promise<Walk> {
  const bound = await bind(phone, input, say);
  if (isDomainError(bound)) return { end: 'code-refused', error: bound };
  const { resolution, submission } = bound;

  say('photo: uploading, judging, developing');
  let answer: SubmitPhotoAnswer;
  try {
    const uploaded = await phone.upload('portrait', input.portrait);
    answer = await phone.photo('submit', { submissionId: submission.id, ...uploaded, ticks: PERSON_TICKS });
  } catch (error) {
    if (isDomainError(error) && error.code !== 'INTERNAL')
      return { end: 'photo-refused', error, bound: submission };
    throw error;
  }
  if (answer.standardLink === null) {
    return { end: 'photo-blocked', resolution, answer, submission: answer.submission };
  }
  if (!input.confirm) return { end: 'developed', resolution, answer, submission: answer.submission };

  say('confirming');
  const confirmed = await phone.student('confirm', { submissionId: submission.id, photoId: answer.photo.id });
  return { end: 'confirmed', resolution, answer, submission: confirmed };
}

async function bind(
  phone: StudentPhone,
  { codePicture, idTail, startOver }: WalkInput,
  say: (step: string) => void,
) {
  try {
    say('consent');
    await phone.student('consent', { version: CONSENT_VERSION, facePhoto: true });
    say('code: reading, resolving, binding');
    const uploaded = await phone.upload('code-picture', codePicture);
    const resolution = await phone.student('resolveCode', { code: { kind: 'picture', ...uploaded }, idTail });
    const submission = await phone.student('bind', { resolutionId: resolution.id });
    return { resolution, submission: startOver ? await takenBack(phone, submission) : submission };
  } catch (error) {
    if (isDomainError(error) && error.code !== 'INTERNAL') return error;
    throw error;
  }
}

/** The submission with no photo confirmed, where the states allow that. */
async function takenBack(phone: StudentPhone, submission: SubmissionView): Promise<SubmissionView> {
  const { id: submissionId } = submission;
  const withdrawn =
    submission.state === 'confirmed' ? await phone.student('withdraw', { submissionId }) : submission;
  return withdrawn.state === 'withdrawn' ? phone.student('restart', { submissionId }) : withdrawn;
}
