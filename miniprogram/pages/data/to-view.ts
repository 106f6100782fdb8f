/** What is stored about this person, by kind, and what may be deleted. Pure. */
import { Fact } from '../../components/fact-list/fact';
import { FailureView, failureView } from '../../components/failure-panel/failure-view';
import { CONSENT_WORDS } from '../../copy/consent-words';
import { DATA_WORDS } from '../../copy/data-words';
import { joined } from '../../copy/pieces';
import { momentWords } from '../../copy/time-words';
import { YesNo } from '../../platform/feedback';
import { Overview, StoredData } from '../../shared/contract/student';
import { SubmissionView } from '../../shared/contract/submission-view';
import { SubmissionId } from '../../shared/identity/ids';
import { PageState } from '../define-page';

export interface DataState extends PageState {
  readonly stored: StoredData | null;
  /** For the names of the 学籍 and the agreement in force. */
  readonly overview: Overview | null;
  readonly busy: SubmissionId | 'consent' | null;
  readonly telephone: string;
}

export interface StoredView {
  readonly id: SubmissionId;
  readonly name: string;
  readonly photos: string;
  readonly deletable: boolean;
}

export interface DataView {
  readonly loading: boolean;
  readonly consents: readonly Fact[];
  readonly canWithdraw: boolean;
  /** Where the agreement is read again, or given again. */
  readonly read: string;
  readonly submissions: readonly StoredView[];
  readonly nothing: boolean;
  readonly busy: string | null;
  readonly failure: FailureView | null;
}

/** Asked once more before a submission is deleted: attempts that were spent on it stay spent. */
export function deleteQuestion(id: SubmissionId, overview: Overview | null): YesNo {
  return {
    title: DATA_WORDS.deleteTitle,
    text: DATA_WORDS.deleteWhose(nameOf(id, overview), deleteText(submissionOf(id, overview))),
    yes: DATA_WORDS.deleteYes,
    no: DATA_WORDS.deleteNo,
  };
}

function deleteText(submission: SubmissionView | undefined): string {
  if (submission?.attemptsLeft === null) return DATA_WORDS.deleteText;
  // Who was sent back may have an attempt beyond the limit, which goes with the rejection.
  if (submission === undefined || submission.rejection !== null) return DATA_WORDS.deleteLimitedText;
  const { attemptsLeft } = submission;
  return attemptsLeft === 0 ? DATA_WORDS.deleteLastText : DATA_WORDS.deleteCountedText(attemptsLeft);
}

export function toView({ stored, overview, busy, failure, telephone }: DataState): DataView {
  const consent = overview?.consent ?? null;
  return {
    loading: stored === null && failure === null,
    consents: stored === null ? [] : consentFacts(stored.consents, consent),
    canWithdraw: consent !== null && (consent.givenAt !== null || consent.facePhotoGivenAt !== null),
    read: isTakenBack(stored, consent) ? CONSENT_WORDS.again : DATA_WORDS.read,
    submissions: (stored?.submissions ?? []).map(({ id, photos, deletable }) => ({
      id,
      name: nameOf(id, overview),
      photos: DATA_WORDS.photos(photos),
      deletable,
    })),
    nothing: stored !== null && stored.submissions.length === 0,
    busy,
    failure: failureView(failure, telephone),
  };
}

/** Agreed once, and not any more. */
function isTakenBack(stored: StoredData | null, consent: Overview['consent'] | null): boolean {
  return stored !== null && stored.consents > 0 && consent !== null && consent.facePhotoGivenAt === null;
}

function consentFacts(count: number, consent: Overview['consent'] | null): Fact[] {
  const given = consent?.givenAt ?? null;
  const face = consent?.facePhotoGivenAt ?? null;
  return [
    { label: DATA_WORDS.consents, value: DATA_WORDS.consentCount(count) },
    {
      label: DATA_WORDS.consentState,
      value: given === null ? DATA_WORDS.consentNone : DATA_WORDS.consentGiven(momentWords(given)),
    },
    { label: DATA_WORDS.face, value: face === null ? DATA_WORDS.faceNone : DATA_WORDS.faceGiven },
  ];
}

function submissionOf(id: SubmissionId, overview: Overview | null): SubmissionView | undefined {
  return overview?.submissions.find((submission) => submission.id === id);
}

function nameOf(id: SubmissionId, overview: Overview | null): string {
  const student = submissionOf(id, overview)?.student;
  return student
    ? joined(student.schoolName, student.level, student.maskedStudentNumber)
    : DATA_WORDS.unnamed;
}
